package dev.gaon;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in time that a model will end, once for each model, and refuses what has ended.
 *
 * <p>An end is that of an endpoint, so weights that anyone may serve never end, nor does a server of the user's own. Safe
 * for use by many threads.
 */
final class Endings {

    private static final Logger LOG = LoggerFactory.getLogger("dev.gaon");
    private static final int MOST_NAMES = 4;

    private final Clock clock;
    private final Supplier<? extends Collection<ModelCard>> all;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** @param all the models among which a substitute is looked for */
    Endings(Clock clock, Supplier<? extends Collection<ModelCard>> all) {
        this.clock = clock;
        this.all = all;
    }

    boolean over(Endpoint endpoint) {
        LastDay until = endpoint.until();
        return until != null && until.over(clock.instant());
    }

    /** Logs the notice of a model, if it has one and was not told before. */
    void tell(ModelCard card) {
        Text notice = notice(card);
        if (notice != null && told.add(card.id())) {
            LOG.warn("{}", notice.onOneLine().both());
        }
    }

    /** Null unless everybody who is known to serve the model ends within {@value LastDay#SOON} days or has ended. */
    @Nullable
    Text notice(ModelCard card) {
        Instant now = clock.instant();
        LastDay last = last(card);
        if (last == null || !last.soon(now)) {
            return null;
        }
        String id = card.id();
        Text instead = instead(card);
        long left = last.left(now);
        return last.over(now)
                ? new Text(
                        id + "의 호스팅은 " + last + "에 끝났습니다. " + instead.ko(),
                        "The hosting of " + id + " ended on " + last + ". " + instead.en())
                : new Text(
                        id + "의 호스팅은 " + last + "에 끝납니다(" + left + "일 남음). " + instead.ko(),
                        "The hosting of " + id + " ends on " + last + " (" + left + (left == 1 ? " day" : " days")
                                + " left). " + instead.en());
    }

    /** Why a model is refused whose hosting is over. */
    CallFailure refusal(ModelCard card) {
        LastDay last = last(card);
        Text instead = instead(card);
        return CallFailure.kind("retired-model")
                .phase("configure")
                .message(
                        card.id() + "은(는) " + last + "에 끝나 부를 수 없습니다.",
                        card.id() + " ended on " + last + " and cannot be called.")
                .fix(instead.ko() + " 아무것도 보내지 않았습니다.", instead.en() + " Nothing was sent.")
                .build();
    }

    /** When the last of those with an address ends; null if one of them does not, or if there are none. */
    private static @Nullable LastDay last(ModelCard card) {
        LastDay last = null;
        for (Endpoint endpoint : card.endpoints()) {
            if (endpoint.uri() == null) {
                continue;
            }
            LastDay until = endpoint.until();
            if (until == null) {
                return null;
            }
            last = last == null || last.isBefore(until) ? until : last;
        }
        return last;
    }

    private Text instead(ModelCard card) {
        String successor = card.status().successor();
        if (successor != null) {
            return new Text("대신 " + successor + "을(를) 쓰세요.", "Use " + successor + " instead.");
        }
        List<String> others = all.get().stream()
                .filter(other -> other.owner(Locale.ROOT).equals(card.owner(Locale.ROOT))
                        && other.kind().equals(card.kind())
                        && other.status().state().equals("live")
                        && last(other) == null)
                .map(ModelCard::id)
                .limit(MOST_NAMES)
                .toList();
        if (!others.isEmpty()) {
            String names = String.join(", ", others);
            return new Text("같은 곳의 다른 모델: " + names + ".", "Others of the same owner: " + names + ".");
        }
        return card.endpoints().stream().anyMatch(endpoint -> endpoint.uri() == null)
                ? new Text(
                        "가중치를 직접 띄우고 그 주소를 Gaon.builder().endpoint(\"" + card.id() + "\", ...)로 주면 계속 쓸 수 있습니다.",
                        "Serve the weights yourself and give the address with Gaon.builder().endpoint(\"" + card.id()
                                + "\", ...) to use it on.")
                : new Text("gaon.models().all()에서 다른 모델을 고르세요.", "Choose another from gaon.models().all().");
    }
}
