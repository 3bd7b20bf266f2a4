package dev.gaon.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** All rounds that were measured, in the order of measuring. */
final class Results {

    /** One round of one client. */
    record Round(String jdk, Figure figure, Contender contender, double value) {

        boolean of(String wantedJdk, Figure wantedFigure, Contender wanted) {
            return jdk.equals(wantedJdk) && figure == wantedFigure && contender == wanted;
        }
    }

    private static final String MACHINE = "# ";
    private static final String HEAD = "jdk,figure,client,value";

    private final List<Round> rounds = new ArrayList<>();
    private final List<String> machines = new ArrayList<>();
    private final Set<String> measuredNow = new HashSet<>();

    static Results read(Path csv) throws IOException {
        Results results = new Results();
        for (String line : Files.readAllLines(csv)) {
            String[] cells = line.split(",");
            if (line.startsWith(MACHINE)) {
                results.machines.add(line.substring(MACHINE.length()));
            } else if (!line.equals(HEAD)) {
                results.rounds.add(new Round(
                        cells[0], Figure.valueOf(cells[1]), Contender.valueOf(cells[2]), Double.parseDouble(cells[3])));
            }
        }
        return results;
    }

    void write(Path csv) throws IOException {
        StringBuilder lines = new StringBuilder();
        machines.forEach(machine -> lines.append(MACHINE).append(machine).append('\n'));
        lines.append(HEAD).append('\n');
        for (Round round : rounds) {
            lines.append(round.jdk).append(',').append(round.figure).append(',');
            lines.append(round.contender).append(',').append(round.value).append('\n');
        }
        Files.writeString(csv, lines);
    }

    /** Notes where and when the next rounds are measured, and how busy the machine is before them. */
    void addMachine() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        machines.add(String.format(
                Locale.ROOT,
                "%s, %s %s, %d processors, load average %.1f before",
                LocalDate.now(),
                system.getName(),
                system.getArch(),
                system.getAvailableProcessors(),
                system.getSystemLoadAverage()));
    }

    List<String> machines() {
        return machines;
    }

    /** The first round of a figure that is measured again replaces those of the run before. */
    void add(Jdk jdk, Figure figure, Contender contender, double value) {
        if (measuredNow.add(jdk + " " + figure + " " + contender)) {
            rounds.removeIf(round -> round.of(jdk.version(), figure, contender));
        }
        rounds.add(new Round(jdk.version(), figure, contender, value));
        System.err.printf("%-7s  %-24s  %-17s  %,16.2f%n", jdk, figure.label, contender.label, value);
    }

    /** Versions, the oldest first. */
    List<String> jdks() {
        return rounds.stream().map(Round::jdk).distinct().sorted().toList();
    }

    boolean has(String jdk, Figure figure) {
        return rounds.stream().anyMatch(round -> round.jdk.equals(jdk) && round.figure == figure);
    }

    /** The median and quartiles; null if it was not measured. */
    Spread of(String jdk, Figure figure, Contender contender) {
        return spread(values(jdk, figure, contender));
    }

    /** One client over another, round by round: what disturbs one round meets both. Null as above. */
    Spread ratio(String jdk, Figure figure, Contender over, Contender under) {
        List<Double> above = values(jdk, figure, over);
        List<Double> below = values(jdk, figure, under);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(above.size(), below.size()); i++) {
            ratios.add(above.get(i) / below.get(i));
        }
        return spread(ratios);
    }

    private List<Double> values(String jdk, Figure figure, Contender contender) {
        return rounds.stream()
                .filter(round -> round.of(jdk, figure, contender))
                .map(Round::value)
                .toList();
    }

    private static Spread spread(List<Double> values) {
        return values.isEmpty() ? null : Spread.of(values);
    }
}
