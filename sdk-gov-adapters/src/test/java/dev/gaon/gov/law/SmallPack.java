package dev.gaon.gov.law;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A pack of a few rules of its own, for tests that must not hang on what the bundled rules say. */
public final class SmallPack {

    private final StringBuilder facts = new StringBuilder();
    private final Map<String, byte[]> files = new TreeMap<>();
    private String derived = "";
    private String contradictions = "";
    private String waivers = "";

    private SmallPack() {}

    public static SmallPack empty() {
        return new SmallPack();
    }

    public SmallPack truths(String... names) {
        for (String name : names) {
            fact(name, "boolean", "");
        }
        return this;
    }

    public SmallPack choice(String name, String... values) {
        StringBuilder all = new StringBuilder();
        for (String value : values) {
            all.append(all.isEmpty() ? "" : ", ")
                    .append('"')
                    .append(value)
                    .append("\": ")
                    .append(text(value));
        }
        fact(name, "choice", ", \"values\": {" + all + "}");
        return this;
    }

    private void fact(String name, String type, String more) {
        facts.append(facts.isEmpty() ? "" : ",\n").append("""
                "%s": {"type": "%s", "group": "test", "label": %s, "question": {"ko": "%s인가요?", "en": "Is it %s?"}%s}""".formatted(name, type, text(name), name, name, more));
    }

    public SmallPack derived(String name, String when) {
        derived = "\"%s\": {\"label\": %s, \"when\": %s}".formatted(name, text(name), when);
        return this;
    }

    public SmallPack contradiction(String all) {
        contradictions = "{\"all\": [%s], \"reason\": %s}".formatted(all, text("no"));
        return this;
    }

    /** One rule with one version; {@code open} is a list of open entries, or empty. */
    public SmallPack rule(
            String id, String from, boolean call, boolean reviewed, String applies, String satisfied, String open) {
        String review = reviewed
                ? "{\"state\": \"reviewed\", \"by\": \"홍길동\", \"on\": \"2026-10-01\"}"
                : "{\"state\": \"draft\"}";
        String rule = """
                {"id": "%s", "title": %s, "versions": [{"from": "%s", "layer": "ACT",
                  "article": {"ko": "%s 조항", "en": "article of %s"}, "who": %s, "duty": {"ko": "%s을(를) 지켜야 한다.", "en": "Keep %s."},
                  "comply": {"ko": "%s에 맞게 고치세요.", "en": "Mend it for %s."}, "evidence": %s, "sanction": "OTHER_LAW",
                  "confidence": "S", "call": %s, "review": %s, "applies": %s, "satisfied": %s, "open": [%s], "sources": []}]}
                """.formatted(
                        id,
                        text(id),
                        from,
                        id,
                        id,
                        text("who"),
                        id,
                        id,
                        id,
                        id,
                        text("proof"),
                        call,
                        review,
                        applies,
                        satisfied,
                        open);
        files.put("rules/test/" + id + ".json", rule.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public SmallPack waiver(String rule, String service, String until) {
        waivers = """
                {"rule": "%s", "service": "%s", "by": "김국장", "reason": "곧 고칩니다", "from": "2026-01-01", "until": "%s"}""".formatted(rule, service, until);
        return this;
    }

    private static String text(String of) {
        return "{\"ko\": \"%s의 말\", \"en\": \"%s\"}".formatted(of, of);
    }

    public RulePack sealed() {
        String vocabulary = "{\"facts\": {" + facts + "}, \"derived\": {" + derived + "}, \"contradictions\": ["
                + contradictions + "]}";
        files.put("vocabulary.json", vocabulary.getBytes(StandardCharsets.UTF_8));
        files.put("waivers.json", ("{\"waivers\": [" + waivers + "]}").getBytes(StandardCharsets.UTF_8));
        return RulePack.of(List.of(Cases.sealed("small", files)));
    }
}
