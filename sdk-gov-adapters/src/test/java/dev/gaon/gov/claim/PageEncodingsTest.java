package dev.gaon.gov.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.gov.license.Purpose;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A mark is found in every encoding that Korean pages are in, whatever they say of it. */
class PageEncodingsTest {

    private static final String MARK = "<p>본 저작물은 공공누리 \"출처표시+상업적 이용금지+변경금지\" 조건에 따라 이용할 수 있습니다. 똠방각하</p>";

    private static String page(String meta) {
        return "<html><head>" + meta + "<title>도시숲</title></head><body>" + MARK + "</body></html>";
    }

    private static byte[] with(byte[] head, byte[] rest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head);
        out.writeBytes(rest);
        return out.toByteArray();
    }

    static Stream<Arguments> pages() {
        String euc = "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=euc-kr\">";
        String utf = "<meta charset=utf-8>";
        Charset utf8 = StandardCharsets.UTF_8;
        byte[] bom = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
        byte[] little = {(byte) 0xFF, (byte) 0xFE};
        return Stream.of(
                Arguments.of("UTF-8, undeclared", page("").getBytes(utf8), null, utf8),
                Arguments.of("UTF-8, declared", page(utf).getBytes(utf8), "text/html; charset=UTF-8", utf8),
                Arguments.of(
                        "UTF-8 with BOM, declared EUC-KR",
                        with(bom, page(euc).getBytes(utf8)),
                        "text/html;charset=euc-kr",
                        utf8),
                Arguments.of("UTF-8, declared EUC-KR", page(euc).getBytes(utf8), "text/html; charset=EUC-KR", utf8),
                Arguments.of("UTF-8, declared Latin", page(utf).getBytes(utf8), "text/html; charset=ISO-8859-1", utf8),
                Arguments.of(
                        "UTF-8, declared Japanese", page(utf).getBytes(utf8), "text/html; charset=Shift_JIS", utf8),
                Arguments.of("CP949, undeclared", page("").getBytes(Pages.MS949), null, Pages.MS949),
                Arguments.of("CP949, meta", page(euc).getBytes(Pages.MS949), null, Pages.MS949),
                Arguments.of(
                        "CP949, HTTP",
                        page("").getBytes(Pages.MS949),
                        "text/html; charset=ks_c_5601-1987",
                        Pages.MS949),
                Arguments.of(
                        "CP949, declared UTF-8",
                        page(utf).getBytes(Pages.MS949),
                        "text/html; charset=utf-8",
                        Pages.MS949),
                Arguments.of(
                        "CP949, unknown name",
                        page("").getBytes(Pages.MS949),
                        "text/html; charset=x-nothing",
                        Pages.MS949),
                Arguments.of(
                        "UTF-16 with BOM",
                        with(little, page("").getBytes(StandardCharsets.UTF_16LE)),
                        null,
                        StandardCharsets.UTF_16LE),
                Arguments.of(
                        "UTF-16 without BOM",
                        page("").getBytes(StandardCharsets.UTF_16BE),
                        null,
                        StandardCharsets.UTF_16BE),
                Arguments.of(
                        "EUC-JP is not guessed at",
                        with(page("").getBytes(utf8), new byte[0]),
                        "text/html; charset=EUC-JP",
                        utf8),
                Arguments.of(
                        "UTF-8 with a CP949 footer",
                        with(page(utf).getBytes(utf8), "<div>대한민국 정부 누리집</div>\n".getBytes(Pages.MS949)),
                        "text/html",
                        utf8),
                Arguments.of(
                        "CP949 with a UTF-8 footer",
                        with(
                                (page(euc) + "<p>도시숲 산책길</p><p>새로 연 도서관</p>").getBytes(Pages.MS949),
                                "<div>누리집</div>".getBytes(utf8)),
                        "text/html",
                        Pages.MS949),
                Arguments.of(
                        "UTF-8, broken at the end",
                        with(page(utf).getBytes(utf8), new byte[] {(byte) 0xEA, (byte) 0xB3}),
                        null,
                        utf8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void theMarkIsFound(String name, byte[] bytes, @Nullable String contentType, Charset charset) {
        PageReading page = Pages.read(bytes, contentType);
        assertThat(page.charset()).isEqualTo(charset);
        assertThat(Pages.decide(page, Purpose.TRAIN_COMMERCIAL).toString()).contains("DENY LicenseRef-KOGL-4");
        assertThat(Pages.seen(page)).anyMatch(each -> each.contains("상업적 이용금지+변경금지\" 조건"));
    }

    @Test
    void aBrokenByteBesideTheMarkHidesNothing() {
        byte[] good = page("").getBytes(StandardCharsets.UTF_8);
        String latin = new String(good, StandardCharsets.ISO_8859_1);
        int at = latin.indexOf("</p>");
        byte[] bad =
                (latin.substring(0, at) + "\u00FF\u00C0" + latin.substring(at)).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Pages.decide(Pages.read(bad, null), Purpose.TRAIN_COMMERCIAL).toString())
                .contains("DENY LicenseRef-KOGL-4");
    }

    @Test
    void syllablesThatOnlyCodePage949HasAreRead() {
        assertThat(PageText.of("똠방각하 펲시 햏".getBytes(Pages.MS949), 15, null).text())
                .startsWith("똠방각하 펲시");
    }

    @Test
    void anyBytesAreRead() {
        java.util.Random random = new java.util.Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            assertThat(Pages.read(bytes, i % 2 == 0 ? null : "text/html; charset=euc-kr")
                            .cuts())
                    .isEmpty();
        }
    }
}
