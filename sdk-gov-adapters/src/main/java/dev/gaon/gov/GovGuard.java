package dev.gaon.gov;

import dev.gaon.CallContext;
import dev.gaon.ChatDelta;
import dev.gaon.Decision;
import dev.gaon.Endpoint;
import dev.gaon.Guard;
import dev.gaon.gov.law.RulePack;
import dev.gaon.gov.law.ServiceProfile;
import dev.gaon.gov.text.BilingualText;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The guard that carries a service's duties into each call: what a reviewed rule forbids does not leave, and what users and
 * auditors have to be told goes along.
 *
 * <p>Immutable and safe to share by all calls; give it to {@code Gaon.builder().guard(...)}. It is assessed as of the day in
 * Asia/Seoul, anew when the day changes, once for each set of facts that a call can tell.
 *
 * <pre>{@code
 * GovGuard guard = GovGuard.builder().law(profile).build();
 * show(guard.notice(Locale.KOREAN));
 * try (Gaon gaon = Gaon.builder().guard(guard).build()) {
 *     show(gaon.chat().chat("공공누리 제1유형의 조건을 알려 줘"));
 * }
 * }</pre>
 *
 * <p><b>What holds a call back.</b> Only rules that say a call itself would break them. Where such a rule is reviewed and
 * fails, the call is {@linkplain Decision#deny denied}; where it hangs on facts nobody declared, or on a person's judgement,
 * the call waits for {@linkplain Decision#review review} with the facts named. Where the fail is waived the call goes on. A
 * rule that is still a draft only advises, and all bundled rules are drafts until your pack signs them off.
 *
 * <p><b>What a call tells.</b> These facts of the profile are refined by each call; where both speak, the stricter counts,
 * so a call never loosens what was declared:
 *
 * <ul>
 *   <li>{@code endpointAbroad} from {@link Endpoint#region()}: {@code KR} is false, another true, none unknown. An engine in
 *       this process sends nothing anywhere: false. A service that uses both kinds leaves it out of its profile; one whose
 *       data are viewed from abroad declares true.
 *   <li>{@code n2sfGrade} from the {@link CallContext#level()} where its name is C, S or O; the higher grade counts.
 *   <li>{@code endpointZone} from {@link Endpoint#highestLevel()} where its name is C, S or O; the lower zone counts.
 * </ul>
 *
 * <p>Facts that then cannot hold together are for a person to look at: the call waits for review.
 *
 * <p><b>What the record keeps</b> of each call that was let through: {@code law.as-of}, {@code law.pack}, {@code
 * law.assessment} (digests; profile, facts and day give the same again), {@code law.facts} that the call told, {@code
 * law.advice} and {@code law.waived} (ids of rules), {@code law.notice} and {@code law.notice.sha256} (which text the service
 * has to show beforehand, not that it did; of the Korean text, a line feed and the English one), {@code author} in a hybrid
 * chat. A refusal is a judgement of the record, with the rule's id and digest.
 *
 * <p><b>What the caller is told</b> in {@link dev.gaon.GaonResponseMetadata#notices()}: {@code ai-label=} and the label in
 * Korean, where the answer has text; {@code law-advice=} and ids of drafts; {@code author=ai} or {@code author=human} where
 * the profile says {@code hybridHumanAi} ({@link Author} shows how to mark the turns of people). A stream has its notices
 * at its end, so a screen shows {@link #text the label} when it begins.
 */
public final class GovGuard implements Guard {

    private final LawDuties law;
    private final Map<GovText, BilingualText> texts;
    private final @Nullable BilingualText notice;
    private final String noticeSha256;
    private final String label;

    private GovGuard(LawDuties law, Map<GovText, BilingualText> texts) {
        this.law = law;
        this.texts = texts;
        this.notice = law.notice() == null ? null : text(law.notice());
        this.noticeSha256 = notice == null ? "" : GovText.sha256(notice);
        this.label = "ai-label=" + text(GovText.LABEL_GENERIC).ko();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Decision mayServe(Endpoint endpoint, CallContext context) {
        return law.ruling(endpoint, context).decision();
    }

    @Override
    public void intercept(Chain chain, Consumer<ChatDelta> out) {
        Endpoint endpoint = chain.endpoint();
        if (endpoint == null) {
            throw new IllegalStateException(new BilingualText(
                            "GovGuard는 policy가 아니라 Gaon.Builder.guard로 주세요.",
                            "Give a GovGuard to Gaon.Builder.guard, not as a policy.")
                    .both());
        }
        CallRuling ruling = law.ruling(endpoint, chain.context());
        if (!ruling.decision().admits()) {
            // The day changed after the endpoint was chosen.
            throw ruling.decision().refusal();
        }
        ruling.note(chain);
        GovText kind = law.notice();
        if (kind != null) {
            chain.note("law.notice", kind.id());
            chain.note("law.notice.sha256", noticeSha256);
        }
        Told told = new Told(out);
        String author = Author.of(chain.context()).word();
        try {
            chain.proceed(chain.request(), told);
        } finally {
            if (told.text && law.hybrid()) {
                chain.note("author", author);
            }
        }
        if (told.text && law.labels()) {
            chain.notice(label);
        }
        if (told.text && law.hybrid()) {
            chain.notice("author=" + author);
        }
        if (!ruling.advice().isEmpty()) {
            chain.notice("law-advice=" + ruling.advice());
        }
    }

    /** Knows whether an answer came that people read: an embedding is none, nor are calls of tools alone. */
    private static final class Told implements Consumer<ChatDelta> {
        private final Consumer<ChatDelta> out;
        private boolean text;

        Told(Consumer<ChatDelta> out) {
            this.out = out;
        }

        @Override
        public void accept(ChatDelta delta) {
            text |= delta instanceof ChatDelta.Text;
            out.accept(delta);
        }
    }

    /**
     * What users are to be told before they use the service: that it runs on generative or high-impact AI, or on both, by its
     * name. Unknown counts as generative, but not as high-impact: review that first. Null if the profile says that it is not
     * generative and does not say that it is high-impact.
     */
    public @Nullable String notice(Locale locale) {
        return notice == null ? null : notice.in(locale);
    }

    /** What to show at the moment a conversation goes over to a person, or back to the AI. */
    public String handover(Author to, Locale locale) {
        return text(to == Author.HUMAN ? GovText.HANDOVER_TO_PERSON : GovText.HANDOVER_TO_AI)
                .in(locale);
    }

    /** One of the texts, the builder's or the one that comes with this library. */
    public BilingualText text(GovText which) {
        BilingualText own = texts.get(which);
        return own == null ? which.text() : own;
    }

    /** Collects what a guard is made of; used by one thread. */
    public static final class Builder {

        private final Map<GovText, BilingualText> texts = new EnumMap<>(GovText.class);
        private @Nullable ServiceProfile law;
        private @Nullable RulePack pack;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** What is declared of the service whose calls these are. */
        public Builder law(ServiceProfile profile) {
            this.law = Objects.requireNonNull(profile, "profile");
            return this;
        }

        /** The rules; default {@link RulePack#bundled()}, which are all drafts and so refuse nothing. */
        public Builder pack(RulePack rules) {
            this.pack = Objects.requireNonNull(rules, "rules");
            return this;
        }

        /** What says which day it is in Asia/Seoul; default the system's. */
        public Builder clock(Clock today) {
            this.clock = Objects.requireNonNull(today, "today");
            return this;
        }

        /**
         * A text of your own.
         *
         * @throws IllegalArgumentException if it is blank, or is a notice that does not name the kind of AI: the law wants
         *     "generative" or "high-impact" said, so "AI" alone is doubtful
         */
        public Builder text(GovText which, BilingualText own) {
            texts.put(which, which.checked(own));
            return this;
        }

        /**
         * Assesses the service and makes the guard.
         *
         * @throws IllegalArgumentException if the profile uses a fact that the pack does not know, or facts that cannot hold
         *     together
         * @throws IllegalStateException if no profile was given
         */
        public GovGuard build() {
            if (law == null) {
                throw new IllegalStateException(new BilingualText(
                                "무엇을 지킬지 정하지 않았습니다. law(ServiceProfile)를 주세요.",
                                "The guard has nothing to guard. Give it law(ServiceProfile).")
                        .both());
            }
            RulePack rules = pack == null ? RulePack.bundled() : pack;
            return new GovGuard(new LawDuties(law, rules, clock), new EnumMap<>(texts));
        }
    }
}
