package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The five items, what can count for them, and until when evidence is kept. */
class HighImpactDutiesTest {

    private static final RulePack PACK = RulePack.bundled();
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    private static List<String> deemings(String area, int item, LocalDate day) {
        return HighImpactDuties.of(PACK, area, day).duties().stream()
                .filter(duty -> duty.item() == item)
                .flatMap(duty -> duty.deemings().stream())
                .map(HighImpactDuties.Deeming::id)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "SA, 1, 6-a-1 7",
        "SA, 2, 2-c 6-a-2 7",
        "SA, 3, 3-b 7",
        "SA, 4, 6-b 7",
        "SA, 5, 7",
        "JA, 1, 6-a-1 7",
        "JA, 2, 6-a-2 7",
        "JA, 3, 7",
        "JA, 4, 6-b 7",
        "JA, 5, 7",
        "MA, 2, 2-b 6-a-2 7",
        "MA, 4, 4-b 6-b 7",
        "A, 1, 1-b 1-c 1-d 6-a-1 7",
        "RA, 5, 5-a 7",
    })
    void annexOneCountsItemByItem(String area, int item, String ids) {
        assertThat(deemings(area, item, DAY)).containsExactly(ids.split(" "));
    }

    @Test
    void digitalMedicalDevicesCountFromTheirDay() {
        assertThat(deemings("RA", 5, LocalDate.of(2026, 1, 23))).containsExactly("7");
        assertThat(deemings("RA", 5, LocalDate.of(2026, 1, 24))).containsExactly("5-a", "7");
    }

    @Test
    void personalDataMeasuresCountForPersonalDataOnly() {
        for (HighImpactGuide.Item area : HighImpactGuide.of(PACK).areas()) {
            if (area.id().equals("KA")) {
                continue;
            }
            for (HighImpactDuties.Duty duty :
                    HighImpactDuties.of(PACK, area.id(), DAY).duties()) {
                assertThat(duty.deemings())
                        .allSatisfy(each -> assertThat(each.personalDataOnly())
                                .isEqualTo(each.law().en().contains("PIPA")));
                assertThat(PACK.rule(duty.rule())).isNotNull();
            }
        }
    }

    @Test
    void oversightAndDocumentsAreNeverInherited() {
        HighImpactDuties duties = HighImpactDuties.of(PACK, "SA", DAY);
        assertThat(duties.duties()).extracting(HighImpactDuties.Duty::item).containsExactly(1, 2, 3, 4, 5);
        assertThat(duties.duties())
                .extracting(HighImpactDuties.Duty::inheritable)
                .containsExactly(true, true, true, false, false);
        assertThat(duties.duties())
                .allSatisfy(duty -> assertThat(duty.contents()).hasSizeGreaterThanOrEqualTo(3));
    }

    @Test
    void transparencyIsNeverDeemedDone() {
        assertThat(HighImpactDuties.of(PACK, "RA", DAY).neverDeemed())
                .singleElement()
                .satisfies(each -> assertThat(each.en()).startsWith("Act 31"));
    }

    @Test
    void anAreaThatIsNotListedHasNoDuties() {
        assertThatThrownBy(() -> HighImpactDuties.of(PACK, "KA", DAY)).hasMessageContaining("no such area so far");
        assertThatThrownBy(() -> HighImpactDuties.of(PACK, "NONE", DAY)).hasMessageContaining("no such area");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22, 2031-11-22",
        "2026-12-31, 2031-12-31",
        "2027-02-28, 2032-02-29",
        "2028-02-28, 2033-02-28",
        "2028-02-29, 2033-02-28",
        "2026-01-31, 2031-01-31",
        "2026-04-30, 2031-04-30",
    })
    void fiveYearsAreCountedFromTheNextDay(LocalDate from, LocalDate until) {
        assertThat(HighImpactDuties.of(PACK, "SA", DAY).keepUntil(from)).isEqualTo(until);
    }

    @Test
    void retentionWarnsOfPersonalData() {
        assertThat(HighImpactDuties.of(PACK, "SA", DAY).retention())
                .hasSize(3)
                .anyMatch(each -> each.en().contains("PIPA"));
    }
}
