package dev.gaon.benchmarks.audit;

import dev.gaon.benchmarks.audit.CorpusRate.Taken;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Seconds by rows, a line for each run; both axes begin at zero, so that a straight line through it is linear growth. */
final class CorpusPlot {

    private static final int LEFT = 60;
    private static final int TOP = 20;
    private static final int WIDTH = 560;
    private static final int HEIGHT = 340;
    private static final int STEPS = 5;
    // told apart by colour and by form
    private static final String[] COLOURS = {"#777777", "#333333", "#0063b2", "#b3541e", "#2e7d32"};
    private static final String[] DASHES = {"2 3", "8 3", "none", "10 3 2 3", "5 2"};

    private final StringBuilder svg = new StringBuilder();
    private final double mostRows;
    private final double mostSeconds;

    private CorpusPlot(List<Taken> all) {
        mostRows = all.stream().mapToDouble(Taken::rows).max().orElseThrow();
        mostSeconds = all.stream().mapToDouble(Taken::seconds).max().orElseThrow();
    }

    static String svg(List<Taken> all) {
        CorpusPlot plot = new CorpusPlot(all);
        plot.add(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='12' role='img'>",
                LEFT + WIDTH + 40,
                TOP + HEIGHT + 70 + 18 * CorpusRate.Run.values().length);
        plot.add("<title>Seconds of an audit by rows</title><rect width='100%%' height='100%%' fill='#fff'/>");
        plot.axes();
        for (CorpusRate.Run run : CorpusRate.Run.values()) {
            plot.line(run, all.stream().filter(each -> each.run() == run).toList());
        }
        plot.add("</svg>");
        return plot.svg.toString();
    }

    private void axes() {
        for (int i = 0; i <= STEPS; i++) {
            double x = x(mostRows * i / STEPS);
            double y = y(mostSeconds * i / STEPS);
            add("<path d='M%d %.1fH%d' stroke='#ddd'/>", LEFT, y, LEFT + WIDTH);
            add("<text x='%d' y='%.1f' text-anchor='end'>%.0f s</text>", LEFT - 6, y + 4, mostSeconds * i / STEPS);
            add("<text x='%.1f' y='%d' text-anchor='middle'>%.0f M</text>", x, TOP + HEIGHT + 18, mostRows * i / STEPS / 1e6);
        }
        add("<text x='%d' y='%d' text-anchor='middle'>rows</text>", LEFT + WIDTH / 2, TOP + HEIGHT + 36);
    }

    private void line(CorpusRate.Run run, List<Taken> taken) {
        StringBuilder path = new StringBuilder("M").append(at(0, 0));
        taken.stream()
                .sorted(Comparator.comparingLong(Taken::rows))
                .forEach(each -> path.append('L').append(at(each.rows(), each.seconds())));
        String stroke = String.format(
                Locale.ROOT,
                "fill='none' stroke='%s' stroke-width='2' stroke-dasharray='%s'",
                COLOURS[run.ordinal()],
                DASHES[run.ordinal()]);
        add("<path d='%s' %s/>", path, stroke);
        taken.forEach(each -> add(
                "<circle cx='%.1f' cy='%.1f' r='3' fill='%s'/>", x(each.rows()), y(each.seconds()), COLOURS[run.ordinal()]));
        int y = TOP + HEIGHT + 58 + 18 * run.ordinal();
        add("<path d='M%d %dh40' %s/>", LEFT, y - 4, stroke);
        add("<text x='%d' y='%d'>%s</text>", LEFT + 50, y, run.title);
    }

    private String at(double rows, double seconds) {
        return String.format(Locale.ROOT, "%.1f %.1f", x(rows), y(seconds));
    }

    private double x(double rows) {
        return LEFT + WIDTH * rows / mostRows;
    }

    private double y(double seconds) {
        return TOP + HEIGHT * (1 - seconds / mostSeconds);
    }

    private void add(String form, Object... values) {
        svg.append(String.format(Locale.ROOT, form, values)).append('\n');
    }
}
