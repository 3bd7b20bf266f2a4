package dev.gaon.examples.cli;

import dev.gaon.gov.corpus.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which columns of a table hold what, where the names do not say so. */
@SuppressWarnings("UnusedVariable") // picocli writes the options
final class ColumnChoice {

    @Option(
            names = "--column",
            paramLabel = "FIELD=COLUMN",
            description = {"어느 열이 무엇인지; 여러 번", "which column holds what; may be given again"})
    private Map<String, String> columns = new LinkedHashMap<>();

    @Option(
            names = "--constant",
            paramLabel = "FIELD=VALUE",
            description = {"값이 없는 행에 쓸 값; 여러 번", "a value for rows without one; may be given again"})
    private Map<String, String> constants = new LinkedHashMap<>();

    Manifest manifest() {
        try {
            Manifest manifest = Manifest.known();
            for (Map.Entry<String, String> each : columns.entrySet()) {
                manifest = manifest.withColumn(each.getKey(), each.getValue());
            }
            for (Map.Entry<String, String> each : constants.entrySet()) {
                manifest = manifest.withConstant(each.getKey(), each.getValue());
            }
            return manifest;
        } catch (IllegalArgumentException e) {
            throw Failure.wrongUse("wrong-use", e);
        }
    }
}
