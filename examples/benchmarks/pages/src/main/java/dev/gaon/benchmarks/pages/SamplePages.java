package dev.gaon.benchmarks.pages;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Pages in the shape of a Korean institution's site: inline styles and scripts, menus of some hundred links, an article with a
 * table and pictures, a footer. The text is strung together from common words, so it says nothing; sizes vary around 50 kB.
 */
final class SamplePages {

    private static final Charset MS949 = Charset.forName("MS949");
    private static final String[] WORDS = {
        "지역", "주민", "누구나", "행사", "신청", "안내", "공고", "사업", "지원", "계획", "시설", "운영", "기간은", "문의는", "담당", "부서로", "올해", "처음",
        "마련한", "자리에서", "참여할", "수", "있으며", "자세한", "내용은", "홈페이지를", "참고하시기", "바랍니다", "도시숲", "산책길", "어린이", "도서관", "박물관",
        "전시", "관람", "시간", "예약", "접수", "결과", "발표", "자료", "통계", "현황", "보도", "정책", "제도", "개선", "방안", "협력", "회의", "open", "data",
        "2026", "10:00", "제3회", "1층", "평일", "사진", "영상", "교육"
    };

    /** What a page says of its licence. */
    enum Mark {
        /** No word that could be about rights. */
        NONE,
        /** A copyright line and a link to the copyright policy in the footer, as nearly every site has. */
        FOOTER,
        /** The footer, and the official embed at the end of the article. */
        EMBED,
        /** The footer, and the closing line of a news article. */
        NEWS
    }

    private final Random random;

    SamplePages(long seed) {
        random = new Random(seed);
    }

    /** One page of about {@code size} bytes, in UTF-8, or in MS949 every tenth. */
    byte[] page(int size, Mark mark, boolean korean949) {
        StringBuilder out = new StringBuilder(size);
        out.append("<!DOCTYPE html>\n<html lang=\"ko\">\n<head>\n<meta charset=\"")
                .append(korean949 ? "euc-kr" : "utf-8")
                .append("\">\n<title>").append(text(6)).append("</title>\n");
        for (int i = 0; i < 12; i++) {
            out.append("<link rel=\"stylesheet\" type=\"text/css\" href=\"/css/").append(random.nextInt(1000)).append(".css?v=20260103\">\n");
        }
        out.append("<style>\n");
        for (int i = 0; i < size / 700; i++) {
            out.append(".b").append(i).append(" li a:hover { color: #").append(random.nextInt(900) + 100).append("; margin: 0 auto; }\n");
        }
        out.append("</style>\n<script>\n");
        for (int i = 0; i < size / 500; i++) {
            out.append("  $('#menu").append(i).append("').on('click', function (e) { e.preventDefault(); if (a < b && c) { open(").append(i).append("); } });\n");
        }
        out.append("</script>\n</head>\n<body class=\"sub\">\n<header id=\"header\">\n");
        menu(out, size / 1200);
        out.append("</header>\n<div id=\"container\">\n<aside class=\"lnb\">\n");
        menu(out, size / 4000);
        out.append("</aside>\n<main id=\"content\">\n<h2>").append(text(5)).append("</h2>\n<div class=\"view\">\n");
        int footer = 1500;
        while (length(out) < size - footer) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    out.append("<table class=\"tbl\"><tbody>\n");
                    for (int i = 0; i < 6; i++) {
                        out.append("<tr><th scope=\"row\">").append(text(2)).append("</th><td class=\"tx_l\">").append(text(8)).append("</td></tr>\n");
                    }
                    out.append("</tbody></table>\n");
                }
                case 1 -> out.append("<p style=\"text-align: center;\"><img src=\"/upload/2026/").append(random.nextInt(100000))
                        .append(".jpg\" alt=\"").append(text(4)).append("\" /></p>\n");
                default -> {
                    out.append("<p style=\"line-height: 180%;\"><span style=\"font-size: 13pt;\">").append(text(25)).append("</span><br />\n&nbsp;")
                            .append(text(20)).append(" <strong>").append(text(4)).append("</strong> ").append(text(12)).append(".</p>\n");
                }
            }
        }
        out.append("</div>\n");
        if (mark == Mark.EMBED) {
            int type = 1 + random.nextInt(4);
            out.append("<div style='overflow: hidden; padding: 13px;'><img src='http://www.kogl.or.kr/open/web/images/images_2014/codetype/new_img_opentype0")
                    .append(type).append(".png' style='float: left;' alt='\"출처표시\"'/><span>산림청</span>이(가) 창작한 <span>[ ").append(text(3))
                    .append(" ]</span> 저작물은 공공누리&nbsp;<a href='http://www.kogl.or.kr/info/licenseType").append(type)
                    .append(".do' target='_blank'>\"출처표시\"</a>&nbsp;조건에 따라 이용할 수 있습니다.</div>\n");
        } else if (mark == Mark.NEWS) {
            out.append("<p class=\"copy\">&lt;저작권자 &copy; 누리신문, 무단 전재 및 재배포, AI학습 이용 금지&gt;</p>\n");
        }
        out.append("</main>\n</div>\n<footer id=\"footer\">\n<ul>\n");
        for (int i = 0; i < 8; i++) {
            out.append("<li><a href=\"/site/").append(i).append("\">").append(text(2)).append("</a></li>\n");
        }
        if (mark != Mark.NONE) {
            out.append("<li><a href=\"/site/copyright.do\">저작권정책</a></li>\n");
        }
        out.append("</ul>\n<address>").append(text(8)).append("</address>\n");
        if (mark != Mark.NONE) {
            out.append("<p>Copyright &copy; 2026 All rights reserved.</p>\n");
        }
        out.append("</footer>\n</body>\n</html>\n");
        return out.toString().getBytes(korean949 ? MS949 : StandardCharsets.UTF_8);
    }

    private int bytes;
    private int counted;

    /** Roughly the bytes so far in UTF-8. */
    private int length(StringBuilder out) {
        if (out.length() < counted) {
            bytes = 0;
            counted = 0;
        }
        for (; counted < out.length(); counted++) {
            bytes += out.charAt(counted) < 0x80 ? 1 : 3;
        }
        return bytes;
    }

    private void menu(StringBuilder out, int links) {
        out.append("<nav><ul>\n");
        for (int i = 0; i < links; i++) {
            out.append("  <li class=\"m").append(i).append("\"><a href=\"/portal/contents.do?key=").append(random.nextInt(100000)).append("&amp;menu=")
                    .append(i).append("\" title=\"").append(text(1)).append("\"><span>").append(text(2)).append("</span></a></li>\n");
        }
        out.append("</ul></nav>\n");
    }

    private String text(int words) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < words; i++) {
            out.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return out.toString();
    }

    /** A size whose median is 50 kB; a tenth are below 20 kB, a tenth above 125 kB. */
    int size() {
        return (int) Math.min(1_000_000, 50_000 * Math.exp(0.72 * random.nextGaussian()));
    }

    Random random() {
        return random;
    }
}
