package dev.gaon.benchmarks;

import java.util.List;
import java.util.function.Function;

/** The tables of a run, in Markdown. */
final class Report {

    private final Results results;
    private final StringBuilder page = new StringBuilder();

    Report(Results results) {
        this.results = results;
    }

    String markdown() {
        results.machines().forEach(machine -> page.append("- ").append(machine).append('\n'));
        page.append("\nGates, by medians (quartiles):\n\n");
        row("gate", results.jdks(), jdk -> "JDK " + jdk);
        row("---", results.jdks(), jdk -> "---");
        for (Gate gate : Gate.values()) {
            row(gate.text, results.jdks(), jdk -> verdict(gate, gate.reached(results, jdk)));
        }
        for (String jdk : results.jdks()) {
            List<Contender> contenders = List.of(Contender.values());
            page.append("\nJDK ").append(jdk).append(", medians (quartiles):\n\n");
            row("", contenders, contender -> contender.label);
            row("---", contenders, contender -> "---:");
            for (Figure figure : Figure.values()) {
                row(figure.label, contenders, contender -> {
                    Spread spread = results.of(jdk, figure, contender);
                    return spread == null ? "–" : spread.toString();
                });
            }
        }
        return page.toString();
    }

    private static String verdict(Gate gate, Spread reached) {
        if (reached == null) {
            return "not measured";
        }
        return (gate.met(reached) ? "met: " : "**missed**: ") + reached + (gate.isRatio() ? " ×" : "");
    }

    private <T> void row(String head, List<T> columns, Function<T, String> cell) {
        page.append("| ").append(head).append(" |");
        columns.forEach(column -> page.append(' ').append(cell.apply(column)).append(" |"));
        page.append('\n');
    }
}
