package dev.gaon.gov.law;

import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Article 34(1) asks of whoever provides high-impact AI in one area, which measures under another law can count for it,
 * and how long the evidence is kept. Immutable and safe to share. It is no legal advice.
 */
public final class HighImpactDuties {

    /**
     * One item of Article 34(1).
     *
     * @param item 1 to 5
     * @param name of the document that shows it, for instance the risk-management plan
     * @param contents what it holds
     * @param inheritable true if a user-operator is deemed to have done what its supplier did, unless it changed the
     *     function materially (Decree 27(3)); never for items 4 and 5
     * @param deemings which measures of other laws can count for it in this area (Annex 1); each only for what it says
     * @param rule the rule that assesses it
     * @param source where it stands, in Korean
     */
    public record Duty(
            int item,
            BilingualText name,
            List<BilingualText> contents,
            boolean inheritable,
            List<Deeming> deemings,
            String rule,
            String source) {}

    /**
     * An entry of Annex 1.
     *
     * @param law the other law
     * @param what has to be done under it, and for which product where it is limited to one
     * @param personalDataOnly true if it counts for the handling of personal data and for nothing else of the item
     * @param note what has to be judged; null if nothing
     * @param source where it stands, in Korean
     */
    public record Deeming(
            String id,
            BilingualText law,
            BilingualText what,
            boolean personalDataOnly,
            @Nullable BilingualText note,
            String source) {}

    private static final String DUTIES = "high-impact/duties.json";
    private static final String ANNEX = "high-impact/annex1.json";

    private final List<Duty> duties = new ArrayList<>();
    private final List<BilingualText> neverDeemed = new ArrayList<>();
    private final List<BilingualText> retention;
    private final int years;

    private HighImpactDuties(RulePack pack, String area, LocalDate asOf) {
        PackFiles.Place annex =
                HighImpactGuide.part(pack, ANNEX).read(ANNEX, Set.of("source", "note", "never", "noEntry", "entries"));
        for (PackFiles.Place each : annex.list("never")) {
            BilingualText article = each.bilingual("article");
            BilingualText reason = each.bilingual("reason");
            neverDeemed.add(new BilingualText(article.ko() + ": " + reason.ko(), article.en() + ": " + reason.en()));
        }
        PackFiles.Place top = duties(pack);
        for (PackFiles.Place each : top.list("documents")) {
            duties.add(duty(each, annex, area, asOf));
        }
        PackFiles.Place keep = top.at("retention");
        retention = List.of(keep.bilingual("what"), keep.bilingual("advice"), keep.bilingual("caution"));
        years = keep.at("years").node().asInt();
        if (years < 1) {
            throw keep.at("years").wrong("1 이상이어야 합니다", "must be 1 or more");
        }
    }

    /**
     * The duties in one area.
     *
     * @param area a listed one, see {@link HighImpactGuide#areas()}
     * @param asOf the day whose law counts, in Asia/Seoul
     * @throws IllegalArgumentException if it is no listed area: such a use has none of these duties
     */
    public static HighImpactDuties of(RulePack pack, String area, LocalDate asOf) {
        HighImpactGuide guide = HighImpactGuide.of(pack);
        guide.area(area);
        if (guide.unlisted().id().equals(area)) {
            throw new IllegalArgumentException(new BilingualText(
                            "시행령이 정한 영역이 아직 없습니다: " + area + ".",
                            "The decree has set no such area so far: " + area + ".")
                    .both());
        }
        return new HighImpactDuties(pack, area, asOf);
    }

    static PackFiles.Place duties(RulePack pack) {
        return HighImpactGuide.part(pack, DUTIES)
                .read(DUTIES, Set.of("documents", "alsoItem6", "retention", "posting", "confirmation", "deadlines"));
    }

    private static Duty duty(PackFiles.Place at, PackFiles.Place annex, String area, LocalDate asOf) {
        at.only(Set.of("item", "name", "contents", "inheritable", "guideline", "keepYears", "rule", "source"));
        int item = at.at("item").node().asInt();
        List<Deeming> deemings = new ArrayList<>();
        for (PackFiles.Place each : annex.list("entries")) {
            each.only(Set.of("id", "item", "area", "law", "what", "personalDataOnly", "source", "from", "note"));
            LocalDate from = each.optionalDate("from");
            boolean ofArea = !each.has("area") || each.text("area").equals(area);
            boolean ofItem = !each.has("item") || each.at("item").node().asInt() == item;
            if (ofArea && ofItem && (from == null || !asOf.isBefore(from))) {
                deemings.add(new Deeming(
                        each.text("id"),
                        each.bilingual("law"),
                        each.bilingual("what"),
                        each.at("personalDataOnly").node().asBoolean(),
                        each.optionalBilingual("note"),
                        each.text("source")));
            }
        }
        return new Duty(
                item,
                at.bilingual("name"),
                at.list("contents").stream().map(PackFiles.Place::bilingual).toList(),
                at.at("inheritable").node().asBoolean(),
                List.copyOf(deemings),
                at.text("rule"),
                at.text("source"));
    }

    /** By item, 1 to 5. Item 6 is whatever the committee decides; nothing was found. */
    public List<Duty> duties() {
        return List.copyOf(duties);
    }

    /** What no measure under another law can stand for: Article 31. */
    public List<BilingualText> neverDeemed() {
        return List.copyOf(neverDeemed);
    }

    /** What has to be kept, what is advised, and what to mind where it holds personal data. */
    public List<BilingualText> retention() {
        return retention;
    }

    /**
     * The last day on which the evidence of a measure has to be kept, five years on (Decree 27(2)).
     *
     * <p>Counted as civil law counts: the first day is left out, and the term ends on the eve of the day that corresponds, or
     * on the last of the month where there is none. Where that is a Saturday or a holiday, keep it until the next working day.
     *
     * @param from the day on which the measure was taken, or the document made
     */
    public LocalDate keepUntil(LocalDate from) {
        LocalDate first = from.plusDays(1);
        LocalDate end = first.plusYears(years);
        return end.getDayOfMonth() == first.getDayOfMonth() ? end.minusDays(1) : end;
    }
}
