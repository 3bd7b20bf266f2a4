package dev.gaon.gov.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every code of every table, in every envelope that carries it: what it is taken for, and how often it is asked again. */
class PortalErrorsTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-22T15:00:00Z");
    private static final Map<String, String> IMAGES = Map.of("contentId", "126508");
    private static final Map<String, String> HERITAGE = Map.of("ccbaKdcd", "11", "ccbaAsno", "1", "ccbaCtcd", "11");

    private record Shape(String name, int status, String type, String body) {}

    private static List<Shape> gateway(String code, String name) {
        String xml =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>"
                        + "<returnAuthMsg>" + name + "</returnAuthMsg><returnReasonCode>" + code
                        + "</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>";
        List<Shape> shapes = new ArrayList<>();
        shapes.add(new Shape(
                "header",
                200,
                "application/json",
                "{\"response\": {\"header\": {\"resultCode\": \"" + code + "\", \"resultMsg\": \"" + name + "\"}}}"));
        shapes.add(new Shape(
                "header-xml",
                200,
                "text/xml",
                "<response><header><resultCode>" + code + "</resultCode><resultMsg>" + name
                        + "</resultMsg></header></response>"));
        shapes.add(new Shape(
                "bare",
                200,
                "application/json",
                "{\"responseTime\": \"2026-11-22T12:00:00\", \"resultCode\": \"" + code + "\", \"resultMsg\": \"" + name
                        + "\"}"));
        shapes.add(new Shape("service", 200, "application/xml", xml));
        shapes.add(new Shape("service-401", 401, "application/xml", xml));
        shapes.add(new Shape("service-500", 500, "text/html", xml));
        shapes.add(new Shape(
                "service-json",
                200,
                "application/json",
                "{\"OpenAPI_ServiceResponse\": {\"cmmMsgHeader\": {\"errMsg\": \"SERVICE ERROR\", \"returnAuthMsg\": \""
                        + name + "\", \"returnReasonCode\": \"" + code + "\"}}}"));
        shapes.add(
                new Shape(
                        "service-name",
                        200,
                        "application/xml",
                        "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>" + name
                                + "</errMsg><returnAuthMsg>처리하지 못했습니다.</returnAuthMsg></cmmMsgHeader></OpenAPI_ServiceResponse>"));
        return shapes;
    }

    static Stream<Arguments> gatewayCodes() {
        List<Arguments> all = new ArrayList<>();
        for (JsonNode each :
                Samples.resource("/dev/gaon/gov/portals/codes.json").at("/families/data.go.kr/codes")) {
            for (JsonNode code : each.path("codes")) {
                for (JsonNode name : each.path("names")) {
                    for (Shape shape : gateway(code.asText(), name.asText())) {
                        all.add(Arguments.of(code.asText(), name.asText(), shape, each));
                    }
                }
            }
        }
        assertThat(all).hasSizeGreaterThan(200);
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("gatewayCodes")
    void aCodeOfTheGatewayIsKnownInEveryEnvelope(String code, String name, Shape shape, JsonNode row) {
        try (PortalServer server = new PortalServer(PortalServer.reply(shape.status(), shape.type(), shape.body()));
                Portals portals =
                        Samples.builder("tourapi", server, Samples.kept()).build()) {
            String start = portals.start("tourapi", "images", IMAGES);
            int asked = 1;
            try {
                PortalPage page = portals.fetch(start);
                assertThat(row.path("retry").asText()).isEqualTo("EMPTY");
                assertThat(page.works()).isEmpty();
                assertThat(page.next()).isNull();
            } catch (PortalException e) {
                assertThat(e.kind()).isEqualTo(row.path("kind").asText());
                assertThat(e.code()).isIn(code, name.length() > 12 ? null : name);
                assertThat(e.at()).isEqualTo(row.path("retry").asText().equals("NEXT_DAY") ? MIDNIGHT : null);
                assertThat(e.fix(Locale.KOREAN)).isEqualTo(row.at("/fix/ko").asText());
                assertThat(e.getMessage())
                        .contains("tourapi images")
                        .contains(row.at("/what/en").asText());
                asked = switch (row.path("retry").asText()) {
                    case "BACKOFF" -> 3;
                    case "ONCE" -> 2;
                    default -> 1;
                };
            }
            assertThat(server.requests()).hasSize(asked);
        }
    }

    static Stream<Arguments> otherCodes() {
        JsonNode families = Samples.resource("/dev/gaon/gov/portals/codes.json").path("families");
        List<Arguments> all = new ArrayList<>();
        for (JsonNode each : families.at("/odcloud/codes")) {
            String code = each.at("/codes/0").asText();
            all.add(Arguments.of(
                    "copyright-registration",
                    "list",
                    Map.of(),
                    200,
                    "{\"code\": " + code + ", \"msg\": \"오류\"}",
                    each));
            all.add(Arguments.of(
                    "copyright-registration",
                    "list",
                    Map.of(),
                    401,
                    "{\"code\": " + code + ", \"msg\": \"오류\"}",
                    each));
        }
        for (JsonNode each : families.at("/kcisa/codes")) {
            String code = each.at("/codes/0").asText();
            all.add(Arguments.of(
                    "kcisa",
                    "request",
                    Map.of("api", "API_CCA_144"),
                    200,
                    "<response><header><resultCode>" + code + "</resultCode></header></response>",
                    each));
        }
        for (JsonNode each : families.at("/nl/codes")) {
            for (JsonNode code : each.path("codes")) {
                all.add(Arguments.of(
                        "nl",
                        "search",
                        Map.of("kwd", "숲"),
                        200,
                        "{\"errorCode\": \"" + code.asText() + "\", \"errorMsg\": \"오류\"}",
                        each));
                all.add(Arguments.of(
                        "nl",
                        "search",
                        Map.of("kwd", "숲"),
                        200,
                        "<error><error_code>" + code.asText() + "</error_code><msg>오류</msg></error>",
                        each));
                all.add(Arguments.of(
                        "seoji",
                        "search",
                        Map.of(),
                        200,
                        "{\"RESULT\": \"ERROR\", \"ERR_CODE\": \"" + code.asText() + "\", \"ERR_MESSAGE\": \"오류\"}",
                        each));
            }
        }
        assertThat(all).hasSizeGreaterThan(25);
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("otherCodes")
    void otherFamiliesHaveTheirOwnCodes(
            String portal, String operation, Map<String, String> parameters, int status, String body, JsonNode row) {
        PortalException e =
                Samples.failure(portal, operation, parameters, PortalServer.reply(status, "application/json", body));
        assertThat(e.kind()).isEqualTo(row.path("kind").asText());
        assertThat(e.code()).isIn(texts(row.path("codes")));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /** The same number means a broken system at the library and success at the gateway. */
    @Test
    void codesBelongToTheirFamily() {
        assertThat(Samples.failure("nl", "search", Map.of("kwd", "숲"), PortalServer.json("{\"errorCode\": \"000\"}"))
                        .kind())
                .isEqualTo("server-error");
        assertThat(Samples.page(
                                "tourapi",
                                "images",
                                IMAGES,
                                PortalServer.json(
                                        "{\"response\": {\"header\": {\"resultCode\": \"000\"}, \"body\": {\"items\": \"\", \"totalCount\": 0}}}"))
                        .works())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid-request, 1", "401, unauthorized, 1", "403, forbidden, 1", "404, not-found, 1",
        "408, server-error, 3", "418, portal-error, 1", "429, rate-limited, 3", "500, server-error, 3",
        "502, server-error, 3", "503, overloaded, 3", "504, server-error, 3"
    })
    void whereTheBodySaysNothingTheStatusDecides(int status, String kind, int asked) {
        for (String body : List.of("Unauthorized", "", "{\"unknown\": true}", "<html><body>x</body></html>")) {
            try (PortalServer server = new PortalServer(PortalServer.reply(status, "text/plain", body));
                    Portals portals =
                            Samples.builder("tourapi", server, Samples.kept()).build()) {
                String start = portals.start("tourapi", "images", IMAGES);
                PortalException e = catchThrowableOfType(PortalException.class, () -> portals.fetch(start));
                assertThat(e.kind()).as(body).isEqualTo(kind);
                assertThat(e.code()).isEqualTo(String.valueOf(status));
                assertThat(server.requests()).as(body).hasSize(asked);
            }
        }
    }

    @Test
    void aPageForWaitingIsNoRecord() {
        String page =
                "<!DOCTYPE html>\n<html><head><script>location.href='/waitingroom/main.html'</script></head></html>";
        try (PortalServer server = new PortalServer(PortalServer.reply(200, "text/html", page));
                Portals portals =
                        Samples.builder("catalogue", server, Samples.kept()).build()) {
            String start = portals.start("catalogue", "openapi", Map.of("publicDataPk", "15101578"));
            PortalException e = catchThrowableOfType(PortalException.class, () -> portals.fetch(start));
            assertThat(e.kind()).isEqualTo("overloaded");
            assertThat(server.requests()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><html><body>오류</body></html>",
                "\n\n <HTML><body>오류</body></HTML>",
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<result>\n<!DOCTYPE html><html><body>오류</body></html>"
            })
    void anErrorPageOfTheHeritageServiceComesAs200(String body) {
        PortalException e = Samples.failure("khs", "images", HERITAGE, PortalServer.reply(200, "text/html", body));
        assertThat(e.kind()).isEqualTo("error-page");
    }

    @Test
    void whatDoesNotExistIsFoundOutThough200() {
        String body = "{\"description\": \"해당 데이터는 존재하지 않습니다.\", \"name\": null}";
        PortalException e = Samples.failure(
                "catalogue", "fileData", Map.of("publicDataPk", "1"), PortalServer.reply(200, "text/html", body));
        assertThat(e.kind()).isEqualTo("not-found");
    }

    @Test
    void aCodeThatNoTableHasIsShownAsItIs() {
        PortalException e = Samples.failure(
                "tourapi",
                "images",
                IMAGES,
                PortalServer.json("{\"response\": {\"header\": {\"resultCode\": \"77\", \"resultMsg\": \"?\"}}}"));
        assertThat(e.kind()).isEqualTo("portal-error");
        assertThat(e.code()).isEqualTo("77");
        assertThat(e.getMessage()).contains("(코드 77)").contains("(code 77)");
    }

    @Test
    void afterAPauseThePortalMayRecover() {
        String ok =
                "{\"response\": {\"header\": {\"resultCode\": \"0000\"}, \"body\": {\"items\": {\"item\": {\"imgname\": \"숲\","
                        + " \"serialnum\": \"1\", \"cpyrhtDivCd\": \"Type1\"}}, \"totalCount\": 1}}}";
        PortalPage page = Samples.page(
                "tourapi",
                "images",
                IMAGES,
                PortalServer.reply(503, "text/plain", ""),
                PortalServer.xml(gateway("04", "HTTP_ERROR").get(3).body()),
                PortalServer.json(ok));
        assertThat(page.works()).hasSize(1);
    }

    @Test
    void aPortalThatAsksToWaitLongIsNotWaitedFor() {
        PortalException e = Samples.failure(
                "tourapi", "images", IMAGES, PortalServer.reply(429, "text/plain", "", "Retry-After: 120"));
        assertThat(e.at()).isEqualTo(Samples.NOON.plusSeconds(120));
    }

    @Test
    void lettersOfAnotherSetAreRead() {
        String xml =
                "<?xml version=\"1.0\" encoding=\"EUC-KR\"?><response><header><resultCode>00</resultCode></header><body>"
                        + "<items><item><writingName>뷁 숲속의 집</writingName><icnNo>1</icnNo></item></items><totalCount>1</totalCount></body></response>";
        for (byte[] body : List.of(xml.getBytes(Charset.forName("MS949")), xml.getBytes(UTF_8))) {
            for (String type : List.of(
                    "text/xml; charset=EUC-KR", "text/xml; charset=UTF-8", "text/xml; charset=nonsense", "text/xml")) {
                assertThat(Samples.page("gongu", "expired-texts", Map.of(), PortalServer.reply(200, type, body))
                                .works())
                        .as(type)
                        .singleElement()
                        .satisfies(work -> assertThat(work.title()).isEqualTo("뷁 숲속의 집"));
            }
        }
    }
}
