package dev.gaon.gov.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaon.gov.license.Claim;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that break off, never end, swell, nest, or are no text: each ends soon, in its own word, and is not kept. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PortalHostileTest {

    private static final Map<String, String> HERITAGE = Map.of("ccbaKdcd", "11", "ccbaAsno", "1", "ccbaCtcd", "11");
    private static final String HEAD = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/xml\r\n";

    private static String kind(PortalServer.Answer answer) {
        List<EvidenceStore.Reply> kept = Samples.kept();
        try (PortalServer server = new PortalServer(answer);
                Portals portals = Samples.builder("khs", server, kept)
                        .attempts(1)
                        .total(Duration.ofSeconds(2))
                        .replyBytes(1 << 20)
                        .build()) {
            String start = portals.start("khs", "images", HERITAGE);
            PortalException e = catchThrowableOfType(PortalException.class, () -> portals.fetch(start));
            assertThat(kept).isEmpty();
            return e.kind();
        }
    }

    @Test
    void aSlowDripEndsAtTheDeadline() {
        assertThat(kind(out -> {
                    out.write((HEAD + "Content-Length: 1000000\r\n\r\n").getBytes(UTF_8));
                    for (int i = 0; i < 1_000_000 && !Thread.currentThread().isInterrupted(); i++) {
                        out.write(' ');
                        out.flush();
                        try {
                            TimeUnit.MILLISECONDS.sleep(20);
                        } catch (InterruptedException e) {
                            return;
                        }
                    }
                }))
                .isEqualTo("deadline");
    }

    @Test
    void halfABodyIsNoBody() {
        assertThat(kind(out -> out.write(
                        (HEAD + "Content-Length: 500\r\n\r\n<result><totalCnt>0</totalCnt></result>").getBytes(UTF_8))))
                .isEqualTo("incomplete");
        assertThat(kind(out -> out.write((HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\n<resu\r\n").getBytes(UTF_8))))
                .isEqualTo("incomplete");
        assertThat(kind(out -> out.write(new byte[0]))).isEqualTo("incomplete");
    }

    @Test
    void anEndlessBodyEndsAtTheLimit() {
        byte[] block = new byte[1 << 16];
        assertThat(kind(out -> {
                    out.write((HEAD + "\r\n").getBytes(UTF_8));
                    while (true) {
                        out.write(block);
                    }
                }))
                .isEqualTo("too-large");
    }

    @Test
    void aBombEndsAtTheLimitUnpacked() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                zip.write(block);
            }
        }
        assertThat(bomb.size()).isLessThan(1 << 17);
        assertThat(kind(PortalServer.reply(200, "text/xml", bomb.toByteArray(), "Content-Encoding: gzip")))
                .isEqualTo("too-large");
    }

    @Test
    void aReplyOfExactlyTheLimitIsTaken() {
        String xml = "<result><totalCnt>0</totalCnt></result>";
        byte[] body = (xml + " ".repeat((1 << 20) - xml.length())).getBytes(UTF_8);
        try (PortalServer server = new PortalServer(PortalServer.reply(200, "text/xml", body));
                Portals portals = Samples.builder("khs", server, Samples.kept())
                        .replyBytes(1 << 20)
                        .build()) {
            assertThat(portals.fetch(portals.start("khs", "images", HERITAGE)).works())
                    .isEmpty();
        }
    }

    @Test
    void packedRepliesAreUnpackedOnce() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write("<result><totalCnt>0</totalCnt></result>".getBytes(UTF_8));
        }
        assertThat(Samples.page(
                                "khs",
                                "images",
                                HERITAGE,
                                PortalServer.reply(200, "text/xml", packed.toByteArray(), "Content-Encoding: gzip"))
                        .total())
                .isZero();
        assertThat(kind(PortalServer.reply(200, "text/xml", packed.toByteArray(), "Content-Encoding: br")))
                .isEqualTo("malformed-reply");
        assertThat(kind(PortalServer.reply(200, "text/xml", new byte[] {1, 2, 3}, "Content-Encoding: gzip")))
                .isEqualTo("incomplete");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE result [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><result><totalCnt>0</totalCnt><item><sn>&x;</sn></item></result>",
                "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><result><item><sn>&b;</sn></item></result>",
                "<!DOCTYPE result SYSTEM \"http://127.0.0.1:1/x.dtd\"><result><totalCnt>0</totalCnt></result>",
                "<result><item><sn>&undeclared;</sn></item></result>",
                "<result><totalCnt>0</totalCnt>",
                "<result><totalCnt>0</totalCnt></result><result/>",
                "<result><ccimDesc>a<b",
                "\u0000<result><totalCnt>0</totalCnt></result>",
                "{\"a\": 1} {\"b\": 2}",
                "{\"result\": {}, \"result\": {}}",
                "",
                "plain words"
            })
    void whatIsNoDocumentIsMalformed(String body) {
        assertThat(kind(PortalServer.xml(body))).isEqualTo("malformed-reply");
    }

    @Test
    void depthAndSizeAreBounded() {
        assertThat(kind(PortalServer.xml("<result>".repeat(40) + "</result>".repeat(40))))
                .isEqualTo("malformed-reply");
        assertThat(kind(PortalServer.json("[".repeat(10_000)))).isEqualTo("malformed-reply");
        assertThat(XmlTreeDepth.of(31)).isTrue();
        assertThat(XmlTreeDepth.of(33)).isFalse();
        assertThat(XmlTreeDepth.nodes(600_000)).isFalse();
    }

    private static final class XmlTreeDepth {
        static boolean of(int depth) {
            return reads("<a>".repeat(depth) + "</a>".repeat(depth));
        }

        static boolean nodes(int count) {
            return reads("<a>" + "<b/>".repeat(count) + "</a>");
        }

        private static boolean reads(String xml) {
            try {
                return XmlTree.read(xml, null).has("a");
            } catch (XMLStreamException e) {
                return false;
            }
        }
    }

    @Test
    void bytesThatAreNoLettersAreMalformed() {
        assertThat(kind(PortalServer.reply(
                        200, "text/xml", new byte[] {'<', 'r', '>', (byte) 0xff, (byte) 0xff, (byte) 0xfe})))
                .isEqualTo("malformed-reply");
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "303", "307", "308"})
    void aRedirectIsNotFollowed(int status) {
        try (PortalServer elsewhere = new PortalServer(PortalServer.xml("<result><totalCnt>0</totalCnt></result>"))) {
            assertThat(kind(PortalServer.reply(status, "text/xml", "", "Location: " + elsewhere.uri())))
                    .isEqualTo("redirect-refused");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void aCookieIsNotSentBack() {
        PortalServer.Answer rows = PortalServer.reply(
                200,
                "text/xml",
                "<result><totalCnt>0</totalCnt></result>",
                "Set-Cookie: a=b; Path=/",
                "Cache-Control: max-age=9999");
        try (PortalServer server = new PortalServer(rows);
                Portals portals = Samples.builder("khs", server, Samples.kept()).build()) {
            String start = portals.start("khs", "images", HERITAGE);
            portals.fetch(start);
            portals.fetch(start);
            assertThat(server.requests())
                    .hasSize(2)
                    .allSatisfy(asked -> assertThat(asked).doesNotContain("Cookie"));
        }
    }

    /** A mark at the far end of a description counts, and lies whole in one of the pieces. */
    @Test
    void aLongDescriptionIsKeptInPieces() {
        String text = "가".repeat(3_995) + "사진: 경남신문" + "나".repeat(9_000) + "ⓒ 아무개";
        PortalPage page = Samples.page(
                "khs",
                "images",
                HERITAGE,
                PortalServer.xml("<result><item><sn>1</sn><imageNuri>A</imageNuri><ccimDesc>" + text
                        + "</ccimDesc></item></result>"));
        List<Claim> pieces = page.works()
                .get(0)
                .claims()
                .subList(1, page.works().get(0).claims().size());
        assertThat(pieces)
                .hasSize(4)
                .anySatisfy(each -> assertThat(each.value()).contains("사진: 경남신문"));
        assertThat(pieces.get(3).value()).endsWith("ⓒ 아무개");
        assertThat(page.works().get(0).title()).hasSize(4_000);
    }

    /** Ten thousand bare signs cost one pass each, not a product. */
    @Test
    void repairingIsLinear() {
        String bare =
                "<item><sn>1</sn><imageNuri>A</imageNuri><ccimDesc>" + "<&".repeat(100_000) + "</ccimDesc></item>";
        PortalPage page = Samples.page("khs", "images", HERITAGE, PortalServer.xml("<result>" + bare + "</result>"));
        assertThat(page.works())
                .singleElement()
                .satisfies(work -> assertThat(work.claims().get(1).value()).startsWith("<&<&"));
    }
}
