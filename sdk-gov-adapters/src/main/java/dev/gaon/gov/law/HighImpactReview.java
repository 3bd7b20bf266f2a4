package dev.gaon.gov.law;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gaon.gov.law.HighImpactDecision.Given;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The review of Article 33(1): a named person's answers on one service, on one day, and what follows from them. Immutable;
 * used by any thread.
 *
 * <p>High-impact needs both a listed area and a serious effect. Answers that are missing or at odds, a test by points and an
 * open question give {@link Result#ASK_MINISTRY}; nothing is guessed. The ministry's guideline binds no one, and this is no
 * legal advice. What can be answered is in {@link HighImpactGuide}.
 *
 * <pre>{@code
 * HighImpactReview review = HighImpactReview.by("서류 심사 도우미", "김검토", LocalDate.of(2026, 11, 22))
 *         .area("SA")
 *         .examples("SA-3")
 *         .answer("effect", "affects", "지원자의 직업 선택")
 *         .answer("gravity", "grave", "탈락하면 되돌리기 어려움")
 *         .answer("frequency", "often", "공채마다 수천 명")
 *         .answer("humanControl", "formal", "담당자는 점수 순서를 그대로 씀")
 *         .build();
 * Assessment.of(review.applyTo(profile), RulePack.bundled(), LocalDate.of(2026, 11, 22));
 * }</pre>
 */
public final class HighImpactReview {

    /** What follows from the answers. */
    public enum Result {
        /** A listed area and a serious effect. */
        HIGH_IMPACT("고영향 인공지능", "high-impact"),
        /** No listed area, or no serious effect. */
        NOT_HIGH_IMPACT("고영향 인공지능 아님", "not high-impact"),
        /** Undecided: complete the answers, or ask the Ministry of Science and ICT. */
        ASK_MINISTRY("과학기술정보통신부에 확인", "ask the ministry");

        private final BilingualText label;

        Result(String ko, String en) {
            this.label = new BilingualText(ko, en);
        }

        /** For people. */
        public BilingualText label() {
            return label;
        }

        /** In JSON: {@code high-impact}, {@code not-high-impact}, {@code ask-ministry}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Why a result follows.
     *
     * @param cites where it stands, in Korean; empty where nothing is cited
     */
    public record Reason(BilingualText text, String cites) {}

    private static final String KIND = "high-impact-review";
    private static final int MOST_TEXT = 4_000;
    private static final int MOST_JSON = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String service;
    private final String reviewer;
    private final LocalDate on;
    private final HighImpactGuide guide;
    private final HighImpactDecision.Answers answers;
    private final HighImpactDecision decision;
    private final String json;
    private final String digest;

    private HighImpactReview(Builder from, HighImpactGuide guide) {
        this.service = from.service;
        this.reviewer = from.reviewer;
        this.on = from.on;
        this.guide = guide;
        if (on.isBefore(guide.edition())) {
            throw wrong(
                    "검토한 날(" + on + ")이 가이드라인이 나온 날(" + guide.edition() + ")보다 앞섭니다. 날짜를 고치세요.",
                    "The review (" + on + ") is older than the guideline (" + guide.edition() + "). Correct the day.",
                    null);
        }
        LocalDate read = from.guideline;
        if (read != null && !read.equals(guide.edition())) {
            throw wrong(
                    "이 자료의 가이드라인은 " + guide.edition() + " 판입니다. 그 판으로 검토하거나 " + read + " 판의 자료를 쓰세요.",
                    "This data holds the guideline of " + guide.edition()
                            + ". Review with it, or use data of the edition of " + read + ".",
                    null);
        }
        String area = from.area;
        if (area != null && !area.equals(HighImpactGuide.NO_AREA)) {
            guide.area(area);
        }
        Set<String> examples = from.examples;
        from.seriousness.forEach((question, given) -> guide.answer(question, given.answer()));
        this.answers = new HighImpactDecision.Answers(
                area,
                examples == null ? null : new TreeSet<>(examples),
                new TreeSet<>(from.doubts),
                new TreeMap<>(from.seriousness));
        this.decision = new HighImpactDecision(guide, answers);
        Map<String, Object> record = record();
        this.digest = "sha256:" + PackFiles.sha256(CanonicalForm.write(record).getBytes(StandardCharsets.UTF_8));
        record.put("digest", digest);
        this.json = CanonicalForm.write(record);
    }

    /**
     * Begins a review.
     *
     * @param service as its {@link ServiceProfile} names it
     * @param reviewer who answers, by name
     * @param on the day of the review, in Asia/Seoul
     */
    public static Builder by(String service, String reviewer, LocalDate on) {
        return new Builder(service, reviewer, on);
    }

    /** Replays a record with the bundled rules; see {@link #parse(String, RulePack)}. */
    public static HighImpactReview parse(String json) {
        return parse(json, RulePack.bundled());
    }

    /**
     * Reads what {@link #toJson()} wrote, decides again from its answers and compares everything. It needs no network. A
     * record is not signed: whoever can write one can write another.
     *
     * @throws IllegalArgumentException if it is no such record, was changed, or was decided on other data than the pack's
     */
    public static HighImpactReview parse(String json, RulePack pack) {
        JsonNode top;
        try {
            top = json.length() > MOST_JSON ? JSON.nullNode() : JSON.readTree(json);
        } catch (IOException e) {
            throw wrong("검토 기록이 JSON이 아닙니다.", "The record of the review is no JSON.", e);
        }
        if (!KIND.equals(top.path("kind").asText())) {
            throw wrong("고영향 검토 기록이 아닙니다.", "This is no record of a high-impact review.", null);
        }
        HighImpactGuide guide = HighImpactGuide.of(pack);
        if (!guide.digest().equals(text(top, "dataDigest"))) {
            throw wrong(
                    "다른 자료로 검토한 기록입니다. 기록의 dataDigest와 같은 자료가 든 규칙 묶음으로 다시 읽으세요. 이 묶음: " + guide.digest() + ".",
                    "This was decided on other data. Replay it with the pack whose data has the record's dataDigest; this pack has "
                            + guide.digest() + ".",
                    null);
        }
        HighImpactReview again = builder(top).build(guide);
        JsonNode expected = again.tree();
        Set<String> differing = new LinkedHashSet<>();
        expected.fieldNames().forEachRemaining(name -> {
            if (!expected.get(name).equals(top.get(name))) {
                differing.add(name);
            }
        });
        if (!differing.isEmpty() || top.size() != expected.size()) {
            String where = differing.isEmpty() ? "" : ": " + String.join(", ", differing);
            throw wrong(
                    "다시 판단한 결과와 기록이 다릅니다" + where + ". 기록이 바뀌었으니 원본을 찾으세요.",
                    "The record is not what its answers give" + where + ". It was changed: look for the original.",
                    null);
        }
        return again;
    }

    private JsonNode tree() {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException("written by this class", e);
        }
    }

    private static Builder builder(JsonNode top) {
        Builder builder = by(text(top, "service"), text(top, "reviewer"), date(top, "on"));
        builder.guideline(date(top, "guideline"));
        JsonNode given = top.path("answers");
        if (!given.path("area").isNull()) {
            builder.area(text(given, "area"));
        }
        if (!given.path("examples").isNull()) {
            builder.examples(texts(given, "examples"));
        }
        builder.doubts(texts(given, "doubts"));
        given.path("seriousness")
                .properties()
                .forEach(each ->
                        builder.answer(each.getKey(), text(each.getValue(), "answer"), text(each.getValue(), "why")));
        return builder;
    }

    private static String text(JsonNode at, String name) {
        if (!at.path(name).isTextual()) {
            throw wrong("검토 기록에 없거나 글이 아닙니다: " + name + ".", "Missing in the record, or no text: " + name + ".", null);
        }
        return at.get(name).asText();
    }

    private static LocalDate date(JsonNode at, String name) {
        try {
            return LocalDate.parse(text(at, name));
        } catch (DateTimeException e) {
            throw wrong("날짜는 2026-04-29처럼 적습니다: " + name + ".", "A date looks like 2026-04-29: " + name + ".", e);
        }
    }

    private static String[] texts(JsonNode at, String name) {
        List<String> all = new ArrayList<>();
        at.path(name).forEach(each -> all.add(each.asText()));
        return all.toArray(String[]::new);
    }

    private static IllegalArgumentException wrong(String ko, String en, @Nullable Throwable cause) {
        return new IllegalArgumentException(new BilingualText(ko, en).both(), cause);
    }

    public String service() {
        return service;
    }

    public String reviewer() {
        return reviewer;
    }

    public LocalDate on() {
        return on;
    }

    /** The date of the guideline's edition that was used. */
    public LocalDate guideline() {
        return guide.edition();
    }

    public Result result() {
        return decision.result();
    }

    /** The one that decides first, then what it rests on. */
    public List<Reason> reasons() {
        return decision.reasons();
    }

    /** What was not answered: {@code area}, {@code examples} and ids of questions; empty if the review is complete. */
    public List<String> missing() {
        return decision.missing();
    }

    /**
     * What the review declares of the service: {@code hiArea}, {@code hiSerious}, {@code hiReviewDone} and
     * {@code hiReviewInconclusive}. What is not settled is left out, so that an assessment asks for it.
     */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new TreeMap<>();
        String area = answers.area();
        if (area != null && decision.areaSettled()) {
            facts.put("hiArea", area);
        }
        Boolean serious = decision.serious();
        if (serious != null) {
            facts.put("hiSerious", serious);
        }
        facts.put("hiReviewDone", missing().isEmpty());
        facts.put("hiReviewInconclusive", result() == Result.ASK_MINISTRY);
        return Collections.unmodifiableMap(facts);
    }

    /**
     * The profile with {@link #facts()}; what it said of these four before is dropped.
     *
     * @throws IllegalArgumentException if the profile is of another service
     */
    public ServiceProfile applyTo(ServiceProfile profile) {
        if (!profile.service().equals(service)) {
            throw wrong(
                    "다른 서비스의 검토입니다. 프로필과 검토의 서비스 이름을 맞추세요.",
                    "This review is of another service. Make the names of profile and review agree.",
                    null);
        }
        ServiceProfile declared = profile.without("hiArea").without("hiSerious");
        for (Map.Entry<String, Object> fact : facts().entrySet()) {
            declared = fact.getValue() instanceof Boolean truth
                    ? declared.with(fact.getKey(), truth)
                    : declared.with(fact.getKey(), (String) fact.getValue());
        }
        return declared;
    }

    /** The dated record in canonical JSON (RFC 8785), for {@link #parse}: answers, result, reasons, the data's digest and its own. */
    public String toJson() {
        return json;
    }

    /** Of the record without its member {@code digest}, {@code sha256:...}. */
    public String digest() {
        return digest;
    }

    private Map<String, Object> record() {
        Map<String, Object> seriousness = new TreeMap<>();
        answers.seriousness()
                .forEach((question, given) ->
                        seriousness.put(question, Map.of("answer", given.answer(), "why", given.why())));
        Map<String, Object> given = new TreeMap<>();
        given.put("area", answers.area());
        given.put("examples", answers.examples());
        given.put("doubts", answers.doubts());
        given.put("seriousness", seriousness);
        Map<String, Object> out = new TreeMap<>();
        out.put("kind", KIND);
        out.put("service", service);
        out.put("reviewer", reviewer);
        out.put("on", on.toString());
        out.put("guideline", guide.edition().toString());
        out.put("dataDigest", guide.digest());
        out.put("answers", given);
        out.put("missing", missing());
        out.put("result", result().word());
        out.put(
                "reasons",
                reasons().stream()
                        .map(each -> Map.of("text", Finding.json(each.text()), "cites", each.cites()))
                        .toList());
        out.put("facts", facts());
        return out;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof HighImpactReview that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return service + " " + on + " " + result().word();
    }

    /** Collects answers; what is not answered stays unknown. One thread. */
    public static final class Builder {

        private final String service;
        private final String reviewer;
        private final LocalDate on;
        private @Nullable LocalDate guideline;
        private @Nullable String area;
        private @Nullable Set<String> examples;
        private final Set<String> doubts = new LinkedHashSet<>();
        private final Map<String, Given> seriousness = new TreeMap<>();

        private Builder(String service, String reviewer, LocalDate on) {
            this.service = written(service, "서비스", "The service");
            this.reviewer = written(reviewer, "검토자", "The reviewer");
            this.on = Objects.requireNonNull(on, "on");
        }

        private static String written(String text, String ko, String en) {
            if (text.isBlank() || text.length() > MOST_TEXT) {
                throw wrong(
                        ko + ": 비어 있거나 " + MOST_TEXT + "자가 넘습니다.",
                        en + " is empty or longer than " + MOST_TEXT + " characters.",
                        null);
            }
            return text;
        }

        /** The edition of the guideline that was read; that of the data unless said. Another one is refused. */
        public Builder guideline(LocalDate edition) {
            this.guideline = edition;
            return this;
        }

        /** One of {@link HighImpactGuide#areas()}, or {@link HighImpactGuide#NO_AREA}. */
        public Builder area(String area) {
            this.area = area;
            return this;
        }

        /** The guideline's examples that match; called with none, none does. Called again, it adds. */
        public Builder examples(String... ids) {
            Set<String> more = new LinkedHashSet<>(List.of(ids));
            if (examples != null) {
                more.addAll(examples);
            }
            examples = more;
            return this;
        }

        /** Tests by points or figures, and open questions, on which the result would hang; none unless said. */
        public Builder doubts(String... ids) {
            doubts.addAll(List.of(ids));
            return this;
        }

        /**
         * One of the four questions on seriousness.
         *
         * @param question {@code effect}, {@code gravity}, {@code frequency} or {@code humanControl}
         * @param answer one of {@link HighImpactGuide#answers}
         * @param why its grounds, for the record
         */
        public Builder answer(String question, String answer, String why) {
            seriousness.put(question, new Given(answer, written(why, "근거", "The ground of an answer")));
            return this;
        }

        /** Decides with the bundled rules, which are read each time: for many reviews keep a pack and use {@link #build(RulePack)}. */
        public HighImpactReview build() {
            return build(RulePack.bundled());
        }

        /**
         * Decides with a pack's guide.
         *
         * @throws IllegalArgumentException if an id is not in the guide, or the review is older than the guideline
         */
        public HighImpactReview build(RulePack pack) {
            return build(HighImpactGuide.of(pack));
        }

        private HighImpactReview build(HighImpactGuide guide) {
            return new HighImpactReview(this, guide);
        }
    }
}
