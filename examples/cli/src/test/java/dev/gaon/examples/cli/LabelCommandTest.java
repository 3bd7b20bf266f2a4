package dev.gaon.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.gov.label.AiLabel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gaon label}: a marked copy, read back; and what a file bears. */
class LabelCommandTest {

    @TempDir
    Path folder;

    private String text;
    private String picture;

    @BeforeEach
    void write() throws IOException {
        text = Files.writeString(folder.resolve("안내.md"), "# 안내\n\n내용\n").toString();
        picture = folder.resolve("그림.png").toString();
        ImageIO.write(
                new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB),
                "png",
                Path.of(picture).toFile());
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void aCopyBearsTheMarksAndTheOriginalIsLeft() throws Exception {
        String before = Files.readString(Path.of(text));

        Cli.Result result = Cli.run("label", text, "--out", at("b.md"), "--model", "solar-open2");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("It bears marks", "for people", "first lines", "met", "[kr-export-general]");
        assertThat(result.err()).isEmpty();
        assertThat(Path.of(text)).hasContent(before.strip());
        assertThat(Files.readString(Path.of(at("b.md")))).contains("인공지능 생성물", "solar-open2", "내용");
        Cli.Result again = Cli.run("label", at("b.md"), "--out", at("c.md"));
        assertThat(again.out()).startsWith("All marks were there already");
        assertThat(Path.of(at("c.md"))).hasSameBinaryContentAs(Path.of(at("b.md")));
    }

    @Test
    void jsonIsTheReportAndNothingElse() throws Exception {
        Cli.Result written = Cli.run("label", picture, "--out", at("b.png"), "--realism", "realistic", "--json");
        Cli.Result read = Cli.run("label", "verify", at("b.png"), "--json");

        assertThat(written.exit()).isZero();
        assertThat(read.exit()).isZero();
        assertThat(written.out()).isEqualTo(read.out());
        assertThat(read.out()).isEqualTo(AiLabel.verify(Path.of(at("b.png"))).toJson() + "\n");
        assertThat(read.json().at("/marks").findValuesAsText("reach")).contains("human", "machine");
        assertThat(read.out()).contains("REALISTIC").doesNotContain("NOT_REALISTIC");
        assertThat(written.err() + read.err()).isEmpty();
    }

    @Test
    void aMarkThatIsMissingIsAFinding() {
        assertThat(Cli.run("label", "verify", text).exit()).isEqualTo(1);
        assertThat(Cli.run("label", "verify", text, "--lang", "ko").out()).startsWith("인공지능 생성물 표시가 없습니다.");

        assertThat(Cli.run("label", picture, "--out", at("b.png"), "--no-visible")
                        .exit())
                .isZero();
        assertThat(Cli.run("label", "verify", at("b.png")).exit())
                .as("metadata alone, and no notice was shown")
                .isEqualTo(1);
        String[] noticed = {
            "label",
            picture,
            "--out",
            at("b.png"),
            "--no-visible",
            "--notice-shown",
            "2026-11-21T09:00:00Z",
            "--realism",
            ""
        };
        noticed[noticed.length - 1] = "not-realistic";
        Cli.run(noticed);
        assertThat(Cli.run("label", "verify", at("b.png")).exit()).isZero();
        noticed[noticed.length - 1] = "realistic";
        Cli.run(noticed);
        assertThat(Cli.run("label", "verify", at("b.png")).exit())
                .as("what may be taken for real needs more")
                .isEqualTo(1);
        assertThat(Cli.run("label", "verify", at("b.png"), "--require", "kr-export-deepfake")
                        .exit())
                .as("nothing that people see")
                .isEqualTo(1);
        Cli.run("label", picture, "--out", at("b.png"), "--visible");
        assertThat(Cli.run("label", "verify", at("b.png"), "--require", "kr-export-deepfake")
                        .exit())
                .isZero();
    }

    @Test
    void theOwnWordingIsWritten() throws Exception {
        Cli.run("label", text, "--out", at("b.md"), "--text", "AI가 쓴 글입니다", "--provider", "업스테이지");
        assertThat(Files.readString(Path.of(at("b.md")))).contains("AI가 쓴 글입니다", "업스테이지");
        Cli.run("label", text, "--out", at("b.md"), "--text", "Written by AI");
        assertThat(Files.readString(Path.of(at("b.md"))))
                .contains("Written by AI")
                .doesNotContain("AI가 쓴 글");
    }

    @Test
    void whatCannotBeUsedIsRefusedAndNothingIsWritten() throws Exception {
        Path broken =
                Files.write(folder.resolve("broken.png"), Arrays.copyOf(Files.readAllBytes(Path.of(picture)), 60));
        Path empty = Files.createFile(folder.resolve("empty.png"));
        Path foreign = Files.write(folder.resolve("x.bin"), new byte[] {1, 2, 3, 4});
        for (List<String> words : List.of(
                List.of(broken.toString()),
                List.of(empty.toString()),
                List.of(foreign.toString()),
                List.of(at("none.png")),
                List.of(folder.toString()),
                List.of(picture, "--realism", "maybe"),
                List.of(picture, "--created", "yesterday"),
                List.of(picture, "--text", "two\nlines"))) {
            String[] all = Stream.concat(
                            Stream.concat(Stream.of("label"), words.stream()),
                            Stream.of("--out", at("out.png"), "--json"))
                    .toArray(String[]::new);
            Cli.Result result = Cli.run(all);
            assertThat(result.exit()).as("%s", words).isEqualTo(2);
            assertThat(result.error().path("message").asText()).as("%s", words).isNotBlank();
            assertThat(Path.of(at("out.png"))).doesNotExist();
        }
        assertThat(Cli.run("label", picture, "--out", picture).exit()).isEqualTo(2);
        assertThat(Cli.run("label", picture).err()).contains("Missing: --out");
        assertThat(Cli.run("label", "--out", at("b.png")).err()).contains("Missing: FILE");
        assertThat(Cli.run("label", "verify", broken.toString()).exit()).isEqualTo(2);
        assertThat(Cli.run("label", "verify", text, "--require", "kr-export").err())
                .contains("kr-export-general, ");
        assertThat(Files.list(folder).map(Path::getFileName).map(Path::toString))
                .containsExactlyInAnyOrder("안내.md", "그림.png", "broken.png", "empty.png", "x.bin");
    }

    @Test
    void helpFitsAndThePlainViewToo() {
        for (List<String> words : List.of(List.of("label", "--help"), List.of("label", "verify", "--help"))) {
            Cli.Result help = Cli.run(words.toArray(new String[0]));
            assertThat(help.exit()).isZero();
            assertThat(help.out().lines())
                    .allSatisfy(line -> assertThat(Table.width(line)).isLessThanOrEqualTo(100));
        }
        for (String language : List.of("ko", "en")) {
            String view = Cli.run("", Map.of("COLUMNS", "80"), "label", "verify", text, "--lang", language)
                    .out();
            assertThat(view.lines())
                    .allSatisfy(line -> assertThat(Table.width(line)).isLessThanOrEqualTo(80));
        }
    }
}
