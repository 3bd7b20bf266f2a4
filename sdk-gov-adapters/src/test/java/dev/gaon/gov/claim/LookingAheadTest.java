package dev.gaon.gov.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Looking ahead for words never changes what is read: pages are strung together from marks in every disguise. */
class LookingAheadTest {

    private static final int PAGES = 6_000;
    private static final List<String> MARKS = List.of(
            "공공누리",
            "제4유형",
            "kogl",
            "licenseType1",
            "opentype04",
            "creativecommons",
            "CC BY",
            "무단 전재",
            "AI 학습 금지",
            "noai",
            "license",
            "출처표시",
            "tdm-reservation",
            "All rights reserved",
            "도시숲",
            "산책",
            "the",
            "lic_4");
    private static final List<String> TAGS = List.of(
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "</x>",
            "<div class=\"footer\">",
            "</div>",
            "<br>",
            "<!-- a -->",
            "<!-- > ",
            "<table><tr><td>",
            "</td>",
            "<script>",
            "</script>",
            "<textarea>",
            "</textarea>",
            "<![CDATA[",
            "]]>",
            "<svg>",
            "</svg>",
            "<",
            "< ",
            "<a href=\"",
            "<a title='",
            "<img alt=",
            "<img src=\"",
            "<meta name=robots content=\"",
            "<link rel=\"",
            "<span itemprop=\"",
            "\"",
            "'",
            ">",
            "\">",
            "'>",
            " ",
            "\n",
            "\0",
            "&",
            "&nbsp",
            "&nbsp;",
            "&amp;",
            "&lt;",
            "&copy",
            "&#160;",
            "&zwj;",
            "&shy;",
            ";",
            "%",
            "%20",
            "%6b",
            "%2F",
            "&percnt;",
            "&#37;",
            "&ampko;",
            "<script type=\"application/ld+json\">{\"license\":\"",
            "<style>",
            "</style>",
            "\uFEFF",
            "\u200B");

    private final Random random = new Random(20260501);

    /** One word, each letter plain, as a reference, or parted from the next. */
    private String disguised(String word) {
        StringBuilder out = new StringBuilder();
        int style = random.nextInt(8);
        for (char c : word.toCharArray()) {
            switch (style == 7 ? random.nextInt(7) : style) {
                case 1 -> out.append("&#").append((int) c).append(';');
                case 2 -> out.append("&#x").append(Integer.toHexString(c)).append(random.nextBoolean() ? ";" : "");
                case 3 -> {
                    for (byte each : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                        out.append('%')
                                .append(Character.forDigit((each >> 4) & 15, 16))
                                .append(Character.forDigit(each & 15, 16));
                    }
                }
                case 4 -> out.append(c).append(random.nextBoolean() ? "&nbsp;" : "&nbsp");
                case 5 -> out.append(c).append(TAGS.get(random.nextInt(TAGS.size())));
                case 6 ->
                    out.append(random.nextBoolean() ? Character.toUpperCase(c) : c)
                            .append(random.nextBoolean() ? " " : "");
                default -> out.append(c);
            }
        }
        return style == 6 && random.nextInt(4) == 0
                ? java.text.Normalizer.normalize(out.toString(), java.text.Normalizer.Form.NFD)
                : out.toString();
    }

    @Test
    void bothWaysReadTheSame() {
        PageClaims ahead = PageClaims.standard();
        PageClaims plain = ahead.withoutLookingAhead();
        int marked = 0;
        int passed = 0;
        for (int i = 0; i < PAGES; i++) {
            StringBuilder html = new StringBuilder(i % 3 == 0 ? "<html><body>" : "");
            int parts = 1 + random.nextInt(9);
            for (int part = 0; part < parts; part++) {
                html.append(TAGS.get(random.nextInt(TAGS.size())));
                if (random.nextInt(3) == 0) {
                    html.append(disguised(MARKS.get(random.nextInt(MARKS.size()))));
                }
            }
            Charset charset = i % 2 == 0 ? StandardCharsets.UTF_8 : Pages.MS949;
            byte[] bytes = html.toString().getBytes(charset);
            PageReading full = plain.read(bytes, null, null, Pages.DAY);
            assertThat(ahead.read(bytes, null, null, Pages.DAY))
                    .as(html.toString())
                    .isEqualTo(full);
            marked += full.claims().isEmpty() ? 0 : 1;
            passed += PageRules.bundled()
                            .words
                            .maybeIn(PageText.of(bytes, bytes.length, null).text())
                    ? 0
                    : 1;
        }
        assertThat(marked).as("pages with a claim").isGreaterThan(PAGES / 20);
        assertThat(passed).as("pages that were not parsed").isGreaterThan(PAGES / 20);
    }
}
