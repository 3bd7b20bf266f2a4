package dev.gaon.gov.corpus;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gaon.gov.pack.PackFiles;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/** An audit in a process of its own, to be killed. */
final class AuditProcess {

    static final int PART_ROWS = 2_048;

    private AuditProcess() {}

    static Process start(Path input, Path out) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        classPath(),
                        AuditProcess.class.getName(),
                        input.toString(),
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(log(out).toFile())
                .start();
    }

    static Path log(Path out) {
        return out.resolveSibling(out.getFileName() + ".log");
    }

    /** Where each library was loaded from, whatever started the tests. */
    private static String classPath() {
        return Stream.of(
                        AuditProcess.class,
                        CorpusAudit.class,
                        PackFiles.class,
                        ObjectMapper.class,
                        JsonFactory.class,
                        JsonProperty.class,
                        JsonCanonicalizer.class,
                        DuckDBDriver.class,
                        Nullable.class)
                .map(each -> Path.of(URI.create(each.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** @param args the input and the folder */
    public static void main(String[] args) {
        AuditFolder.audit().withPartRows(PART_ROWS).run(List.of(args[0]), Path.of(args[1]));
    }
}
