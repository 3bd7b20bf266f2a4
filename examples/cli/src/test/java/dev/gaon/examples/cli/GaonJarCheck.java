package dev.gaon.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gaon.jar} as people run it, from wherever they are. Run after packaging. */
class GaonJarCheck {

    private static final Path JAR = Path.of("target", "gaon.jar").toAbsolutePath();

    @TempDir
    Path folder;

    private LicenseFiles files;

    @BeforeEach
    void files() {
        files = new LicenseFiles(folder);
    }

    private Cli.Result run(Path jar, String... words) throws Exception {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx256m",
                                "-jar",
                                jar.toString()),
                        Stream.of(words))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("LC_ALL", "en_US.UTF-8");
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        int exit = builder.start().waitFor();
        return new Cli.Result(exit, Files.readString(out), Files.readString(err));
    }

    private static String[] audit(String... more) {
        return Stream.concat(
                        Stream.of(
                                "license", "audit", "--purpose", "train-commercial", "--as-of", "2026-11-22", "--json"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @Test
    void tablesAreAuditedFromAnyFolder() throws Exception {
        files.text("works.jsonl", LicenseFiles.work("w1", "공공누리 제1유형"));
        files.text("page.html", LicenseFiles.page("utf-8", "공공누리 제1유형"));

        Cli.Result result = run(JAR, audit("--out", "audit", "works.jsonl", "page.html"));

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.json().path("purpose").asText()).isEqualTo("train-commercial");
        assertThat(folder.resolve("audit/report.html")).isNotEmptyFile();
    }

    @Test
    void withoutItsLibraryTablesAreRefusedByNameAndTheRestIsRead() throws Exception {
        Path alone = Files.copy(JAR, folder.resolve("gaon.jar"));
        String table = files.text("list.csv", LicenseFiles.LIST);
        String works = files.text("works.jsonl", LicenseFiles.work("w1", "공공누리 제1유형"));
        String card = files.text("README.md", LicenseFiles.HF_CARD);
        String archive = files.archive("site.warc.gz", "공공누리 제1유형");

        Cli.Result audit = run(alone, audit("--out", "audit", table));
        assertThat(audit.exit()).isEqualTo(2);
        assertThat(audit.error().path("kind").asText()).isEqualTo("missing-library");
        assertThat(audit.error().path("fix").asText()).contains("org.duckdb:duckdb_jdbc", "lib beside gaon.jar");
        Cli.Result check =
                run(alone, "license", "check", "--purpose", "quote", "--as-of", "2026-11-22", works, card, archive);
        assertThat(check.exit()).as(check.err()).isZero();
        assertThat(check.out().lines()).hasSize(3);
        assertThat(run(alone, "license", "check", "--purpose", "quote", table).err())
                .contains("org.duckdb:duckdb_jdbc");
    }

    @Test
    void theLibraryStandsBesideTheJarAndNotInIt() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            String named = jar.getManifest().getMainAttributes().getValue("Class-Path");
            assertThat(JAR.resolveSibling(named)).isRegularFile();
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .contains(
                            "LICENSE.txt",
                            "META-INF/NOTICE",
                            "org/netpreserve/jwarc/WarcReader.class",
                            "crawlercommons/robots/BaseRobotsParser.class")
                    .noneMatch(name -> name.startsWith("org/duckdb/") || name.contains("libduckdb"))
                    .doesNotHaveDuplicates();
        }
    }
}
