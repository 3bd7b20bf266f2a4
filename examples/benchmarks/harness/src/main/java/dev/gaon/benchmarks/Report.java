package dev.gaon.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The tables of a run, in Markdown. */
final class Report {

    private final Results results;

    Report(Results results) {
        this.results = results;
    }

    String markdown() {
        StringBuilder page = new StringBuilder();
        for (Jdk jdk : results.jdks()) {
            List<Figure> figures = Arrays.stream(Figure.values())
                    .filter(figure -> Arrays.stream(Contender.values()).anyMatch(one -> results.has(jdk, figure, one)))
                    .toList();
            page.append("\n### ").append(jdk).append(" (").append(jdk.version()).append(")\n\n| client |");
            figures.forEach(figure -> page.append(' ').append(figure.label).append(" |"));
            page.append("\n| --- |").append(" --- |".repeat(figures.size())).append('\n');
            for (Contender contender : Contender.values()) {
                page.append("| ").append(contender.label).append(" |");
                for (Figure figure : figures) {
                    page.append(' ')
                            .append(
                                    results.has(jdk, figure, contender)
                                            ? cell(results.of(jdk, figure, contender))
                                            : "–")
                            .append(" |");
                }
                page.append('\n');
            }
        }
        return page.toString();
    }

    private static String cell(Spread spread) {
        return number(spread.median()) + " (" + number(spread.low()) + "–" + number(spread.high()) + ")";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }
}
