package dev.gaon;

import de.kherud.llama.LlamaModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the native library out of a folder of our own, once. Left alone, the library would delete what begins with llama
 * in the shared folder for temporary files, write there under a name that others can guess, and talk on standard output.
 * Its system properties {@code lib.path} and {@code tmpdir} hold meanwhile; a {@code lib.path} of the user's is kept.
 */
final class LlamaLibrary {

    private static final String PROPERTY = "de.kherud.llama.";
    private static final Logger LOG = LoggerFactory.getLogger("dev.gaon");
    private static boolean loaded;

    private LlamaLibrary() {}

    static synchronized void load() throws IOException {
        for (String variable : System.getenv().keySet()) {
            if (variable.startsWith("LLAMA_ARG_")) {
                throw new Meddled(variable);
            }
        }
        if (loaded) {
            return;
        }
        Path folder = Files.createTempDirectory("gaon-llama");
        Path natives = folder.resolve("natives");
        Path library = natives.resolve(System.mapLibraryName("jllama"));
        String path = System.getProperty(PROPERTY + "lib.path");
        String temporary = System.getProperty(PROPERTY + "tmpdir");
        try (InputStream in = path != null ? null : LlamaModel.class.getResourceAsStream(resource(library))) {
            if (in != null) {
                Files.createDirectory(natives);
                Files.copy(in, library);
                System.setProperty(PROPERTY + "lib.path", natives.toString());
            }
            System.setProperty(PROPERTY + "tmpdir", folder.toString());
            Class.forName(LlamaModel.class.getName(), true, LlamaLibrary.class.getClassLoader());
            loaded = true;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        } finally {
            restore("lib.path", path);
            restore("tmpdir", temporary);
            // Linux and macOS keep what is loaded; Windows keeps the file until the process ends.
            delete(folder, natives, library);
        }
    }

    private static String resource(Path library) {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return "/de/kherud/llama/"
                + (os.startsWith("windows") ? "Windows" : os.startsWith("mac") ? "Mac" : "Linux")
                + (arch.equals("amd64") ? "/x86_64/" : "/" + arch + "/")
                + library.getFileName();
    }

    private static void restore(String name, @Nullable String value) {
        if (value == null) {
            System.clearProperty(PROPERTY + name);
        } else {
            System.setProperty(PROPERTY + name, value);
        }
    }

    /** From the inside out, and what cannot go yet goes when the process ends. */
    private static void delete(Path folder, Path natives, Path library) {
        for (Path path : new Path[] {folder, natives, library}) {
            path.toFile().deleteOnExit();
        }
        try {
            Files.deleteIfExists(library);
            Files.deleteIfExists(natives);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.debug("the native library of llama.cpp stays in {} until this process ends", folder);
        }
    }

    /** llama.cpp reads its settings from the environment too: among them addresses from which it would download. */
    static final class Meddled extends IOException {

        final String variable;

        private Meddled(String variable) {
            super(variable);
            this.variable = variable;
        }
    }
}
