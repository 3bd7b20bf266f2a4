package dev.gaon.gov.license;

import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.text.BilingualText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How one work is credited: the sentences that KOGL prescribes, and a row for the manifest of a corpus. Immutable. A work
 * whose terms ask for no credit may still be credited.
 *
 * <p>What the work does not state is left out of the sentence and named by {@link #missing()}; nothing is made up.
 */
public final class Attribution {

    private final LicenseDecision decision;
    private final Work work;
    private final String title;

    private Attribution(LicenseDecision decision, Work work) {
        this.decision = decision;
        this.work = work;
        this.title = oneLine(work.title());
    }

    public static Attribution of(LicenseDecision decision) {
        return new Attribution(decision, decision.work());
    }

    /** Of another work that the decision holds for as well, since what is known of its licence is the same. */
    public static Attribution of(LicenseDecision decision, Work work) {
        return new Attribution(decision, work);
    }

    /** One for each work, in the order given: the same publisher, title and address is one work, whatever its id. */
    public static List<Attribution> stack(Collection<LicenseDecision> decisions) {
        Map<String, Attribution> works = new LinkedHashMap<>();
        for (LicenseDecision each : decisions) {
            Attribution one = of(each);
            works.putIfAbsent(one.identity(), one);
        }
        return List.copyOf(works.values());
    }

    /** What makes it one work, in canonical JSON: publisher, title, author, address and licence, whatever its id. */
    public String identity() {
        Map<String, Object> key = new TreeMap<>(Map.of("title", title, "license", decision.license()));
        Claim.put(key, "publisher", work.publisher());
        Claim.put(key, "author", work.author());
        Claim.put(key, "url", work.url());
        return CanonicalForm.write(key);
    }

    /** Text of others in a line of ours: no line breaks, no control characters. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** For a list of works used: agency, year, type, title, author, and where it can be had. */
    public BilingualText longForm() {
        String agency = publisher();
        String credited = title + (work.author() == null ? "" : "(작성자:" + oneLine(work.author()) + ")");
        StringBuilder ko = new StringBuilder("본 저작물은 ");
        ko.append(agency == null ? "" : "'" + agency + "'에서 ");
        ko.append(year() == null ? "" : "'" + year() + "년' ");
        ko.append(made(agency != null || year() != null));
        ko.append('\'')
                .append(credited)
                .append('\'')
                .append(Particles.object(title))
                .append(" 이용하였");
        if (work.url() == null) {
            ko.append("습니다.");
        } else {
            ko.append("으며, 해당 저작물은 '").append(agency == null ? "" : agency + ", ");
            ko.append(oneLine(work.url())).append(kogl() ? "'에서 무료로 내려받으실 수 있습니다." : "'에서 볼 수 있습니다.");
        }
        StringBuilder en = new StringBuilder("This work uses \"").append(title).append('"');
        en.append(work.author() == null ? "" : " (author: " + oneLine(work.author()) + ")");
        en.append(agency == null && year() == null ? "" : ", made");
        en.append(agency == null ? "" : " by " + agency).append(year() == null ? "" : " in " + year());
        en.append(licensed() || kogl() ? ", under " + type(false) : "");
        en.append(
                work.url() == null
                        ? "."
                        : ". It can be had" + (kogl() ? " free of charge" : "") + " at " + oneLine(work.url()) + " .");
        return new BilingualText(ko.toString(), en.toString());
    }

    private String made(boolean somewhere) {
        if (kogl() || licensed()) {
            return (somewhere ? "작성하여 " : "") + type(true) + (kogl() ? "으로 개방한 " : " 조건으로 개방한 ");
        }
        return somewhere ? "작성한 " : "";
    }

    /** For a place with little room; the agency's name, not the work's. */
    public BilingualText shortForm() {
        String agency = Objects.requireNonNullElse(publisher(), title);
        String address = work.url() == null ? "" : "(" + oneLine(work.url()) + ")";
        String author = work.author() == null ? "" : ", 작성자:" + oneLine(work.author());
        String under = kogl() || licensed() ? type(true) + "에 따라 " : "";
        return new BilingualText(
                "본 저작물은 " + under + "[" + agency + address + author + "]의 "
                        + (kogl() ? "공공저작물을 이용하였습니다." : "저작물을 이용하였습니다."),
                kogl()
                        ? "\"" + agency + "\"'s public work is used according to KOGL"
                        : "A work of \"" + agency + "\" is used" + (licensed() ? " under " + type(false) : ""));
    }

    /** Beside a quotation: who, what, where. */
    public BilingualText source() {
        String agency = publisher();
        String what = "[" + title + (work.url() == null ? "" : "(" + oneLine(work.url()) + ")") + "]";
        String both = (agency == null ? "" : "[" + agency + "], ") + what;
        return new BilingualText("출처 - " + both, "Source - " + both);
    }

    /** The sentence that a KOGL mark carries; null for other licences and where the agency is not stated. */
    public @Nullable BilingualText notice() {
        String agency = publisher();
        if (!kogl() || agency == null) {
            return null;
        }
        License type = decision.terms().license(decision.licenses().get(0));
        return new BilingualText(
                agency + Particles.subject(agency) + " 창작한 '" + title + "' 저작물은 공공누리 \""
                        + after(type.title().ko()) + "\" 조건에 따라 이용할 수 있습니다.",
                "\"" + title + "\", a work of " + agency + ", may be used under KOGL: "
                        + after(type.title().en()) + ".");
    }

    /** What a full credit needs and the work does not state: publisher, year, url. The author is named where there is one. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (publisher() == null) {
            missing.add("publisher");
        }
        if (year() == null) {
            missing.add("year");
        }
        if (work.url() == null) {
            missing.add("url");
        }
        return missing;
    }

    /** One row of the manifest, in canonical JSON (RFC 8785). */
    public String toJson() {
        Map<String, Object> out = new TreeMap<>();
        out.put("id", work.id());
        out.put("title", title);
        Claim.put(out, "publisher", publisher());
        Claim.put(out, "author", work.author() == null ? null : oneLine(work.author()));
        Claim.put(out, "year", year());
        Claim.put(out, "url", work.url() == null ? null : oneLine(work.url()));
        Claim.put(out, "route", decision.route());
        out.put("license", decision.license());
        out.put(
                "text",
                new TreeMap<>(Map.of("ko", longForm().ko(), "en", longForm().en())));
        out.put("missing", missing());
        return CanonicalForm.write(out);
    }

    private @Nullable String publisher() {
        String name = work.publisher();
        return name == null ? null : oneLine(name);
    }

    private @Nullable Integer year() {
        return work.published() == null ? null : work.published().getYear();
    }

    private boolean family(String family) {
        return decision.licenses().size() == 1
                && decision.terms().license(decision.licenses().get(0)).family().equals(family);
    }

    private boolean kogl() {
        return family("kogl") && !decision.licenses().get(0).endsWith("-NotApplied");
    }

    private boolean licensed() {
        return family("cc") || family("odc") || family("software") || family("portal");
    }

    private String type(boolean ko) {
        BilingualText text =
                decision.terms().license(decision.licenses().get(0)).title();
        return kogl() ? before(ko ? text.ko() : text.en()) : ko ? text.ko() : text.en();
    }

    private static String before(String title) {
        int colon = title.indexOf(": ");
        return colon < 0 ? title : title.substring(0, colon);
    }

    private static String after(String title) {
        int colon = title.indexOf(": ");
        return colon < 0 ? title : title.substring(colon + 2);
    }

    @Override
    public String toString() {
        return longForm().both();
    }
}
