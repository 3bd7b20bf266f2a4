package dev.gaon.gov.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.corpus.SignedManifest;
import dev.gaon.gov.license.LicenseTerms;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged job jar, submitted in a Java of its own that has Spark and nothing else of ours. */
class JobJarCheck {

    @TempDir
    private Path folder;

    private record Ended(int exit, String out, String err) {}

    @Test
    void aSubmittedJarAuditsACorpus() throws Exception {
        Path corpus = folder.resolve("말뭉치.jsonl");
        Files.writeString(corpus, """
                {"id":"b","license":"LicenseRef-KOGL-1"}
                {"id":"a","license":"LicenseRef-KOGL-4"}
                {"license":"MIT"}
                """);
        Path out = folder.resolve("결과");
        Ended ended = submit(
                "--purpose",
                "train-commercial",
                "--as-of",
                "2026-11-21",
                "--out",
                out.toString(),
                "--constant",
                "license_source=spdx",
                corpus.toString());
        assertThat(ended.exit()).as(ended.err()).isZero();
        JsonNode line = new JsonMapper().readTree(ended.out().strip());
        assertThat(line.path("rows").asInt()).isEqualTo(3);
        assertThat(line.path("unreadable").asInt()).isEqualTo(1);
        assertThat(line.path("ALLOW_WITH_DUTIES").asInt()).isEqualTo(1);
        assertThat(line.path("DENY").asInt()).isEqualTo(1);
        CorpusSummary summary = CorpusSummary.parse(
                Files.readString(out.resolve("summary.json")).strip());
        assertThat(summary.rowsDigest())
                .isEqualTo(line.path("rowsDigest").asText())
                .startsWith("sha256:");
        assertThat(summary.inputs()).containsExactly(new CorpusSummary.Input("말뭉치.jsonl", Files.size(corpus), null, 3));
        assertThat(Files.readAllLines(out.resolve("bases.jsonl"))).hasSize(2);
        assertThat(out.resolve("decisions/_SUCCESS")).exists();

        SignedManifest manifest = SignedManifest.of(out);
        JsonNode signed = new JsonMapper().readTree(manifest.sign("이책임", LocalDate.of(2026, 11, 21)));
        assertThat(signed.at("/used/ALLOW_WITH_DUTIES").asInt()).isEqualTo(1);
        assertThat(manifest.verify()).isEmpty();

        Ended wrong = submit("--purpose", "quote", "--out", out.toString(), corpus.toString());
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.err()).contains("--as-of이(가) 없습니다").contains("--as-of is missing");
    }

    private Ended submit(String... arguments) throws Exception {
        Set<Path> ours = new HashSet<>();
        for (Class<?> each : List.of(AuditJob.class, LicenseTerms.class, JsonCanonicalizer.class)) {
            ours.add(Path.of(
                    each.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        List<String> spark = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> !ours.contains(Path.of(each)))
                .toList();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Dsun.jnu.encoding=UTF-8",
                "-cp",
                String.join(File.pathSeparator, spark),
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "local[2]",
                "--class",
                AuditJob.class.getName()));
        for (String each : List.of(
                "spark.ui.enabled=false",
                "spark.driver.bindAddress=127.0.0.1",
                "spark.driver.host=127.0.0.1",
                "spark.sql.shuffle.partitions=2",
                "spark.local.dir=" + folder)) {
            Collections.addAll(command, "--conf", each);
        }
        command.add(jar().toString());
        Collections.addAll(command, arguments);
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder child =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        child.environment().put("LC_ALL", "C.UTF-8");
        Process process = child.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err, StandardCharsets.UTF_8));
    }

    private static Path jar() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            List<Path> jars =
                    built.filter(each -> each.toString().endsWith("-job.jar")).toList();
            assertThat(jars).hasSize(1);
            return jars.get(0);
        }
    }
}
