package dev.gaon.examples.cli;

import dev.gaon.gov.law.Assessment;
import dev.gaon.gov.law.Fact;
import dev.gaon.gov.law.Finding;
import dev.gaon.gov.law.Grace;
import dev.gaon.gov.law.Sanction;
import dev.gaon.gov.law.Verdict;
import dev.gaon.gov.law.Waiver;
import dev.gaon.gov.text.BilingualText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An assessment as plain text, what calls for something to be done first: what fails under a fine, other duties that fail,
 * what is undecided with the questions that settle it, efforts and recommendations, then counts. One thread.
 */
final class AssessmentSheet {

    private static final int MOST_QUESTIONS = 8;

    private final Assessment assessment;
    private final List<Finding> findings;
    private final Terminal terminal;
    private final boolean today;
    private final boolean all;
    private final Wording words;
    private final Lines lines;

    /**
     * @param today that the day was not given but taken from the clock
     * @param all lists what passes, does not apply or is not in force too
     */
    AssessmentSheet(Assessment assessment, Terminal terminal, boolean today, boolean all) {
        this.assessment = assessment;
        this.findings = assessment.findings().stream()
                .sorted(Comparator.comparingInt(
                        each -> Wording.LAWS.indexOf(each.rule().law())))
                .toList();
        this.terminal = terminal;
        this.today = today;
        this.all = all;
        this.words = new Wording(terminal.language());
        this.lines = new Lines(terminal);
    }

    @Override
    public String toString() {
        verdict();
        section("과태료가 걸린 미이행", "Not met, under a fine", Finding::failsUnderFine, this::inFull);
        section(
                "그 밖에 지키지 않은 의무 (제재가 없거나 다른 법령의 제재)",
                "Other duties not met (no sanction, or that of another law)",
                AssessmentSheet::otherDuty,
                this::inFull);
        section("책임자가 받아들인 것", "Accepted by a waiver", each -> each.waiver() != null, this::waived);
        undecided();
        questions();
        section(
                "채우지 못한 노력 의무와 권고",
                "Efforts and recommendations not met",
                each -> each.verdict() == Verdict.FAIL && !duty(each) && each.waiver() == null,
                this::briefly);
        if (all) {
            section(
                    "정해지지 않은 노력 의무와 권고",
                    "Undecided efforts and recommendations",
                    each -> open(each) && !each.undecided() && each.waiver() == null,
                    this::briefly);
            for (Verdict verdict : List.of(Verdict.PASS, Verdict.NA, Verdict.NOT_IN_FORCE)) {
                section(verdict.label().ko(), verdict.label().en(), each -> each.verdict() == verdict, this::briefly);
            }
        }
        counts();
        return lines.toString();
    }

    private static boolean duty(Finding each) {
        return each.verdict() == Verdict.FAIL && each.version().sanction().binding();
    }

    private static boolean otherDuty(Finding each) {
        return duty(each) && !each.version().sanction().finable() && each.waiver() == null;
    }

    private static boolean open(Finding each) {
        return each.verdict() == Verdict.NEEDS_FACT
                || each.verdict() == Verdict.UNKNOWN
                || each.verdict() == Verdict.REVIEW;
    }

    private long count(Predicate<Finding> of) {
        return findings.stream().filter(of).count();
    }

    private void verdict() {
        long failing = count(Finding::failsUnderFine);
        long undecided = count(Finding::undecided);
        String what = failing > 0
                ? terminal.say(
                        "과태료가 걸린 의무 " + failing + "개를 지키지 않고 있습니다.",
                        failing
                                + (failing == 1
                                        ? " duty under a fine is not met."
                                        : " duties under a fine are not met."))
                : terminal.say("과태료가 걸린 미이행은 없습니다.", "No duty under a fine is found not met.");
        String rest = undecided > 0
                ? terminal.say(
                        " " + undecided + "개는 아직 정해지지 않았습니다.",
                        " " + undecided + (undecided == 1 ? " duty is undecided." : " duties are undecided."))
                : terminal.say(" 정해지지 않은 의무도 없습니다.", " No duty is undecided.");
        lines.text(what + rest + besides());
        lines.text(assessment.profile().service()
                + terminal.say(
                        " · " + assessment.asOf() + " 기준" + (today ? "(서울의 오늘)" : ""),
                        " · as of " + assessment.asOf() + (today ? " (today in Seoul)" : "")));
    }

    /** What the exit code passes over, so that nobody takes its 0 for all being well. */
    private String besides() {
        long others = count(AssessmentSheet::otherDuty);
        long accepted = count(each -> each.waiver() != null);
        return (others == 0
                        ? ""
                        : terminal.say(
                                " 제재가 없거나 다른 법령이 정한 의무 " + others + "개도 지키지 않고 있습니다.",
                                " Of no sanction, or of another law: " + others + " not met."))
                + (accepted == 0
                        ? ""
                        : terminal.say(
                                " 책임자가 받아들인 " + accepted + "개는 세지 않았습니다.",
                                " Accepted by a waiver and not counted: " + accepted + "."));
    }

    private interface Shown {
        void show(Finding finding);
    }

    private void section(String ko, String en, Predicate<Finding> of, Shown how) {
        long size = count(of);
        if (size > 0) {
            lines.heading(terminal.say(ko, en) + " (" + size + ")");
            findings.stream().filter(of).forEach(how::show);
        }
    }

    private String say(BilingualText text) {
        return text.in(terminal.language());
    }

    private void title(Finding each, String more) {
        lines.item(each.rule().id(), say(each.rule().title()) + ": " + more);
    }

    private void inFull(Finding each) {
        Sanction sanction = each.version().sanction();
        title(each, say(each.statement()) + " (" + say(sanction.label()) + ")");
        lines.line(terminal.say("근거", "law"), say(each.version().article()));
        lines.line(terminal.say("할 일", "to do"), say(each.version().comply()));
        grace(each);
        reasons(each);
    }

    private void grace(Finding each) {
        if (each.grace() != null) {
            lines.line(
                    terminal.say("유예", "grace"),
                    terminal.say("유예는 통과가 아닙니다: ", "A grace is no pass: ")
                            + say(each.grace().title())
                            + since(each.grace()));
        }
    }

    private String since(Grace grace) {
        return grace.until() == null
                ? terminal.say(", " + grace.from() + "부터", ", since " + grace.from())
                : ", " + grace.from() + "~" + grace.until();
    }

    private void reasons(Finding each) {
        String label = terminal.say("참고", "note");
        for (BilingualText reason : each.reasons()) {
            lines.line(label, say(reason));
            label = "";
        }
    }

    private void waived(Finding each) {
        title(each, say(each.statement()) + " (" + say(each.version().sanction().label()) + ")");
        Waiver waiver = each.waiver();
        if (waiver != null) {
            String until = terminal.say(waiver.until() + "까지", "until " + waiver.until());
            lines.line(terminal.say("수용", "waiver"), waiver.by() + ", " + until + ": " + waiver.reason());
        }
        grace(each);
    }

    private void undecided() {
        section(
                "사람이 판단할 의무",
                "Duties for a person to decide",
                each -> each.undecided() && each.verdict() == Verdict.REVIEW,
                each -> {
                    title(each, say(each.verdict().label()));
                    lines.line(terminal.say("근거", "law"), say(each.version().article()));
                    reasons(each);
                });
        Map<String, List<String>> byLaw = new LinkedHashMap<>();
        findings.stream()
                .filter(each -> each.undecided() && each.verdict() != Verdict.REVIEW)
                .forEach(each -> byLaw.computeIfAbsent(each.rule().law(), law -> new ArrayList<>())
                        .add(each.rule().id() + " " + say(each.rule().title())));
        if (!byLaw.isEmpty()) {
            int size = byLaw.values().stream().mapToInt(List::size).sum();
            lines.heading(terminal.say("사실을 더 알아야 하는 의무", "Duties that wait for facts") + " (" + size + ")");
        }
        byLaw.forEach((law, rules) -> {
            lines.bullet(words.law(law) + " (" + rules.size() + ")");
            lines.under(String.join(" · ", rules));
        });
    }

    private void briefly(Finding each) {
        String from = each.verdict() == Verdict.NOT_IN_FORCE
                ? each.version().from() + " ~ "
                        + (each.version().to() == null ? "" : each.version().to())
                : say(each.statement());
        title(each, from.strip());
    }

    /** What to answer, the facts that most undecided duties wait for first. */
    private void questions() {
        Map<Fact, List<String>> waiting = new LinkedHashMap<>();
        for (Finding each : findings) {
            if (each.undecided()) {
                each.missing()
                        .forEach(fact -> waiting.computeIfAbsent(fact, one -> new ArrayList<>())
                                .add(each.rule().id()));
            }
        }
        List<Map.Entry<Fact, List<String>>> order = new ArrayList<>(waiting.entrySet());
        order.sort(Comparator.comparing(entry -> -entry.getValue().size()));
        int shown = all ? order.size() : Math.min(order.size(), MOST_QUESTIONS);
        if (shown > 0) {
            lines.heading(terminal.say("답하면 정해지는 질문", "Questions that would settle them") + " (" + order.size() + ")");
        }
        for (Map.Entry<Fact, List<String>> entry : order.subList(0, shown)) {
            lines.bullet(say(entry.getKey().question()) + " [" + entry.getKey().name() + "]");
            lines.under(terminal.say("기다리는 규칙: ", "waiting: ") + several(entry.getValue()));
        }
        if (shown < order.size()) {
            lines.bullet(terminal.say(
                    "그 밖에 " + (order.size() - shown) + "개: --all로 모두 보거나 --interview로 하나씩 답하세요.",
                    (order.size() - shown) + " more: list them with --all, or answer one by one with --interview."));
        }
    }

    private String several(List<String> ids) {
        return ids.size() <= 4
                ? String.join(", ", ids)
                : String.join(", ", ids.subList(0, 3))
                        + terminal.say(" 외 " + (ids.size() - 3) + "개", " and " + (ids.size() - 3) + " more");
    }

    private void counts() {
        lines.heading(terminal.say("모두", "All") + " (" + findings.size() + ")");
        List<String> counts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            long size = count(each -> each.verdict() == verdict);
            if (size > 0) {
                counts.add(say(verdict.label()) + " " + size);
            }
        }
        lines.text(String.join(" · ", counts));
        long drafts = count(each -> !each.version().reviewed());
        lines.text(terminal.say(
                "규칙 " + findings.size() + "개 가운데 " + drafts + "개는 법령과 대조해 서명한 사람이 없는 초안입니다. 이 결과는 법률 자문이 아닙니다.",
                drafts + " of " + findings.size()
                        + " rules are drafts that nobody has signed off against the law. This is no legal advice."));
        lines.text(terminal.say("규칙 묶음 ", "Rule pack ")
                + String.join(", ", assessment.pack().names()) + " "
                + assessment.pack().digest());
        lines.text(terminal.say("규칙 하나를 자세히: --rule ID", "One rule in full: --rule ID"));
    }
}
