package dev.gaon.gov.corpus;

import dev.gaon.gov.page.Html;
import dev.gaon.gov.text.BilingualText;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Bars of rows, one below the other, each parted by what was decided. A table beside it says the same in numbers. */
final class Bars {

    /** So many bars are drawn; the table goes on. */
    static final int MOST = 10;

    private static final int WIDE = 360;
    private static final int STEP = 44;
    private static final int TOP = 20;
    private static final int HIGH = 14;
    /** Latin letters that fit before the number; Hangul takes two. */
    private static final int LETTERS = 34;

    /** @param parts rows by standing; a standing left out has none */
    record Bar(BilingualText name, Map<Standing, Long> parts) {

        static Bar of(BilingualText name, CorpusSummary.Share share) {
            Map<Standing, Long> parts = new EnumMap<>(Standing.class);
            for (Standing each : Standing.values()) {
                parts.put(each, each.decision() == null ? 0 : share.rows(each.decision()));
            }
            return new Bar(name, parts);
        }

        long rows() {
            return parts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private Bars() {}

    /** Draws the first bars, in Korean and in English; the longest is as wide as the picture. */
    static void write(Html html, String ko, String en, List<Bar> bars) {
        List<Bar> drawn = bars.subList(0, Math.min(bars.size(), MOST));
        long longest = drawn.stream().mapToLong(Bar::rows).max().orElse(0);
        if (longest > 0) {
            picture(html, "ko", ko, drawn, longest);
            picture(html, "en", en, drawn, longest);
        }
    }

    private static void picture(Html html, String language, String title, List<Bar> bars, long longest) {
        boolean korean = language.equals("ko");
        int height = bars.size() * STEP;
        html.open(
                "svg",
                "lang",
                language,
                "class",
                "bars",
                "role",
                "img",
                "aria-label",
                title + ": " + bars.stream().map(each -> said(each, korean)).collect(Collectors.joining("; ")),
                "viewBox",
                "0 0 " + WIDE + " " + height);
        for (int i = 0; i < bars.size(); i++) {
            bar(html, bars.get(i), i * STEP, longest, korean);
        }
        html.close();
    }

    private static String said(Bar bar, boolean korean) {
        return word(bar.name(), korean) + " " + Amount.of(bar.rows()) + " ("
                + bar.parts().entrySet().stream()
                        .filter(each -> each.getValue() > 0)
                        .map(each -> word(each.getKey().label(), korean) + " " + Amount.of(each.getValue()))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static void bar(Html html, Bar bar, int y, long longest, boolean korean) {
        html.open("text", "x", "0", "y", String.valueOf(y + TOP - 6))
                .text(fitting(word(bar.name(), korean)))
                .inlineClose();
        html.open("text", "x", String.valueOf(WIDE), "y", String.valueOf(y + TOP - 6), "text-anchor", "end")
                .text(Amount.of(bar.rows()))
                .inlineClose();
        long before = 0;
        for (Map.Entry<Standing, Long> each : bar.parts().entrySet()) {
            if (each.getValue() > 0) {
                long left = tenths(before, longest);
                before += each.getValue();
                long width = Math.max(10, tenths(before, longest) - left - 10);
                html.open(
                                "rect",
                                "class",
                                each.getKey().style(),
                                "x",
                                decimal(left),
                                "y",
                                String.valueOf(y + TOP),
                                "width",
                                decimal(width),
                                "height",
                                String.valueOf(HIGH))
                        .inlineClose();
            }
        }
    }

    private static long tenths(long rows, long longest) {
        return Math.round(10.0 * WIDE * rows / longest);
    }

    private static String decimal(long tenths) {
        return tenths / 10 + "." + tenths % 10;
    }

    /** The beginning of a name that is too long; the table has it whole. */
    private static String fitting(String name) {
        int width = 0;
        for (int i = 0; i < name.length(); i++) {
            width += name.charAt(i) < 0x1100 ? 1 : 2;
            if (width > LETTERS) {
                int end = Character.isLowSurrogate(name.charAt(i)) ? i - 1 : i;
                return name.substring(0, end) + "…";
            }
        }
        return name;
    }

    private static String word(BilingualText text, boolean korean) {
        return korean ? text.ko() : text.en();
    }

    /** What the colours mean. */
    static void legend(Html html) {
        html.open("ul", "class", "legend");
        for (Standing each : Standing.values()) {
            html.open("li");
            sign(html, each);
            html.both(each.label()).close();
        }
        html.close();
    }

    static void sign(Html html, Standing standing) {
        html.open("svg", "class", "sign", "aria-hidden", "true", "width", "16", "height", "16", "viewBox", "0 0 16 16")
                .open("rect", "class", standing.style(), "width", "16", "height", "16", "rx", "3")
                .inlineClose()
                .inlineClose();
    }
}
