package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The library is optional: a class path without it loads all of Gaon, and a model file says what to add. */
class LlamaMissingTest {

    @Test
    void theErrorNamesTheArtifact() throws Exception {
        List<URL> without = new ArrayList<>();
        int left = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.contains("kherud")) {
                left++;
            } else {
                without.add(Path.of(entry).toUri().toURL());
            }
        }
        assertThat(left)
                .as("jars of the library on the class path of the tests")
                .isPositive();
        try (URLClassLoader loader =
                new URLClassLoader(without.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> gaons = loader.loadClass(Gaon.class.getName());
            Class<?> endpoints = loader.loadClass(Endpoint.class.getName());
            Object endpoint = endpoints.getMethod("of", Path.class).invoke(null, TinyModel.FILE);
            Object builder = gaons.getMethod("builder").invoke(null);
            builder.getClass().getMethod("endpoint", String.class, endpoints).invoke(builder, "tiny", endpoint);
            try (AutoCloseable gaon =
                    (AutoCloseable) builder.getClass().getMethod("build").invoke(builder)) {
                Throwable missing = catchThrowable(
                                () -> gaons.getMethod("chat", String.class).invoke(gaon, "tiny"))
                        .getCause();
                assertThat(missing.getClass().getSimpleName()).isEqualTo("UnsupportedFeatureException");
                assertThat(missing)
                        .hasMessageContainingAll(
                                "의존성 " + LlamaTransport.ARTIFACT, "Add the dependency " + LlamaTransport.ARTIFACT);
            }
        }
    }

    /** What the error names is what the build tests. */
    @Test
    void theArtifactIsTheOneThatIsTested() {
        String[] named = LlamaTransport.ARTIFACT.split(":");
        assertThat(System.getProperty("java.class.path")).contains(named[1] + "-" + named[2] + ".jar");
    }
}
