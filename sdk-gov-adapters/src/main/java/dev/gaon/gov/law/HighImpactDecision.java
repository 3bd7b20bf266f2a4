package dev.gaon.gov.law;

import dev.gaon.gov.law.HighImpactReview.Reason;
import dev.gaon.gov.law.HighImpactReview.Result;
import dev.gaon.gov.text.BilingualText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From the answers of a review to its result. Both steps are needed for high impact, and whatever is unanswered, open or at
 * odds is left to the ministry.
 */
final class HighImpactDecision {

    /** One answer on seriousness, with its grounds. */
    record Given(String answer, String why) {}

    /**
     * What was answered.
     *
     * @param area null if not answered
     * @param examples those that match; null if not compared
     * @param doubts tests and open questions that concern the use
     * @param seriousness by question
     */
    record Answers(
            @Nullable String area,
            @Nullable Set<String> examples,
            Set<String> doubts,
            Map<String, Given> seriousness) {}

    private static final String ACT_2 = "법 제2조제4호";

    private final HighImpactGuide guide;
    private final Answers answers;
    private final List<HighImpactGuide.Example> yes = new ArrayList<>();
    private final List<HighImpactGuide.Example> no = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();
    private final HighImpactGuide.@Nullable Weight seriousness;
    private final Result result;
    private boolean areaAtOdds;

    HighImpactDecision(HighImpactGuide guide, Answers answers) {
        this.guide = guide;
        this.answers = answers;
        Set<String> examples = answers.examples();
        for (String id : examples == null ? Set.<String>of() : examples) {
            HighImpactGuide.Example example = guide.example(id);
            (example.highImpact() ? yes : no).add(example);
        }
        seriousness = weigh();
        area();
        if (HighImpactGuide.NO_AREA.equals(answers.area())) {
            result = reasons.isEmpty() ? unlisted() : ask();
            return;
        }
        required();
        atOdds();
        for (String id : answers.doubts()) {
            HighImpactGuide.Doubt doubt = guide.doubt(id);
            because(
                    new BilingualText(
                            doubt.item().text().ko() + ". " + doubt.advice().ko(),
                            doubt.item().text().en() + ". " + doubt.advice().en()),
                    doubt.item().cites());
        }
        result = reasons.isEmpty() && seriousness != null ? weighed(seriousness) : ask();
    }

    Result result() {
        return result;
    }

    List<Reason> reasons() {
        return List.copyOf(reasons);
    }

    /** The ids of what is not answered. */
    List<String> missing() {
        return List.copyOf(missing);
    }

    /** False if it is unknown, or if other answers speak against it. */
    boolean areaSettled() {
        return answers.area() != null && !areaAtOdds;
    }

    /** Null if it is not settled. */
    @Nullable
    Boolean serious() {
        if (result == Result.ASK_MINISTRY) {
            return null;
        }
        if (!HighImpactGuide.NO_AREA.equals(answers.area())) {
            return result == Result.HIGH_IMPACT;
        }
        return seriousness == HighImpactGuide.Weight.SERIOUS
                ? Boolean.TRUE
                : seriousness == HighImpactGuide.Weight.SLIGHT ? Boolean.FALSE : null;
    }

    /** What the answers on seriousness point to together: the one that speaks most against it; null if one is missing. */
    private HighImpactGuide.@Nullable Weight weigh() {
        HighImpactGuide.Weight most = HighImpactGuide.Weight.SERIOUS;
        String area = answers.area();
        if (area == null) {
            return null;
        }
        for (HighImpactGuide.Item question : guide.questions()) {
            Given given = answers.seriousness().get(question.id());
            if (given == null) {
                return null;
            }
            HighImpactGuide.Weight weight =
                    guide.answer(question.id(), given.answer()).weight(area);
            most = weight.compareTo(most) > 0 ? weight : most;
        }
        return most;
    }

    private void area() {
        String area = answers.area();
        if (area == null) {
            missing.add("area");
            because("어느 영역에서 쓰는지 답하지 않았습니다.", "The area is not answered.", ACT_2);
            return;
        }
        if (area.equals(guide.unlisted().id())) {
            areaAtOdds = true;
            because(
                    guide.unlisted().text().ko() + " 시행령이 새로 정했는지 확인하세요.",
                    guide.unlisted().text().en() + " Check whether the decree has set one since.",
                    guide.unlisted().cites());
        }
        for (HighImpactGuide.Example each : examples()) {
            boolean speaksOfNone = area.equals(HighImpactGuide.NO_AREA) && !each.highImpact();
            if (!each.area().equals(area) && !speaksOfNone) {
                elsewhere(each.item().id(), each.area());
            }
        }
        for (String id : answers.doubts()) {
            String other = guide.doubt(id).area();
            if (other != null && !other.equals(area)) {
                elsewhere(id, other);
            }
        }
    }

    private void elsewhere(String id, String area) {
        areaAtOdds = true;
        because(
                "고른 영역은 " + answers.area() + "인데 " + area + " 영역의 것을 골랐습니다: " + id
                        + ". 영역을 고치거나 그것을 빼세요. 두 영역에 걸치면 과학기술정보통신부에 확인하세요.",
                "The area is " + answers.area() + ", yet this belongs to " + area + ": " + id
                        + ". Correct the area or leave it out; if the use lies in both, ask the ministry.",
                guide.area(area).cites());
    }

    private List<HighImpactGuide.Example> examples() {
        List<HighImpactGuide.Example> all = new ArrayList<>(yes);
        all.addAll(no);
        return all;
    }

    private void required() {
        if (answers.examples() == null) {
            missing.add("examples");
            because(
                    "가이드라인의 예시와 견주지 않았습니다. 맞는 것이 없으면 없다고 답하세요.",
                    "The guideline's examples were not compared. If none matches, say so.",
                    "");
        }
        for (HighImpactGuide.Item question : guide.questions()) {
            if (!answers.seriousness().containsKey(question.id())) {
                missing.add(question.id());
                because(
                        "답하지 않은 물음이 있습니다: " + question.text().ko(),
                        "A question is not answered: " + question.text().en(),
                        question.cites());
            }
        }
    }

    private void atOdds() {
        if (!yes.isEmpty() && !no.isEmpty()) {
            because(
                    "고영향이라는 예시와 아니라는 예시에 모두 맞습니다: " + ids(yes) + " / " + ids(no) + ".",
                    "Examples for and against high impact match: " + ids(yes) + " / " + ids(no) + ".",
                    cites(examples()));
        } else if (seriousness != null && !yes.isEmpty()) {
            if (seriousness == HighImpactGuide.Weight.CONTROLLED || seriousness == HighImpactGuide.Weight.SLIGHT) {
                because(
                        "예시로는 고영향인데 중대성에 대한 답은 그렇지 않습니다: " + ids(yes) + ".",
                        "An example says high impact, the answers on seriousness do not: " + ids(yes) + ".",
                        cites(yes));
            }
        } else if (seriousness != null && !no.isEmpty()) {
            if (seriousness == HighImpactGuide.Weight.SERIOUS || seriousness == HighImpactGuide.Weight.DEPENDS) {
                because(
                        "예시로는 고영향이 아닌데, 영향이 크고 사람이 실제로 통제하지 못한다고 답했습니다: " + ids(no) + ".",
                        "An example says no high impact, yet the effect is answered to be grave and nobody in real control: "
                                + ids(no) + ".",
                        cites(no));
            }
        } else if (seriousness == HighImpactGuide.Weight.DEPENDS || seriousness == HighImpactGuide.Weight.CONTROLLED) {
            because(
                    "중대성에 대한 답이 서로 다른 쪽을 가리키고, 맞는 예시도 없습니다.",
                    "The answers on seriousness point different ways, and no example matches.",
                    "시행령 제25조제2항제2호");
        }
    }

    private Result unlisted() {
        because(
                "법이 열거한 영역에서 쓰지 않으므로, 영향이 크더라도 고영향 인공지능이 아닙니다.",
                "The use is in none of the areas the Act lists; however serious its effect, it is not high-impact.",
                ACT_2);
        no.forEach(this::matches);
        for (String id : answers.doubts()) {
            HighImpactGuide.Item open = guide.doubt(id).item();
            because(
                    "열려 있지만 이 결과와는 상관없습니다: " + open.text().ko() + ".",
                    "Open, but of no weight here: " + open.text().en() + ".",
                    open.cites());
        }
        return Result.NOT_HIGH_IMPACT;
    }

    private Result weighed(HighImpactGuide.Weight weight) {
        boolean high = weight == HighImpactGuide.Weight.SERIOUS || weight == HighImpactGuide.Weight.DEPENDS;
        if (high) {
            because(
                    "법이 열거한 영역에서 쓰고 중대한 영향을 줄 우려가 있으므로 고영향 인공지능입니다.",
                    "The use is in a listed area and may have a serious effect: it is high-impact.",
                    ACT_2);
        } else {
            because(
                    "법이 열거한 영역에서 쓰지만 중대한 영향을 줄 우려가 없으므로 고영향 인공지능이 아닙니다.",
                    "The use is in a listed area, but no serious effect is to be expected: it is not high-impact.",
                    ACT_2);
        }
        HighImpactGuide.Item area = guide.area(String.valueOf(answers.area()));
        because(area.text(), area.cites());
        for (HighImpactGuide.Item question : guide.questions()) {
            Given given = answers.seriousness().get(question.id());
            if (given != null) {
                HighImpactGuide.Item answer =
                        guide.answer(question.id(), given.answer()).item();
                because(answer.text(), answer.cites());
            }
        }
        examples().forEach(this::matches);
        return high ? Result.HIGH_IMPACT : Result.NOT_HIGH_IMPACT;
    }

    private void matches(HighImpactGuide.Example example) {
        BilingualText text = example.item().text();
        because(
                (example.highImpact() ? "고영향이라는 예시에 맞습니다: " : "고영향이 아니라는 예시에 맞습니다: ") + text.ko() + ".",
                (example.highImpact() ? "Matches an example of high impact: " : "Matches an example against it: ")
                        + text.en() + ".",
                example.item().cites());
    }

    private Result ask() {
        because(
                "그래서 고영향인지 정하지 않았습니다. 답을 채우거나 고칠 것이 없다면 과학기술정보통신부에 확인을 요청하세요. 30일 안에 답이 오고, 30일까지 한 번 늦춰질 수 있습니다.",
                "So it stays undecided. If there is nothing to complete or correct, ask the Ministry of Science and ICT for confirmation; it replies within 30 days, once extended by at most 30.",
                "법 제33조제1항, 시행령 제25조제3항");
        return Result.ASK_MINISTRY;
    }

    private static String ids(List<HighImpactGuide.Example> examples) {
        return examples.stream().map(each -> each.item().id()).collect(Collectors.joining(", "));
    }

    private static String cites(List<HighImpactGuide.Example> examples) {
        return examples.stream().map(each -> each.item().cites()).distinct().collect(Collectors.joining("; "));
    }

    private void because(String ko, String en, String cites) {
        because(new BilingualText(ko, en), cites);
    }

    private void because(BilingualText text, String cites) {
        reasons.add(new Reason(text, cites));
    }
}
