package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The GGUF file of the tests; where its engine has no natives, the tests that need it are skipped. */
final class TinyModel implements BeforeAllCallback {

    static final Path FILE = file();

    /** Its context holds no more tokens. */
    static final int CONTEXT = 256;

    static final int DIMENSIONS = 192;

    private static Throwable missing;
    private static boolean tried;

    @Override
    public void beforeAll(ExtensionContext context) {
        Throwable why = missing();
        boolean usual = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").toLowerCase(Locale.ROOT).equals("amd64");
        if (usual) {
            assertThat(why).as("llama.cpp loads on Linux x86-64").isNull();
        }
        assumeTrue(why == null, () -> "llama.cpp does not load here: " + why);
    }

    private static synchronized Throwable missing() {
        if (!tried) {
            tried = true;
            try {
                LlamaEngine.open(LlamaFile.of(FILE, false));
            } catch (Exception | LinkageError e) {
                missing = e;
            }
        }
        return missing;
    }

    private static Path file() {
        try {
            return Path.of(TinyModel.class
                    .getResource("/dev/gaon/models/tiny-ko-en-q8_0.gguf")
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
