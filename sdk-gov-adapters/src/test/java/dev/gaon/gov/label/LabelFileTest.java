package dev.gaon.gov.label;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds of files whatever their format. */
class LabelFileTest {

    private static final AiLabel LABEL = AiLabel.of("solar-open2");

    @TempDir
    Path folder;

    @Test
    void theOriginalIsNeverTheTarget() throws Exception {
        Path in = Samples.file(folder, "a.txt", "글");
        Path link = Files.createSymbolicLink(folder.resolve("l.txt"), in);
        Path hard = Files.createLink(folder.resolve("h.txt"), in);

        for (Path out : new Path[] {in, folder.resolve("x/../a.txt"), link, hard}) {
            assertThatThrownBy(() -> LABEL.write(in, out))
                    .isInstanceOfSatisfying(
                            LabelException.class, e -> assertThat(e.kind()).isEqualTo("same-file"));
        }
        assertThat(in).hasContent("글");
    }

    @Test
    void aRefusalLeavesTheTargetAsItWas() throws Exception {
        Path out = Samples.file(folder, "b.json", "{\"old\": 1}");

        assertThatThrownBy(() -> LABEL.write(Samples.file(folder, "a.json", "{"), out))
                .isInstanceOf(LabelException.class);

        assertThat(out).hasContent("{\"old\": 1}");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    void aTargetThatIsThereIsReplacedWhole() throws Exception {
        Path out = Samples.file(folder, "b.txt", "x".repeat(100_000));

        LABEL.write(Samples.file(folder, "a.txt", "글"), out);

        assertThat(Files.size(out)).isLessThan(200);
    }

    @ParameterizedTest
    @CsvSource({
        "a.png, '', empty-file",
        "a.xyz, abc, unknown-format",
        "a.png, just text, unknown-format",
        "a.docx, just text, unknown-format"
    })
    void theBytesDecideAndNotTheName(String name, String content, String kind) throws Exception {
        Path in = Samples.file(folder, name, content);

        assertThatThrownBy(() -> LABEL.write(in, folder.resolve("b-" + name)))
                .isInstanceOfSatisfying(LabelException.class, e -> {
                    assertThat(e.kind()).isEqualTo(kind);
                    assertThat(e.message(Locale.KOREAN)).isNotBlank();
                    assertThat(e.fix(Locale.ENGLISH)).isNotBlank();
                    assertThat(e.getMessage()).contains(e.message(Locale.KOREAN), " / ", e.fix(Locale.ENGLISH));
                });
    }

    @Test
    void aPictureUnderAWrongNameIsStillAPicture() throws Exception {
        Path in = Samples.file(folder, "a.jpg", Samples.png(300, 200));

        assertThat(LABEL.write(in, folder.resolve("b.jpg")).kind()).isEqualTo("png");
    }

    @Test
    void theNameOfTheOutputFitsItsContent() throws Exception {
        Path in = Samples.file(folder, "a.md", "글");

        assertThatThrownBy(() -> LABEL.write(in, folder.resolve("b.json")))
                .isInstanceOfSatisfying(
                        LabelException.class, e -> assertThat(e.kind()).isEqualTo("wrong-use"));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(in);
        }
    }

    @Test
    void aFolderOrAMissingFileIsRefused() {
        assertThatThrownBy(() -> LABEL.write(folder, folder.resolve("b.txt"))).isInstanceOf(LabelException.class);
        assertThatThrownBy(() -> LABEL.write(folder.resolve("no.txt"), folder.resolve("b.txt")))
                .isInstanceOf(LabelException.class);
        assertThatThrownBy(() -> LABEL.write(Samples.file(folder, "a.txt", "x"), folder.resolve("no/b.txt")))
                .isInstanceOf(LabelException.class);
    }

    @Test
    void theReportIsOneJsonDocument() throws Exception {
        JsonNode json = new ObjectMapper().readTree(LABEL.markdown("글").report().toJson());

        assertThat(json.path("kind").asText()).isEqualTo("markdown");
        assertThat(json.path("findings")).hasSize(4);
        assertThat(json.path("findings")).allSatisfy(finding -> {
            assertThat(finding.path("reason").path("ko").asText()).isNotBlank();
            assertThat(finding.path("reason").path("en").asText()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource({"html, org.jsoup:jsoup", "pdf, org.apache.pdfbox:pdfbox"})
    void aMissingLibraryIsNamed(String extension, String library) throws Exception {
        Path in = Samples.file(
                folder, "a." + extension, extension.equals("pdf") ? Samples.pdf() : "<p>x".getBytes(UTF_8));
        URL[] without = {
            place(AiLabel.class), place(ObjectMapper.class), place(JsonFactory.class), place(JsonProperty.class)
        };
        try (URLClassLoader bare = new URLClassLoader(without, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = bare.loadClass(AiLabel.class.getName());

            assertThatThrownBy(() -> type.getMethod("verify", Path.class).invoke(null, in))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining(library + ":" + version(library));
            Object text = type.getMethod("of").invoke(null);
            assertThat(type.getMethod("markdown", String.class)
                            .invoke(text, "글")
                            .toString())
                    .contains("인공지능 생성물");
        }
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** Of the jar that the build puts on the class path. */
    private static String version(String library) throws IOException {
        String jar =
                place(library.endsWith("jsoup") ? Jsoup.class : Loader.class).getPath();
        return jar.replaceAll(".*-([0-9.]+)\\.jar$", "$1");
    }
}
