package dev.gaon.gov;

import dev.gaon.Decision;
import dev.gaon.Policy;
import dev.gaon.gov.law.Assessment;
import dev.gaon.gov.law.Fact;
import dev.gaon.gov.law.Finding;
import dev.gaon.gov.law.Rule;
import dev.gaon.gov.law.Verdict;
import dev.gaon.gov.text.BilingualText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of calls of the same facts on the same day: the decision, and what to write down. Immutable; made once a
 * day, so that a call only looks it up.
 */
final class CallRuling {

    private final Decision decision;
    private final String asOf;
    private final String facts;
    private final @Nullable String pack;
    private final @Nullable String assessment;
    private final String advice;
    private final String waived;

    private CallRuling(
            Decision decision,
            String facts,
            String asOf,
            @Nullable Assessment made,
            List<String> advice,
            List<String> waived) {
        this.decision = decision;
        this.facts = facts;
        this.asOf = asOf;
        this.pack = made == null ? null : made.pack().digest();
        this.assessment = made == null ? null : made.digest();
        this.advice = String.join(",", advice);
        this.waived = String.join(",", waived);
    }

    static CallRuling of(Assessment assessment, CallFacts facts) {
        List<Finding> failed = new ArrayList<>();
        List<Finding> open = new ArrayList<>();
        List<String> advice = new ArrayList<>();
        List<String> waived = new ArrayList<>();
        for (Finding finding : assessment.findings()) {
            Verdict verdict = finding.verdict();
            boolean settled = verdict == Verdict.PASS || verdict == Verdict.NA || verdict == Verdict.NOT_IN_FORCE;
            if (settled || !finding.version().call()) {
                continue;
            }
            if (finding.waiver() != null) {
                waived.add(finding.rule().id());
            } else if (!finding.version().reviewed()) {
                advice.add(finding.rule().id());
            } else {
                (verdict == Verdict.FAIL ? failed : open).add(finding);
            }
        }
        return new CallRuling(
                decision(failed, open), facts.words(), assessment.asOf().toString(), assessment, advice, waived);
    }

    /** The facts of the call and those declared cannot hold together: a person has to look. */
    static CallRuling contradicted(String asOf, CallFacts facts) {
        return new CallRuling(
                Decision.review(
                        "law.facts",
                        "호출에서 드러난 사실(" + facts.words() + ")이 서비스 프로필과 맞지 않아 판단할 수 없습니다.",
                        "The facts of this call (" + facts.words()
                                + ") cannot hold together with the service's profile, so nothing can be said of it.",
                        "프로필, 엔드포인트의 지역과 영역, 호출의 등급 가운데 틀린 것을 고치세요.",
                        "Correct what is wrong: the profile, the region or zone of the endpoint, or the level of the call."),
                facts.words(),
                asOf,
                null,
                List.of(),
                List.of());
    }

    private static Decision decision(List<Finding> failed, List<Finding> open) {
        if (failed.isEmpty() && open.isEmpty()) {
            return Decision.allow();
        }
        Finding first = failed.isEmpty() ? open.get(0) : failed.get(0);
        List<String> more = new ArrayList<>();
        failed.forEach(each -> more.add(each.rule().id()));
        open.forEach(each -> more.add(each.rule().id()));
        more.remove(first.rule().id());
        BilingualText others = more.isEmpty()
                ? new BilingualText("", "")
                : new BilingualText(
                        " 함께 걸리는 규칙: " + String.join(", ", more) + ".",
                        " Other rules that hold it back: " + String.join(", ", more) + ".");
        BilingualText fix = failed.isEmpty() ? settling(first) : first.version().comply();
        BilingualText reason = failed.isEmpty() ? undecided(first) : broken(first.version());
        return (failed.isEmpty()
                        ? Decision.review(
                                first.rule().id(),
                                reason.ko() + others.ko(),
                                reason.en() + others.en(),
                                fix.ko(),
                                fix.en())
                        : Decision.deny(
                                first.rule().id(),
                                reason.ko() + others.ko(),
                                reason.en() + others.en(),
                                fix.ko(),
                                fix.en()))
                .withDigest(first.rule().digest());
    }

    private static BilingualText broken(Rule.Version version) {
        return new BilingualText(
                "이 호출은 " + version.article().ko() + "에 어긋나 보내지 않았습니다: "
                        + version.duty().ko(),
                "This call was not sent, as it would break " + version.article().en() + ": "
                        + version.duty().en());
    }

    private static BilingualText undecided(Finding finding) {
        Rule.Version version = finding.version();
        List<BilingualText> reasons = finding.reasons();
        if (finding.verdict() == Verdict.REVIEW && !reasons.isEmpty()) {
            return new BilingualText(
                    "이 호출이 " + version.article().ko() + "에 맞는지는 사람이 판단해야 하므로 보내지 않았습니다: "
                            + reasons.stream().map(BilingualText::ko).collect(Collectors.joining(" ")),
                    "This call was not sent: whether it complies with "
                            + version.article().en() + " is for a person to decide: "
                            + reasons.stream().map(BilingualText::en).collect(Collectors.joining(" ")));
        }
        String names = finding.missing().stream().map(Fact::name).collect(Collectors.joining(", "));
        return new BilingualText(
                "이 호출이 " + version.article().ko() + "에 맞는지 판단하는 데 필요한 사실이 빠져 보내지 않았습니다: " + names + ".",
                "This call was not sent, as facts are missing that decide whether it complies with "
                        + version.article().en() + ": " + names + ".");
    }

    private static BilingualText settling(Finding finding) {
        StringBuilder ko = new StringBuilder();
        StringBuilder en = new StringBuilder();
        if (finding.verdict() == Verdict.REVIEW) {
            ko.append(finding.version().comply().ko());
            en.append(finding.version().comply().en());
        }
        List<Fact> missing = finding.missing();
        if (!missing.isEmpty()) {
            ko.append(ko.length() == 0 ? "" : " ").append("서비스 프로필에 밝히세요: ").append(questions(missing, true));
            en.append(en.length() == 0 ? "" : " ")
                    .append("Declare in the service's profile: ")
                    .append(questions(missing, false));
        }
        for (Fact fact : missing) {
            BilingualText instead = CallFacts.howToTell(fact.name());
            if (instead != null) {
                ko.append(' ').append(instead.ko());
                en.append(' ').append(instead.en());
            }
        }
        return new BilingualText(ko.toString(), en.toString());
    }

    private static String questions(List<Fact> missing, boolean korean) {
        return missing.stream()
                .map(fact -> fact.name() + " ("
                        + (korean ? fact.question().ko() : fact.question().en()) + ")")
                .collect(Collectors.joining(", ", "", "."));
    }

    Decision decision() {
        return decision;
    }

    /** Ids of drafts that would hold the call back, parted by commas; empty if there are none. */
    String advice() {
        return advice;
    }

    void note(Policy.Chain chain) {
        chain.note("law.as-of", asOf);
        if (pack != null && assessment != null) {
            chain.note("law.pack", pack);
            chain.note("law.assessment", assessment);
        }
        note(chain, "law.facts", facts);
        note(chain, "law.advice", advice);
        note(chain, "law.waived", waived);
    }

    private static void note(Policy.Chain chain, String name, String value) {
        if (!value.isEmpty()) {
            chain.note(name, value);
        }
    }
}
