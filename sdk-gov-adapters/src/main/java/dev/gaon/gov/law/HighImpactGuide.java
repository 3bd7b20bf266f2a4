package dev.gaon.gov.law;

import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link HighImpactReview} asks: the areas of the Act, the examples and tests of one edition of the ministry's
 * guideline, what stays open, and the four questions on seriousness. Immutable and safe to share; reading one takes some
 * milliseconds, so keep it.
 */
public final class HighImpactGuide {

    /** The area of a use that the Act does not list. */
    public static final String NO_AREA = "NONE";

    private static final String FILE = "high-impact/areas.json";

    /**
     * Something to choose, or a question.
     *
     * @param id as a review names it, for instance {@code SA} or {@code SA-3}
     * @param text for people
     * @param cites where it stands, in Korean; empty where nothing is cited
     */
    public record Item(String id, BilingualText text, String cites) {}

    /** What an answer on seriousness points to. */
    enum Weight {
        /** Points to a serious effect. */
        SERIOUS,
        /** Settles nothing by itself. */
        DEPENDS,
        /** People are in control, on which most of the guideline's counter-examples rest. */
        CONTROLLED,
        /** No effect that the Act means. */
        SLIGHT
    }

    /** @param highImpact the guideline's answer */
    record Example(Item item, String area, boolean highImpact) {}

    /** @param area null where it may concern any area */
    record Doubt(Item item, @Nullable String area, BilingualText advice) {}

    record Answer(Item item, Weight weight, Map<String, Weight> inArea) {
        Weight weight(String area) {
            return inArea.getOrDefault(area, weight);
        }
    }

    record Question(Item item, Map<String, Answer> answers) {}

    private final LocalDate edition;
    private final String digest;
    private final Map<String, Item> areas = new LinkedHashMap<>();
    private final Map<String, Example> examples = new LinkedHashMap<>();
    private final Map<String, Doubt> doubts = new LinkedHashMap<>();
    private final Map<String, Question> questions = new LinkedHashMap<>();
    private final Item areaQuestion;
    private final Item unlisted;

    private HighImpactGuide(PackFiles part) {
        digest = "sha256:" + PackFiles.sha256(part.bytes(FILE));
        PackFiles.Place top =
                part.read(FILE, Set.of("source", "note", "steps", "seriousness", "areas", "unlisted", "openQuestions"));
        top.at("source").only(Set.of("title", "date", "kind", "seen"));
        edition = top.at("source").date("date");
        areaQuestion = item(top.list("steps").get(0), "question");
        top.list("seriousness").forEach(this::question);
        top.list("areas").forEach(this::area);
        top.list("openQuestions").forEach(at -> open(at, null));
        PackFiles.Place other = top.at("unlisted");
        unlisted = new Item(
                other.text("id"),
                other.bilingual("note"),
                other.bilingual("law").ko());
        areas.put(unlisted.id(), new Item(unlisted.id(), other.bilingual("name"), unlisted.cites()));
    }

    /**
     * The guide of a pack.
     *
     * @throws IllegalArgumentException if none or several of the joined packs bring one
     */
    public static HighImpactGuide of(RulePack pack) {
        return new HighImpactGuide(part(pack, FILE));
    }

    /** The one part that has a file. */
    static PackFiles part(RulePack pack, String path) {
        List<PackFiles> having =
                pack.parts().stream().filter(part -> part.has(path)).toList();
        if (having.size() != 1) {
            throw new IllegalArgumentException(new BilingualText(
                            path + " 파일이 꼭 하나 있어야 하는데 규칙 묶음에 " + having.size() + "개 있습니다.",
                            "The packs must bring exactly one " + path + ", not " + having.size() + ".")
                    .both());
        }
        return having.get(0);
    }

    private static Item item(PackFiles.Place at, String text) {
        return new Item(at.text("id"), at.bilingual(text), Objects.requireNonNullElse(at.optional("cites"), ""));
    }

    private void question(PackFiles.Place at) {
        at.only(Set.of("id", "question", "cites", "answers"));
        Item question = item(at, "question");
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (PackFiles.Place each : at.list("answers")) {
            each.only(Set.of("id", "answer", "weighs", "weighsIn"));
            Map<String, Weight> inArea = new LinkedHashMap<>();
            each.each("weighsIn")
                    .keySet()
                    .forEach(area -> inArea.put(area, each.at("weighsIn").oneOf(area, Weight.values())));
            Item answer = new Item(each.text("id"), each.bilingual("answer"), question.cites());
            answers.put(answer.id(), new Answer(answer, each.oneOf("weighs", Weight.values()), Map.copyOf(inArea)));
        }
        questions.put(question.id(), new Question(question, answers));
    }

    private void area(PackFiles.Place at) {
        at.only(Set.of("id", "name", "law", "scope", "examples", "tests", "openQuestions"));
        String id = at.text("id");
        areas.put(id, new Item(id, at.bilingual("name"), at.bilingual("law").ko()));
        for (PackFiles.Place each : at.list("examples")) {
            each.only(Set.of("id", "answer", "example", "cites", "confidence"));
            String answer = each.text("answer");
            if (!answer.equals("yes") && !answer.equals("no")) {
                throw each.at("answer").wrong("yes나 no여야 합니다", "must be yes or no");
            }
            Item example = item(each, "example");
            if (examples.put(example.id(), new Example(example, id, answer.equals("yes"))) != null) {
                throw each.at("id").wrong("이미 있는 예시입니다", "this example is there already");
            }
        }
        for (PackFiles.Place each : at.list("tests")) {
            each.only(Set.of("id", "test", "cites", "confidence", "note", "answer", "then"));
            doubt(each, new Doubt(item(each, "test"), id, each.bilingual("then")));
        }
        at.list("openQuestions").forEach(each -> open(each, id));
    }

    private void open(PackFiles.Place at, @Nullable String area) {
        at.only(Set.of("id", "question"));
        doubt(
                at,
                new Doubt(
                        item(at, "question"),
                        area,
                        new BilingualText(
                                "법령과 가이드라인이 답하지 않는 물음입니다.", "Neither the law nor the guideline answers this.")));
    }

    private void doubt(PackFiles.Place at, Doubt doubt) {
        if (doubts.put(doubt.item().id(), doubt) != null) {
            throw at.at("id").wrong("이미 있는 이름입니다", "this id is there already");
        }
    }

    /** The date of the guideline's edition. */
    public LocalDate edition() {
        return edition;
    }

    /** Of the data that a review is decided on, {@code sha256:...}. */
    public String digest() {
        return digest;
    }

    /** Whether the use falls in an area that the Act lists. */
    public Item areaQuestion() {
        return areaQuestion;
    }

    /** In the order of Article 2(4), the last one those set by decree; a use in none of them is {@link #NO_AREA}. */
    public List<Item> areas() {
        return List.copyOf(areas.values());
    }

    /** The guideline's examples in an area; empty if there is none. */
    public List<Item> examples(String area) {
        return examples.values().stream()
                .filter(each -> each.area().equals(area))
                .map(Example::item)
                .toList();
    }

    /** Tests by points or figures, and open questions, that may concern a use in this area: with one of them, ask the ministry. */
    public List<Item> doubts(String area) {
        return doubts.values().stream()
                .filter(each -> each.area() == null || each.area().equals(area))
                .map(Doubt::item)
                .toList();
    }

    /** On seriousness: effect, gravity, frequency, human control. */
    public List<Item> questions() {
        return questions.values().stream().map(Question::item).toList();
    }

    /**
     * What may be answered.
     *
     * @throws IllegalArgumentException if there is no such question
     */
    public List<Item> answers(String question) {
        return known("물음", "question", questions, question).answers().values().stream()
                .map(Answer::item)
                .toList();
    }

    Item area(String id) {
        return known("영역", "area", areas, id);
    }

    Item unlisted() {
        return unlisted;
    }

    Example example(String id) {
        return known("예시", "example", examples, id);
    }

    Doubt doubt(String id) {
        return known("시험·열린 물음", "test or open question", doubts, id);
    }

    Question question(String id) {
        return known("물음", "question", questions, id);
    }

    Answer answer(String question, String id) {
        return known("답", "answer", question(question).answers(), id);
    }

    private static <T> T known(String ko, String en, Map<String, T> all, String id) {
        T found = all.get(id);
        if (found == null) {
            List<String> may = new ArrayList<>(all.keySet());
            String list = String.join(", ", may.size() > 40 ? may.subList(0, 40) : may) + (may.size() > 40 ? " …" : "");
            String shown = (id.length() > 40 ? id.substring(0, 40) : id).replaceAll("[^\\p{L}\\p{N}_.-]", "?");
            throw new IllegalArgumentException(new BilingualText(
                            ko + " 이름을 찾을 수 없습니다: " + shown + ". 쓸 수 있는 것: " + list,
                            "There is no such " + en + ": " + shown + ". Known: " + list)
                    .both());
        }
        return found;
    }
}
