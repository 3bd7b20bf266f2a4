package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gaon.DocumentReader.Reading;
import dev.gaon.DocumentReader.Skipped;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentReaderTest {

    @TempDir
    Path folder;

    @Test
    void readsAFolderInAFixedOrder() throws IOException {
        Files.createDirectories(folder.resolve("b/c"));
        Files.writeString(folder.resolve("b/c/guide.md"), ExtractiveFixtures.LIBRARY_KO);
        Files.writeString(
                folder.resolve("b/note.txt"), "The boiler was installed in 1998. It is\nserviced every May.\n");
        Files.writeString(
                folder.resolve("a.html"),
                "<html lang=ko><title>식당 안내</title><script>var 비밀=1</script><h1>식당</h1><p>점심은 <b>11시</b>에 시작합니다.</p>"
                        + "<h2>가격</h2><table><tr><td>비빔밥</td><td>8,000원</td></tr></table></html>");
        Files.writeString(folder.resolve("photo.jpg"), "x");
        Files.writeString(folder.resolve(".hidden.md"), "# hidden");
        Files.createFile(folder.resolve("empty.md"));

        Reading reading = DocumentReader.folder(folder);

        assertThat(reading.documents())
                .extracting(SourceDocument::id)
                .containsExactly("a.html", "b/c/guide.md", "b/note.txt");
        assertThat(reading.documents())
                .extracting(SourceDocument::title)
                .containsExactly("식당 안내", "한빛도서관 이용 안내", "b/note.txt");
        assertThat(reading.documents().get(0).sections())
                .extracting(SourceDocument.Section::text)
                .containsExactly("점심은 11시에 시작합니다.", "비빔밥 | 8,000원");
        assertThat(reading.documents().get(2).sections().get(0).text())
                .isEqualTo("The boiler was installed in 1998. It is serviced every May.");
        assertThat(reading.skipped()).extracting(Skipped::name).containsExactlyInAnyOrder("photo.jpg", "empty.md");
        assertThat(ExtractiveFixtures.engine(reading.documents())
                        .answer("When was the boiler installed?")
                        .text())
                .contains("1998", "b/note.txt");
        assertThat(ExtractiveFixtures.engine(reading.documents())
                        .answer("비빔밥 가격은 얼마예요?")
                        .text())
                .contains("8,000원");
    }

    @Test
    void readsOldKoreanFilesAndByteOrderMarks() throws IOException {
        Files.write(folder.resolve("old.txt"), "창고의 열쇠는 관리실에 있습니다.".getBytes(Charset.forName("MS949")));
        Files.writeString(folder.resolve("bom.txt"), "\uFEFF수영장은 토요일에 엽니다.");
        Files.write(
                folder.resolve("wide.txt"),
                ("\uFEFF" + "주차장은 지하에 있습니다.").getBytes(java.nio.charset.StandardCharsets.UTF_16LE));
        Files.write(
                folder.resolve("broken.txt"),
                new byte[] {'o', 'k', (byte) 0xE2, (byte) 0x28, (byte) 0xFF, (byte) 0xFF, 1, 2, 3});
        Files.write(folder.resolve("binary.txt"), new byte[500]);

        Reading reading = DocumentReader.folder(folder);

        assertThat(reading.documents())
                .extracting(d -> d.sections().get(0).text())
                .containsExactly("수영장은 토요일에 엽니다.", "창고의 열쇠는 관리실에 있습니다.", "주차장은 지하에 있습니다.");
        assertThat(reading.skipped()).extracting(Skipped::name).containsExactly("binary.txt", "broken.txt");
    }

    @Test
    void readsPdfByPage() throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            for (String line : new String[] {"The pump needs oil every 40 hours.", "The warranty lasts 24 months."}) {
                PDPage page = new PDPage();
                pdf.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                    content.newLineAtOffset(50, 700);
                    content.showText(line);
                    content.endText();
                }
            }
            pdf.save(folder.resolve("pump.pdf").toFile());
        }
        Files.writeString(folder.resolve("torn.pdf"), "%PDF-1.7 torn");

        Reading reading = DocumentReader.folder(folder);
        Extract extract = ExtractiveFixtures.engine(reading.documents()).answer("How long does the warranty last?");

        assertThat(extract.citations().get(0))
                .isEqualTo(new Citation("pump.pdf", "p. 2", "The warranty lasts 24 months.", null, null, null));
        assertThat(reading.skipped()).extracting(Skipped::name).containsExactly("torn.pdf");
    }

    @Test
    void followsNoLoopAndNoLinkOutside() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.writeString(inside.resolve("a.md"), "# A\n\ntext one.");
        Path outside = Files.createTempFile("outside", ".md");
        try {
            Files.createSymbolicLink(inside.resolve("loop"), folder);
            Files.createSymbolicLink(inside.resolve("leak.md"), outside);
            Files.createSymbolicLink(inside.resolve("gone.md"), folder.resolve("nowhere"));
        } catch (UnsupportedOperationException | IOException e) {
            assumeTrue(false, "no symbolic links here");
        }

        Reading reading = DocumentReader.folder(folder);

        assertThat(reading.documents()).extracting(SourceDocument::id).containsExactly("inside/a.md");
        assertThat(reading.skipped())
                .extracting(Skipped::name)
                .containsExactlyInAnyOrder("inside/leak.md", "inside/gone.md");
        Files.delete(outside);
    }

    @Test
    void keepsToItsLimits() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "one two three");
        Files.writeString(folder.resolve("b.txt"), "four five six");
        Files.writeString(folder.resolve("big.txt"), "x".repeat(200));
        Files.createDirectories(folder.resolve("d/e"));
        Files.writeString(folder.resolve("d/e/deep.txt"), "deep");

        assertThat(names(new FolderFiles.Limits(10, 100, 100, 1_000, 1))).containsExactly("a.txt", "b.txt");
        assertThat(names(new FolderFiles.Limits(1, 100, 100, 1_000, 5))).containsExactly("a.txt");
        assertThat(names(new FolderFiles.Limits(10, 100, 100, 20, 5))).containsExactly("a.txt", "d/e/deep.txt");
        assertThat(FolderFiles.list(folder, new FolderFiles.Limits(10, 100, 100, 1_000, 1))
                        .skipped())
                .extracting(Skipped::name)
                .containsExactly("big.txt", "d/e");
    }

    private Iterable<String> names(FolderFiles.Limits limits) {
        return FolderFiles.list(folder, limits).files().keySet();
    }

    @Test
    void saysWhyAFolderCannotBeUsed() throws IOException {
        Path file = Files.writeString(folder.resolve("x.jpg"), "x");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DocumentReader.folder(folder.resolve("none")))
                .withMessageMatching("폴더가 없습니다: .*none.* / no such folder: .*none.*");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DocumentReader.folder(file))
                .withMessageContaining("폴더가 아니라 파일")
                .withMessageContaining("a file, not a folder");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DocumentReader.folder(folder))
                .withMessageContaining("x.jpg")
                .withMessageContaining("no readable document");
    }

    @Test
    void saysThatPermissionIsMissing() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix")
                && !"root".equals(System.getProperty("user.name")));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DocumentReader.folder(closed))
                    .withMessageContaining("AccessDenied");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void findsTheGuidesOfEveryJar() throws IOException {
        Path one = guides("one", "# list\nlibrary.ko.md\n\n", "library.ko.md", ExtractiveFixtures.LIBRARY_KO);
        Path two = guides("two", "library.en.md\r\nlibrary.ko.md\n", "library.en.md", ExtractiveFixtures.LIBRARY_EN);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {one.toUri().toURL(), two.toUri().toURL()}, null)) {
            List<SourceDocument> guides = read(loader);
            assertThat(guides).extracting(SourceDocument::id).containsExactly("library.en", "library.ko");
            assertThat(guides).extracting(SourceDocument::license).containsExactly(null, "CC-BY-4.0");
            SourceDocument cellar = MarkdownText.readPlain("own.txt", "The cellar holds 300 bottles.");
            ExtractiveEngine engine =
                    new ExtractiveEngine(new Reading(List.of(cellar), List.of("책, 도서"), List.of()), loader);
            assertThat(engine.documents()).isEqualTo(3);
            assertThat(engine.answer("연체료는 하루에 얼마예요?").citations().get(0).document())
                    .isEqualTo("library.ko");
            assertThat(engine.answer("How many bottles does the cellar hold?")
                            .citations()
                            .get(0)
                            .document())
                    .isEqualTo("own.txt");
        }
        Path bad = guides("bad", "missing.md\n", "other.md", "x");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {bad.toUri().toURL()}, null)) {
            assertThatIllegalStateException().isThrownBy(() -> read(loader)).withMessageContaining("missing.md");
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[0], null)) {
            assertThat(read(loader)).isEmpty();
        }
    }

    private static List<SourceDocument> read(ClassLoader loader) {
        return DocumentReader.guides(loader).stream()
                .map(DocumentReader.Guide::read)
                .toList();
    }

    @Test
    void aListInTheFolderNamesWordsThatMeanTheSame() throws IOException {
        Files.writeString(folder.resolve("synonyms.txt"), "# ours\n보일러, 난방기\n");
        Files.writeString(folder.resolve("note.txt"), "보일러는 1998년에 설치했습니다.");

        Reading reading = DocumentReader.folder(folder);

        assertThat(reading.documents()).extracting(SourceDocument::id).containsExactly("note.txt");
        assertThat(new ExtractiveEngine(reading, null).answer("난방기는 언제 설치했나요?").text())
                .contains("1998년");
    }

    @Test
    void aBrokenPageLosesItsScriptsAndNoWords() throws IOException {
        String page =
                "<!doctype html><html lang=\"en\"><head><title>T &amp; U</title><style>p{x:y}</style></head><body><nav>menu<ul><li>a</ul></nav>"
                        + "<article><h2>One</h2><p>First &lt;b&gt; caf&eacute;&nbsp;5 &euro;<p>Second<br>line <b>bo<i>ld</b></i><div>Third<ul><li>x<li>y</ul></div>"
                        + "<script>alert('<p>no</p>')</script><svg><text>no</text></svg><template><p>no</p></template><noscript>no</noscript></article>"
                        + "<section>Fourth</section><table><tr><th>k<td>v</table>";

        SourceDocument document = HtmlText.read("p.html", page);

        assertThat(document.title()).isEqualTo("T & U");
        assertThat(document.language()).isEqualTo("en");
        assertThat(document.sections())
                .containsExactly(new SourceDocument.Section(
                        "One", "First <b> café 5 €\n\nSecond line bold\n\nThird\n\nx\n\ny\n\nFourth\n\nk | v"));
    }

    @Test
    void hostilePagesEnd() {
        for (String part : new String[] {
            "<div>",
            "<b><i>",
            "<table><tr><td>",
            "<script>",
            "<p",
            "&#x110000;&#0;&",
            "<!--",
            "<![CDATA[",
            "\u0000<a href='",
            "</p>",
            "<svg>"
        }) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                try {
                    HtmlText.read("x.html", part.repeat((1 << 20) / part.length()));
                } catch (StackOverflowError e) {
                    // the reader of folders skips such a file
                }
            });
        }
    }

    private Path guides(String name, String index, String file, String text) throws IOException {
        Path docs = Files.createDirectories(folder.resolve(name).resolve("dev/gaon/docs"));
        Files.writeString(docs.resolve("index.txt"), index);
        Files.writeString(docs.resolve(file), text);
        return folder.resolve(name);
    }

    @Test
    void markdownLosesMarksAndNoWords() {
        SourceDocument document = MarkdownText.read(
                "m",
                "# Title\n\nSome **bold** and [a link](https://x.example) to `code_x * y`.\nSame paragraph.\n\n## Two\n* item *one*\n1. item 2 * 3\n---\n> quoted\n");

        assertThat(document.title()).isEqualTo("Title");
        assertThat(document.sections())
                .containsExactly(
                        new SourceDocument.Section("", "Some bold and a link to `code_x * y`. Same paragraph."),
                        new SourceDocument.Section("Two", "* item one\n\n1. item 2 * 3\n\nquoted"));
    }
}
