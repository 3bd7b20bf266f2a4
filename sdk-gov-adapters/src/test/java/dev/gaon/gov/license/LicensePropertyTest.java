package dev.gaon.gov.license;

import static dev.gaon.gov.license.LicenseData.AUDIT;
import static dev.gaon.gov.license.LicenseData.DAY;
import static dev.gaon.gov.license.LicenseData.TERMS;
import static dev.gaon.gov.license.LicenseData.decide;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for any work; works are drawn from fixed seeds. */
class LicensePropertyTest {

    private static final List<String> IDS =
            TERMS.ids().stream().filter(id -> !TERMS.license(id).addition()).toList();
    private static final List<String> LEVELS = List.of("item", "page", "dataset", "collection", "site");
    private static final List<String> FLAGS = List.of(
            "thirdParty",
            "personalData",
            "deidentified",
            "restricted",
            "trademark",
            "portrait",
            "contractLimit",
            "technicalMeasures",
            "substantialDatabase",
            "optOut",
            "reupload",
            "markRemoved",
            "breached",
            "takedown",
            "registeredStateProperty",
            "rightsHeld");
    private static final List<String> RESTRICTIONS = FLAGS.stream()
            .filter(flag -> !List.of("deidentified", "rightsHeld").contains(flag))
            .toList();
    private static final List<Claim> HINTS = List.of(
            Claim.of("item", "khs", "text", "사진: 경남신문"),
            Claim.of("site", "robots", "code", "Content-Usage: train-ai=n"),
            Claim.of("site", "header", "code", "tdm-reservation: 1"),
            Claim.of("page", "html", "rel", "noai"));

    private static <T> T any(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static Claim mark(Random random, String level) {
        return switch (random.nextInt(5)) {
            case 0 -> Claim.of(level, "some-cms", "code", String.valueOf(random.nextInt(7)));
            case 1 -> Claim.of(level, "kogl-widget", "code", String.valueOf(random.nextInt(7)));
            case 2 -> Claim.of(level, "html", "text", "공공누리 제" + random.nextInt(5) + "유형");
            default -> Claim.of(level, "spdx", "license", any(random, IDS));
        };
    }

    private static Work work(Random random) {
        Work work = Work.of("p", "p")
                .withPublisher("기관", any(random, List.of("state", "local", "public-institution", "private")))
                .withCollected(LocalDate.of(2026, 5, 1));
        for (int i = random.nextInt(4); i > 0; i--) {
            Claim claim = mark(random, any(random, LEVELS));
            work = work.withClaim(
                    random.nextInt(3) > 0 ? claim : claim.seenOn(LocalDate.of(2025 + random.nextInt(2), 3, 1)));
        }
        if (random.nextInt(3) == 0) {
            work = work.withClaim(Claim.of(any(random, LEVELS), "html", "alt", "공공누리 AI유형"));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            work = work.withFlag(any(random, FLAGS), random.nextInt(4) == 0);
        }
        for (String use : List.of("commercial", "verbatim", "trainingData")) {
            work = random.nextInt(3) == 0 ? work.withUse(use, random.nextBoolean()) : work;
        }
        if (random.nextInt(4) == 0) {
            work = work.withUsedSince(LocalDate.of(2025, 6, 1));
        }
        return random.nextInt(3) == 0 ? work.withUserCountry(random.nextBoolean() ? "KR" : "US") : work;
    }

    private static void neverLooser(LicenseDecision before, LicenseDecision after, Work work) {
        assertThat(after.decision())
                .as(() -> work.toJson() + "\nbefore " + before.toJson() + "\nafter " + after.toJson())
                .isGreaterThanOrEqualTo(before.decision());
    }

    @Test
    void aDeclaredRestrictionNeverLoosens() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            Work work = work(random);
            String flag = any(random, RESTRICTIONS);
            for (Purpose purpose : Purpose.values()) {
                neverLooser(decide(work, purpose), decide(work.withFlag(flag, true), purpose), work);
            }
        }
    }

    @Test
    void aHintNeverLoosens() {
        Random random = new Random(2);
        for (int i = 0; i < 1_000; i++) {
            Work work = work(random);
            Claim hint = any(random, HINTS).seenOn(LocalDate.of(2025, 1 + random.nextInt(12), 1));
            for (Purpose purpose : Purpose.values()) {
                neverLooser(decide(work, purpose), decide(work.withClaim(hint), purpose), work);
            }
        }
    }

    /** At the level that decides, or further from the work, seen the same day. */
    @Test
    void aFurtherMarkNeverLoosensWhatIsSettled() {
        Random random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            String base = any(random, IDS);
            if (TERMS.license(base).yields() != License.Yields.NEVER) {
                continue;
            }
            int level = random.nextInt(LEVELS.size());
            Work work = work(random);
            Work bare = Work.of("p", "p").withCollected(LocalDate.of(2026, 5, 1));
            for (var fact : work.facts().entrySet()) {
                String[] path = fact.getKey().split("\\.");
                bare = path[0].equals("use")
                        ? bare.withUse(path[1], fact.getValue())
                        : bare.withFlag(path[1], fact.getValue());
            }
            bare = bare.withClaim(Claim.of(LEVELS.get(level), "spdx", "license", base));
            Work more = bare.withClaim(mark(random, LEVELS.get(level + random.nextInt(LEVELS.size() - level))));
            for (Purpose purpose : Purpose.values()) {
                neverLooser(decide(bare, purpose), decide(more, purpose), more);
            }
        }
    }

    @Test
    void theOrderOfEvidenceDoesNotMatter() {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            Work work = work(random);
            ObjectNode json = (ObjectNode) LicenseData.json(work.toJson());
            List<JsonNode> claims = new ArrayList<>();
            json.get("claims").forEach(claims::add);
            Collections.shuffle(claims, random);
            json.putArray("claims").addAll(claims);
            Work shuffled = Work.parse(json.toString());
            for (Purpose purpose : Purpose.values()) {
                LicenseDecision one = decide(work, purpose);
                LicenseDecision other = decide(shuffled, purpose);
                assertThat(other.decision()).isEqualTo(one.decision());
                assertThat(other.license()).isEqualTo(one.license());
                assertThat(other.duties()).isEqualTo(one.duties());
                assertThat(other.missing()).isEqualTo(one.missing());
                assertThat(other.notes()).isEqualTo(one.notes());
                assertThat(other.reasons()).isEqualTo(one.reasons());
            }
        }
    }

    @Test
    void aWiderPurposeNeverLoosens() {
        Random random = new Random(5);
        int pairs = 0;
        for (int i = 0; i < 2_000; i++) {
            Work work = work(random);
            boolean commercial = Boolean.TRUE.equals(work.facts().get("use.commercial"));
            for (Purpose wide : Purpose.values()) {
                for (Purpose narrow : Purpose.values()) {
                    if (wide != narrow && wide.covers(narrow, commercial)) {
                        pairs++;
                        neverLooser(decide(work, narrow), decide(work, wide), work);
                    }
                }
            }
        }
        assertThat(pairs).isGreaterThan(5_000);
    }

    @Test
    void theSameIsDecidedByteForByte() {
        Random random = new Random(6);
        LicenseAudit again = LicenseAudit.by(LicenseTerms.bundled());
        for (int i = 0; i < 500; i++) {
            Work work = work(random);
            Work copy = Work.parse(work.toJson());
            assertThat(copy.toJson()).isEqualTo(work.toJson());
            for (Purpose purpose : Purpose.values()) {
                assertThat(again.decide(copy, purpose, DAY).toJson())
                        .isEqualTo(AUDIT.decide(work, purpose, DAY).toJson());
            }
        }
    }

    @Test
    void dutiesGoWithTheDecision() {
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            Work work = work(random);
            for (Purpose purpose : Purpose.values()) {
                LicenseDecision decision = decide(work, purpose);
                if (decision.decision() == Outcome.ALLOW) {
                    assertThat(decision.duties()).as(work::toJson).isEmpty();
                }
                if (decision.decision() == Outcome.ALLOW_WITH_DUTIES) {
                    assertThat(decision.duties()).as(work::toJson).isNotEmpty();
                }
                assertThat(decision.reasons()).as(work::toJson).isNotEmpty();
                assertThat(TERMS.ids()).containsAll(decision.licenses());
            }
        }
    }
}
