package dev.gaon.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Where a command reads and writes: always UTF-8, whatever the locale says; results on standard output, everything else
 * on standard error.
 */
final class Terminal {

    private static final int USUAL_COLUMNS = 80;
    private static final Path OWN_ERR = Path.of("/proc/self/fd/2");

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean watched;
    private final Map<String, String> environment;
    private Locale language;

    Terminal(InputStream in, OutputStream out, OutputStream err, Map<String, String> environment) {
        this.in = in;
        this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
        this.watched = err instanceof FileOutputStream file && isTerminal(file);
        this.environment = environment;
        this.language = language(environment);
    }

    /** Java knows only of all streams at once; Linux tells them apart. Elsewhere Java 22 to 24 always say yes. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal(FileOutputStream file) {
        try {
            return file.getFD() == FileDescriptor.err
                    && (Files.exists(OWN_ERR)
                            ? OWN_ERR.toRealPath().toString().matches("/dev/(pts/|tty).*")
                            : System.console() != null);
        } catch (IOException e) {
            return false;
        }
    }

    /** Korean if the first of LC_ALL, LC_MESSAGES and LANG that is set says so; Java's own where none is set. */
    private static Locale language(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
            String value = environment.get(name);
            if (value != null && !value.isBlank()) {
                return value.toLowerCase(Locale.ROOT).startsWith("ko") ? Locale.KOREAN : Locale.ENGLISH;
            }
        }
        return "ko".equals(Locale.getDefault().getLanguage()) ? Locale.KOREAN : Locale.ENGLISH;
    }

    void language(String code) {
        language = Locale.forLanguageTag(code);
    }

    Locale language() {
        return language;
    }

    /** The value of an environment variable; null if it is unset or blank. */
    @Nullable
    String environment(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    InputStream in() {
        return in;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    /** Whether standard error is a terminal, where a line can be written anew. */
    boolean watched() {
        return watched;
    }

    String say(String ko, String en) {
        return new Text(ko, en).in(language);
    }

    /** How wide the terminal is: COLUMNS where it is set, else what the terminal says; 80 where there is none. */
    int columns() {
        String set = environment("COLUMNS");
        return set != null && set.matches("[1-9][0-9]{1,3}")
                ? Integer.parseInt(set)
                : new UsageMessageSpec().width(USUAL_COLUMNS).autoWidth(true).width();
    }

    /** One line to the person at the terminal. */
    void note(String ko, String en) {
        err.println(printable(say(ko, en)));
    }

    /** One JSON document and nothing else. */
    void json(Object document) {
        out.println(Json.write(document));
    }

    /** The same JSON, laid out for people. */
    static String pretty(String json) {
        try {
            return Json.write(Json.MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    void failure(Failure failure, boolean asJson) {
        String message = failure.message().in(language);
        String fix = failure.fix().in(language);
        if (asJson) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("kind", failure.kind());
            error.put("message", message);
            error.put("fix", fix);
            json(Map.of("error", error));
            return;
        }
        err.println(printable("gaon: " + message));
        if (!fix.isEmpty()) {
            err.println(printable("  → " + fix));
        }
    }

    /** Foreign text without the control characters that could steer a terminal. */
    static String printable(String text) {
        return text.codePoints()
                .filter(c -> c == '\n' || c == '\t' || Character.getType(c) != Character.CONTROL)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Loaded only by commands that print JSON. */
    private static final class Json {

        private static final ObjectMapper MAPPER =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

        static String write(Object document) {
            try {
                return MAPPER.writeValueAsString(document);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
