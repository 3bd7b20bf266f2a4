package dev.gaon.benchmarks;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;

/** A picture of all figures: a panel each, a bar for each client and JDK, on logarithmic scales. */
final class Plot {

    private static final int PANEL_WIDTH = 510;
    private static final int NAMES = 130;
    private static final int SCALE = 290;
    private static final int BAR = 11;
    private static final int ROW = 31;
    private static final int HEAD = 42;
    private static final int PANEL_HEIGHT = HEAD + ROW * Contender.values().length + 34;

    private final Results results;
    private final List<String> jdks;
    private final StringBuilder svg = new StringBuilder();

    Plot(Results results) {
        this.results = results;
        this.jdks = results.jdks();
    }

    String svg() {
        List<Figure> figures = Arrays.stream(Figure.values())
                .filter(figure -> medians(figure).count() > jdks.size())
                .toList();
        int height = (figures.size() + 1) / 2 * PANEL_HEIGHT + 30;
        add(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='12'>",
                2 * PANEL_WIDTH, height);
        add("<rect width='100%%' height='100%%' fill='white'/>");
        for (int i = 0; i < figures.size(); i++) {
            panel(figures.get(i), i % 2 * PANEL_WIDTH, i / 2 * PANEL_HEIGHT);
        }
        String bars = jdks.size() < 2 ? "" : "; upper bars JDK " + jdks.get(0) + ", lower bars JDK " + jdks.get(1);
        text(10, height - 10, "start", "#555", "medians on logarithmic scales" + bars + "; dashed: the gate for Gaon");
        add("</svg>");
        return svg.toString();
    }

    private void panel(Figure figure, int left, int top) {
        double low = Math.floor(Math.log10(medians(figure).min().orElseThrow()) - 0.3);
        double perDecade = SCALE / (Math.ceil(Math.log10(medians(figure).max().orElseThrow())) - low);
        int zero = left + NAMES;
        List<Contender> shown = Arrays.stream(Contender.values())
                .filter(contender -> jdks.stream().anyMatch(jdk -> results.of(jdk, figure, contender) != null))
                .toList();
        int first = top + HEAD;
        int bottom = first + ROW * shown.size();
        text(left + 10, top + 22, "start", "#222' font-size='15' font-weight='bold", figure.label);
        text(
                zero + SCALE,
                top + 22,
                "end",
                "#555",
                figure == Figure.STREAM_SPEED ? "more is better" : "less is better");
        for (int decade = 0; decade * perDecade <= SCALE + 1; decade++) {
            line(zero + decade * perDecade, first - 6, bottom, "#ddd");
            text(zero + decade * perDecade, bottom + 14, "middle", "#555", power(low + decade));
        }
        for (Gate gate : Gate.values()) {
            if (gate.figure == figure && !gate.isRatio()) {
                double x = zero + (Math.log10(gate.limit) - low) * perDecade;
                line(x, first - 6, bottom, "#c22' stroke-width='2' stroke-dasharray='5 3");
            }
        }
        for (int row = 0; row < shown.size(); row++) {
            Contender contender = shown.get(row);
            int y = first + ROW * row;
            text(zero - 8, y + BAR + 5, "end", "#222", contender.label);
            for (int i = 0; i < jdks.size(); i++) {
                Spread spread = results.of(jdks.get(i), figure, contender);
                if (spread != null) {
                    double length = (Math.log10(spread.median()) - low) * perDecade;
                    bar(zero, y + i * (BAR + 2), length, colour(contender, i), Spread.number(spread.median()));
                }
            }
        }
    }

    private DoubleStream medians(Figure figure) {
        return Arrays.stream(Contender.values())
                .flatMap(contender -> jdks.stream().map(jdk -> results.of(jdk, figure, contender)))
                .filter(Objects::nonNull)
                .mapToDouble(Spread::median);
    }

    private static String colour(Contender contender, int jdk) {
        return switch (contender) {
            case GAON -> jdk == 0 ? "#0a7d4f" : "#4cc191";
            case DRAIN, BARE -> jdk == 0 ? "#999" : "#c4c4c4";
            default -> jdk == 0 ? "#3c6ea8" : "#8fb4dd";
        };
    }

    private static String power(double exponent) {
        if (exponent < 3) {
            return BigDecimal.ONE.scaleByPowerOfTen((int) exponent).toPlainString();
        }
        return Math.round(Math.pow(10, exponent % 3)) + (exponent < 6 ? " k" : " M");
    }

    private void bar(double x, double y, double length, String colour, String label) {
        add("<rect x='%.1f' y='%.1f' width='%.1f' height='%d' fill='%s'/>", x, y, length, BAR, colour);
        text(x + length + 4, y + BAR - 1, "start", "#222", label);
    }

    private void line(double x, double from, double to, String colour) {
        add("<line x1='%1$.1f' x2='%1$.1f' y1='%2$.1f' y2='%3$.1f' stroke='%4$s'/>", x, from, to, colour);
    }

    private void text(double x, double y, String anchor, String colour, String text) {
        add(
                "<text x='%.1f' y='%.1f' text-anchor='%s' stroke='white' stroke-width='3' paint-order='stroke' fill='%s'>%s</text>",
                x, y, anchor, colour, text);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
