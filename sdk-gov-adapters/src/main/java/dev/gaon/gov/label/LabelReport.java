package dev.gaon.gov.label;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gaon.gov.text.BilingualText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one reading of finished bytes found: marks with their places, and whether they meet the rules of markets. Made
 * from the bytes alone, never from what was meant to be written. Immutable; no legal advice.
 *
 * @param kind of the content, such as {@code png}
 * @param media {@code text}, {@code data}, {@code document}, {@code image}, {@code audio} or {@code video}
 * @param sha256 of the bytes that were read, in lower-case hexadecimal
 * @param alreadyLabelled whether a call to write found all the marks there and copied the content as it was
 * @param marks in the order found; empty if there are none
 * @param findings one for each rule of {@code markets.json}, in its order
 * @param remarks what a reader should know besides; often empty
 */
public record LabelReport(
        String kind,
        String media,
        String sha256,
        boolean alreadyLabelled,
        List<Mark> marks,
        List<Finding> findings,
        List<BilingualText> remarks) {

    /** Whom a mark reaches. */
    public enum Reach {
        /** People see or hear it in the content. */
        HUMAN,
        /** Software reads it. */
        MACHINE,
        /** A notice beside the content, declared by who showed it and not provable from the file. */
        NOTICE
    }

    /** Whether the marks meet a rule. */
    public enum Verdict {
        YES,
        NO,
        /** The bytes cannot answer it, or nothing we know of answers it for this kind of content. */
        NOT_CHECKED,
        /** The rule does not speak of this kind of content. */
        NOT_APPLICABLE
    }

    /**
     * One mark that was found.
     *
     * @param standard {@code wording}, {@code sound}, {@code digital-source-type}, {@code aigc}, {@code statement} or
     *     {@code notice}; more may be added
     * @param place where in the content, such as {@code first line} or {@code xmp}
     * @param value what it says
     */
    public record Mark(Reach reach, String standard, String place, String value) {}

    /**
     * Whether the marks meet one rule of a market.
     *
     * @param rule its id in {@code markets.json}, such as {@code kr-export-general}
     */
    public record Finding(String rule, BilingualText title, Verdict verdict, BilingualText reason) {}

    public LabelReport {
        marks = List.copyOf(marks);
        findings = List.copyOf(findings);
        remarks = List.copyOf(remarks);
    }

    /** Whether any mark for people or for software was found. */
    public boolean labelled() {
        return has(Reach.HUMAN) || has(Reach.MACHINE);
    }

    /** Whether a mark of this reach was found. */
    public boolean has(Reach reach) {
        return marks.stream().anyMatch(mark -> mark.reach() == reach);
    }

    /** The finding on one rule; empty if there is no such rule. */
    public Optional<Finding> finding(String rule) {
        return findings.stream().filter(each -> each.rule().equals(rule)).findFirst();
    }

    /** One JSON document, texts in both languages. */
    public String toJson() {
        ObjectNode out = Statement.JSON
                .createObjectNode()
                .put("kind", kind)
                .put("media", media)
                .put("sha256", sha256)
                .put("labelled", labelled())
                .put("alreadyLabelled", alreadyLabelled);
        ArrayNode found = out.putArray("marks");
        for (Mark mark : marks) {
            found.addObject()
                    .put("reach", word(mark.reach()))
                    .put("standard", mark.standard())
                    .put("place", mark.place())
                    .put("value", mark.value());
        }
        ArrayNode rules = out.putArray("findings");
        for (Finding finding : findings) {
            ObjectNode rule = rules.addObject().put("rule", finding.rule());
            put(rule.putObject("title"), finding.title());
            rule.put("verdict", word(finding.verdict()));
            put(rule.putObject("reason"), finding.reason());
        }
        ArrayNode said = out.putArray("remarks");
        remarks.forEach(remark -> put(said.addObject(), remark));
        return out.toString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void put(ObjectNode out, BilingualText text) {
        out.put("ko", text.ko()).put("en", text.en());
    }
}
