package dev.gaon.gov.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Purpose;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sites say to machines, from the bytes to the decision. */
class OptOutsTest {

    private static final String URL = "https://example.go.kr/news/1.html";
    private static final List<Claim> MARKED = List.of(Claim.of("page", "html", "text", "공공누리 제1유형"));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean optedOut(List<Claim> claims) {
        List<Claim> all = new ArrayList<>(MARKED);
        all.addAll(claims);
        LicenseDecision decision = Pages.decide(all, Purpose.TRAIN_COMMERCIAL);
        assertThat(decision.decision())
                .isEqualTo(decision.notes().contains("opt-out") ? Outcome.REVIEW : Outcome.ALLOW_WITH_DUTIES);
        return decision.notes().contains("opt-out");
    }

    private static List<Claim> robots(String text) {
        return OptOuts.none().withRobots(bytes(text)).claims(URL, Map.of(), List.of(), Pages.DAY);
    }

    private static List<Claim> headers(String name, String... values) {
        return OptOuts.none().claims(URL, Map.of(name, List.of(values)), List.of(), Pages.DAY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "User-agent: *#Content-Usage: train-ai=n|true",
                "user-agent: *#content-usage: /news/ train-ai=n|true",
                "User-agent: *#Content-Usage: /shop/ train-ai=n|false",
                "User-agent: *#Content-Usage: train-ai=n#Content-Usage: /news/ train-ai=y|false",
                "User-agent: *#Content-Usage: train-ai=y#Content-Usage: /news/*.html$ train-ai=n|true",
                "User-agent: *#Content-Usage: /news/ train-ai=y#Content-Usage: /news/ train-ai=n|true",
                "User-agent: *#Content-Usage: search=y, train-ai = n|true",
                "User-agent: *#Content-Usage: train-ai=n, train-ai=y|false",
                "User-agent: *#Content-Usage: train-ai=y, train-ai=?0|true",
                "User-agent: *#Content-Usage: search=n|false",
                "User-agent: OtherBot#Content-Usage: train-ai=n|false",
                "Content-Usage: train-ai=n|true",
                "User-agent: *#Disallow:|false",
                "User-agent: *#Disallow: /|true",
                "User-agent: *#Disallow: /admin/|false",
                "User-agent: GPTBot#Disallow: /|true",
                "User-agent: GPTBot#User-agent: CCBot#Disallow: /news/|true",
                "User-agent: GPTBot#Disallow: /##User-agent: *#Allow: /|true",
                "User-agent: Google-Extended#Disallow: /shop/|false",
                "User-agent: Yeti#Disallow: /|false",
                "User-agent: GPTBot#Disallow: /#Allow: /news/|false",
                "License: https://example.go.kr/rsl.xml|true",
                "Sitemap: https://example.go.kr/sitemap.xml|false"
            })
    void robotsTxt(String text, boolean optedOut) {
        List<Claim> claims = robots(text.replace('#', '\n'));
        assertThat(optedOut(claims)).as(claims.toString()).isEqualTo(optedOut);
    }

    @Test
    void theOwnAgentsGroupComesBeforeAll() {
        String text =
                "User-agent: MyBot\nAllow: /\nContent-Usage: train-ai=y\n\nUser-agent: *\nDisallow: /\nContent-Usage: train-ai=n\n";
        OptOuts site = OptOuts.none().withRobots(bytes(text));
        assertThat(optedOut(site.claims(URL, Map.of(), List.of(), Pages.DAY))).isTrue();
        assertThat(optedOut(site.withAgent("MyBot").claims(URL, Map.of(), List.of(), Pages.DAY)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Usage|train-ai=n|true",
                "content-usage|search=y, train-ai=n;x=1|true",
                "Content-Usage|train-ai=y|false",
                "Content-Usage|train-ai|false",
                "tdm-reservation|1|true",
                "TDM-Reservation|0|false",
                "X-Robots-Tag|noai, noimageai|true",
                "X-Robots-Tag|noindex|false",
                "Link|<https://example.go.kr/rsl.xml>; rel=\"license\"; type=\"application/rsl+xml\"|true",
                "Server|nginx|false"
            })
    void headers(String name, String value, boolean optedOut) {
        List<Claim> claims = headers(name, value);
        assertThat(optedOut(claims)).as(claims.toString()).isEqualTo(optedOut);
    }

    @Test
    void aLicenceInALinkHeaderIsReadAsOne() {
        List<Claim> claims =
                headers("Link", "<https://creativecommons.org/licenses/by-nc/4.0/>; rel=license, </a>; rel=next");
        assertThat(Pages.decide(claims, Purpose.TRAIN_COMMERCIAL).toString()).contains("DENY CC-BY-NC-4.0");
    }

    @ParameterizedTest
    @CsvSource({
        // page, header, file: 1, 0 or nothing said
        "-,-,-,false",
        "-,-,1,true",
        "-,-,0,false",
        "-,1,-,true",
        "-,0,1,false",
        "-,1,0,true",
        "1,-,-,true",
        "1,0,0,true",
        "0,1,1,false",
        "0,-,1,false",
        "0,1,-,false"
    })
    void ofTdmRepTheFinerPlaceSpeaksAndSilenceDoesNotReset(String page, String header, String file, boolean optedOut) {
        String meta = page.equals("-") ? "" : "<meta name=\"tdm-reservation\" content=\"" + page + "\">";
        OptOuts site = OptOuts.none();
        if (!file.equals("-")) {
            site = site.withTdmRep(bytes("[{\"location\": \"/shop/\", \"tdm-reservation\": 1},"
                    + "{\"location\": \"/news/*\", \"tdm-reservation\": " + file
                    + ", \"tdm-policy\": \"https://example.go.kr/policy.json\"}]"));
        }
        Map<String, List<String>> headers = header.equals("-") ? Map.of() : Map.of("TDM-Reservation", List.of(header));
        List<Claim> claims = site.claims(
                URL,
                headers,
                Pages.read("<html><head>" + meta + "</head></html>").claims(),
                Pages.DAY);
        assertThat(optedOut(claims)).as(claims.toString()).isEqualTo(optedOut);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "User-Agent: *;Disallow: *.html|true",
                "User-Agent: *;Disallow: *.jpg|false",
                "User-Agent: *;Disallow: /;Allow: *.html|false",
                "User-Agent: *;Disallow: /|true",
                "User-Agent: *;Allow: /|false"
            })
    void aiTxt(String text, boolean optedOut) {
        List<Claim> claims =
                OptOuts.none().withAiTxt(bytes(text.replace(';', '\n'))).claims(URL, Map.of(), List.of(), Pages.DAY);
        assertThat(optedOut(claims)).as(claims.toString()).isEqualTo(optedOut);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/|<prohibits type='usage'>ai-train</prohibits>|true",
                "/|<prohibits type='usage'>ai-all search</prohibits>|true",
                "/|<prohibits type='usage'>search</prohibits>|false",
                "/shop/|<prohibits type='usage'>ai-train</prohibits>|false",
                "https://example.go.kr/news/|<prohibits type='usage'>ai-train</prohibits>|true",
                "/|<permits type='usage'>ai-train</permits>|false",
                "/|<permits type='usage'>search</permits>|true",
                "/|<permits type='usage'>all</permits><payment type='purchase'><amount currency='KRW'>1000</amount></payment>|true",
                "/|<permits type='usage'>all</permits><payment type='free'/>|false"
            })
    void rsl(String where, String terms, boolean optedOut) {
        String xml = "<?xml version=\"1.0\"?><rsl xmlns=\"https://rslstandard.org/rsl\"><content url=\"" + where
                + "\"><license>" + terms + "</license></content></rsl>";
        List<Claim> claims = OptOuts.none().withRsl(bytes(xml)).claims(URL, Map.of(), List.of(), Pages.DAY);
        assertThat(optedOut(claims)).as(claims.toString()).isEqualTo(optedOut);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<meta name='robots' content='noai, noimageai'>|true",
                "<meta name='ROBOTS' content='index, NOAI'>|true",
                "<meta name='robots' content='noindex'>|false",
                "<meta name='tdm-reservation' content='1'>|true",
                "<meta name='tdm-reservation' content='0'>|false",
                "<link rel='license' type='application/rsl+xml' href='/rsl.xml'>|true"
            })
    void metaTags(String tag, boolean optedOut) {
        List<Claim> claims =
                Pages.read("<html><head>" + tag + "</head><body></body></html>").claims();
        assertThat(optedOut(claims)).as(claims.toString()).isEqualTo(optedOut);
    }

    @ParameterizedTest
    @CsvSource({
        "cawg.ai_training,notAllowed,true",
        "c2pa.ai_generative_training,constrained,true",
        "c2pa.data_mining,notAllowed,true",
        "cawg.ai_training,allowed,false",
        "c2pa.ai_inference,notAllowed,false",
        "c2pa.ai_training,perhaps,false"
    })
    void contentCredentials(String key, String use, boolean optedOut) {
        List<Claim> claims = OptOuts.inAssertion(
                bytes("{\"entries\": {\"" + key + "\": {\"use\": \"" + use + "\"}}}"), null, Pages.DAY);
        assertThat(optedOut(claims)).as(claims.toString()).isEqualTo(optedOut);
    }

    @Test
    void aFileThatCannotBeReadToItsEndAsksForAPerson() {
        String long1 = "User-agent: *\nAllow: /\n" + "# x\n".repeat(200_000);
        assertThat(optedOut(robots(long1))).isTrue();
        assertThat(optedOut(OptOuts.none().withTdmRep(bytes("<html>")).claims(URL, Map.of(), List.of(), null)))
                .isTrue();
        assertThat(optedOut(OptOuts.none().withRsl(bytes("<html>")).claims(URL, Map.of(), List.of(), null)))
                .isTrue();
        String rules = "Content-Usage: /" + "*a".repeat(900) + " train-ai=n\n";
        assertThat(robots("User-agent: *\n" + rules.repeat(90))).isEmpty();
    }

    @Test
    void nothingFoundIsNoPermission() {
        List<Claim> none = robots("User-agent: *\nAllow: /\nContent-Usage: train-ai=y\n");
        assertThat(Pages.decide(none, Purpose.TRAIN_COMMERCIAL).decision()).isEqualTo(Outcome.REVIEW);
    }

    @Test
    void sentencesOfAPlainTextAreRead() {
        List<Claim> claims =
                OptOuts.inText("도시숲을 걷다.\n본 기사를 AI 학습에 이용할 수 없습니다.\nAI 학습 금지 논란이 있었다.\n", "page", URL, Pages.DAY);
        assertThat(claims)
                .singleElement()
                .satisfies(each -> assertThat(each.value()).contains("이용할 수 없습니다"));
        assertThat(Pages.decide(claims, Purpose.TRAIN_COMMERCIAL).toString())
                .contains("DENY LicenseRef-AI-Training-Reserved");
        assertThat(OptOuts.inText("AI 학습 금지.\n".repeat(500), "page", null, null))
                .hasSize(201);
    }

    @Test
    void whatAFileSaysBearsItsHash() {
        byte[] file = bytes("User-agent: *\nDisallow: /\n");
        assertThat(OptOuts.none().withRobots(file).claims(URL, Map.of(), List.of(), Pages.DAY))
                .singleElement()
                .satisfies(each ->
                        assertThat(each.sha256()).isEqualTo("sha256:" + dev.gaon.gov.pack.PackFiles.sha256(file)));
        assertThatThrownBy(() -> OptOuts.none().withAgent(" ")).hasMessageMatching("(?s).*[가-힣].* / .*[a-z].*");
    }
}
