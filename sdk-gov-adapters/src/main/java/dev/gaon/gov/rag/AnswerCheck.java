package dev.gaon.gov.rag;

import dev.gaon.ChatDelta;
import dev.gaon.Decision;
import dev.gaon.Policy;
import dev.gaon.gov.license.Attribution;
import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.text.BilingualText;
import dev.langchain4j.rag.content.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at an answer before it is shown: holds it back if it is too close to a work or repeats one that may not be quoted,
 * else shows the source of every work it quotes, by its marks or by its words. Immutable and safe to share.
 *
 * <p>LangChain4j calls such a stage an output guardrail, a type it marks experimental; in a guardrail of yours this is one
 * line: {@code return checked.admitted() ? successWith(checked.text()) : fatal(checked.text());}.
 */
public final class AnswerCheck {

    /** Of the rule that a refusal of {@link #policy()} names. */
    public static final String RULE = "work-similarity";

    private static final Pattern MARK =
            Pattern.compile("\\[(?:자료|출처|source)?\\s*(\\d{1,3})]", Pattern.CASE_INSENSITIVE);

    private final QuoteGuard guard;
    private final SimilarityCheck works;

    private AnswerCheck(QuoteGuard guard, SimilarityCheck works) {
        this.guard = Objects.requireNonNull(guard, "guard");
        this.works = Objects.requireNonNull(works, "works");
    }

    /** Decides by the guard's terms, day and settings what the works it finds allow. */
    public static AnswerCheck of(QuoteGuard guard, SimilarityCheck works) {
        return new AnswerCheck(guard, works);
    }

    /**
     * Checks a whole answer.
     *
     * @param given the pieces the model was given, in their order, so that its marks can be told: {@code Result.sources()}
     */
    public CheckedAnswer check(String answer, List<Content> given) {
        Verdict verdict = new Verdict(works.check(answer));
        Matcher marks = MARK.matcher(answer);
        while (marks.find()) {
            int number = Integer.parseInt(marks.group(1));
            LicenseDecision decision = number < 1 || number > given.size()
                    ? null
                    : guard.decide(given.get(number - 1).textSegment());
            if (decision != null) {
                verdict.quotes(decision);
            }
        }
        return verdict.of(answer);
    }

    /**
     * The same around every call of a {@code Gaon}, streams included, for works told by their words: what would make the
     * answer too close is not handed on, the call ends as denied, and sources follow the answer's last piece. Thinking and
     * tool calls are not looked at.
     */
    public Policy policy() {
        return this::intercept;
    }

    private void intercept(Policy.Chain chain, Consumer<ChatDelta> out) {
        SimilarityScan scan = works.scan();
        StringBuilder answer = new StringBuilder();
        int[] judged = {0};
        chain.proceed(chain.request(), delta -> {
            if (delta instanceof ChatDelta.Text text) {
                scan.append(text.text());
                if (scan.events() > judged[0]) {
                    judged[0] = scan.events();
                    refuse(new Verdict(scan.found()), chain);
                }
                answer.append(text.text());
            } else if (delta instanceof ChatDelta.Finish) {
                Verdict verdict = new Verdict(scan.end());
                refuse(verdict, chain);
                String sources = verdict.sources(answer.toString());
                if (!sources.isEmpty()) {
                    out.accept(new ChatDelta.Text(sources));
                }
            }
            out.accept(delta);
        });
    }

    private void refuse(Verdict verdict, Policy.Chain chain) {
        if (verdict.outcome.compareTo(Outcome.REVIEW) < 0) {
            return;
        }
        verdict.named.forEach(id -> chain.note("similar-work", id));
        BilingualText reason = verdict.reason();
        String fixKo = "저작물의 글을 길게 옮기지 않도록 다시 물어보세요.";
        String fixEn = "Ask again so that the answer does not copy long passages.";
        Decision decision = verdict.outcome == Outcome.DENY
                ? Decision.deny(RULE, reason.ko(), reason.en(), fixKo, fixEn)
                : Decision.review(RULE, reason.ko(), reason.en(), fixKo, fixEn);
        throw decision.refusal();
    }

    /** What is made of one answer. */
    private final class Verdict {

        private final Similarity similarity;
        private final Map<String, LicenseDecision> quoted = new LinkedHashMap<>();
        private final List<String> named = new ArrayList<>();
        private final List<BilingualText> reasons = new ArrayList<>();
        private Outcome outcome = Outcome.ALLOW;

        Verdict(Similarity similarity) {
            this.similarity = similarity;
            if (!similarity.complete()) {
                refused(
                        Outcome.REVIEW,
                        null,
                        "답이 너무 길어 저작물과 견주지 못했습니다.",
                        "The answer is too long to be compared with works.");
            }
            for (Similarity.Match each : similarity.matches()) {
                match(each);
            }
        }

        private void match(Similarity.Match match) {
            LicenseDecision decision = guard.decide(match.work());
            String title = "'" + oneLine(match.work().title()) + "'";
            if (!guard.admits(decision.decision())) {
                refused(
                        decision.decision(),
                        decision.id(),
                        "답이 인용할 수 없는 저작물 " + title + "의 글을 되풀이합니다. "
                                + WorkMetadata.basis(decision).ko(),
                        "The answer repeats " + title + ", a work that may not be quoted. "
                                + WorkMetadata.basis(decision).en());
            } else if (decision.decision() != Outcome.ALLOW && works.tooClose(match)) {
                refused(
                        Outcome.DENY,
                        decision.id(),
                        "답이 저작물 " + title + "의 글과 같거나 매우 비슷합니다(이어서 같은 글자 " + match.longest() + "자).",
                        "The answer is the same as the work " + title + " or very close to it (" + match.longest()
                                + " letters in a row).");
            } else {
                quotes(decision);
            }
        }

        private void refused(Outcome how, @Nullable String id, String ko, String en) {
            outcome = how.compareTo(outcome) > 0 ? how : outcome;
            reasons.add(new BilingualText(ko, en));
            if (id != null) {
                named.add(id);
            }
        }

        void quotes(LicenseDecision decision) {
            quoted.putIfAbsent(decision.id(), decision);
        }

        BilingualText reason() {
            return new BilingualText(
                    String.join(" ", reasons.stream().map(BilingualText::ko).toList()),
                    String.join(" ", reasons.stream().map(BilingualText::en).toList()));
        }

        List<Attribution> credits() {
            return Attribution.stack(quoted.values());
        }

        /** The lines that the answer does not show yet; empty if it shows all. */
        String sources(String answer) {
            StringBuilder lines = new StringBuilder();
            for (Attribution each : credits()) {
                String line = each.source().in(guard.locale());
                if (!answer.contains(line) && lines.indexOf(line) < 0) {
                    lines.append('\n').append(line);
                }
            }
            return lines.isEmpty() ? "" : "\n" + lines;
        }

        CheckedAnswer of(String answer) {
            if (outcome.compareTo(Outcome.REVIEW) >= 0) {
                return new CheckedAnswer(outcome, reason().both(), List.of(), similarity, reasons);
            }
            boolean duties = quoted.values().stream().anyMatch(each -> each.decision() != Outcome.ALLOW);
            return new CheckedAnswer(
                    duties ? Outcome.ALLOW_WITH_DUTIES : Outcome.ALLOW,
                    answer + sources(answer),
                    credits(),
                    similarity,
                    reasons);
        }
    }

    private static String oneLine(String title) {
        return title.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    }
}
