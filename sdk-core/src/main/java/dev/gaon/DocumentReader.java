package dev.gaon;

import dev.langchain4j.data.document.DocumentTransformer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds and reads the documents the embedded default may quote: the guides that ship in jars, or a folder of the
 * user's own. Stateless; reads on the caller's thread, keeps no file open, sends nothing anywhere.
 */
final class DocumentReader {

    /** Folder of the bundled guides on the class path; its {@code index.txt} names them. */
    static final String GUIDES = "dev/gaon/docs/";
    /** A user's list of synonyms, in the folder itself. */
    static final String SYNONYMS = "synonyms.txt";

    private static final String PDF_ARTIFACT = "org.apache.pdfbox:pdfbox:3.0.8";

    private DocumentReader() {}

    /**
     * What was read, and what was not.
     *
     * @param documents in a fixed order
     * @param synonyms  texts of the lists of synonyms
     * @param skipped   every file that was found and not read
     */
    record Reading(List<SourceDocument> documents, List<String> synonyms, List<Skipped> skipped) {

        /** With every document as somebody judges it. */
        Reading judged(DocumentTransformer judge) {
            return new Reading(
                    documents.stream().map(each -> each.judged(judge)).toList(), synonyms, skipped);
        }

        static final Reading NOTHING = new Reading(List.of(), List.of(), List.of());

        Reading {
            documents = List.copyOf(documents);
            synonyms = List.copyOf(synonyms);
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * A file that was not read.
     *
     * @param name   its path inside the folder
     * @param reason why
     */
    record Skipped(String name, Text reason) {}

    /**
     * A guide or a list of synonyms on the class path, not read yet.
     *
     * @param name  as its index says
     * @param index the list that names it; the file lies next to it
     * @param loader what found the list
     */
    record Guide(String name, URL index, ClassLoader loader) {

        boolean isSynonyms() {
            return name.endsWith(".txt");
        }

        /** Its file name without {@code .md}. */
        String id() {
            return name.endsWith(".md") ? name.substring(0, name.length() - 3) : name;
        }

        /** The language that the file name says (models.ko.md), or null. */
        @Nullable
        String language() {
            String tail = id().substring(id().lastIndexOf('.') + 1);
            return tail.equals(SourceDocument.KOREAN) || tail.equals(SourceDocument.ENGLISH) ? tail : null;
        }

        SourceDocument read() {
            return MarkdownText.read(id(), text());
        }

        /** @throws IllegalStateException if there is no such file */
        String text() {
            String beside = index.toString().replaceFirst("index\\.txt$", "") + name;
            URL first = loader.getResource(GUIDES + name);
            boolean shared = first != null && first.toString().equals(beside);
            // through the loader where it would find the same one: its jar is open already
            try (InputStream in = shared
                    ? loader.getResourceAsStream(GUIDES + name)
                    : open(URI.create(beside).toURL())) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (FileNotFoundException e) {
                throw new IllegalStateException(
                        new Text("안내문 목록에 있는 파일이 없습니다: " + beside, "a guide named by the index is missing: " + beside)
                                .both(),
                        e);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
    }

    /**
     * What every {@code dev/gaon/docs/index.txt} on the class path names, in the order of the names; the first of two
     * with the same name wins. Empty if there is none.
     */
    static List<Guide> guides(ClassLoader loader) {
        Map<String, Guide> guides = new TreeMap<>();
        try {
            for (URL index : Collections.list(loader.getResources(GUIDES + "index.txt"))) {
                try (InputStream in = open(index)) {
                    for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                        String name = line.strip();
                        if (!name.isEmpty() && name.charAt(0) != '#') {
                            guides.putIfAbsent(name, new Guide(name, index, loader));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return List.copyOf(guides.values());
    }

    /** Without the cache of the JVM, which would keep a jar open after its class loader is closed. */
    private static InputStream open(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    private static UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("내장 안내문을 읽지 못했습니다. / The bundled guides could not be read.", e);
    }

    /**
     * Reads a folder and the folders in it: .txt, .md, .html, .htm, and .pdf where Apache PDFBox 3 is present; a file
     * {@value #SYNONYMS} in the folder itself is a list of synonyms.
     *
     * @throws IllegalArgumentException if there is no such folder, it cannot be read, or nothing in it can; the
     *                                  message says which and what to do
     */
    static Reading folder(Path folder) {
        FolderFiles files = FolderFiles.list(folder, FolderFiles.Limits.DEFAULT);
        List<SourceDocument> documents = new ArrayList<>();
        List<String> synonyms = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>(files.skipped());
        files.files().forEach((name, path) -> {
            try {
                byte[] bytes = Files.readAllBytes(path);
                if (name.equals(SYNONYMS)) {
                    synonyms.add(TextDecoder.decode(bytes));
                    return;
                }
                SourceDocument document = document(name, bytes);
                if (document == null) {
                    skipped.add(new Skipped(
                            name,
                            new Text(
                                    "PDF를 읽으려면 " + PDF_ARTIFACT + " 의존성을 추가하십시오",
                                    "to read PDF files, add the dependency " + PDF_ARTIFACT)));
                } else if (document.sections().isEmpty()) {
                    skipped.add(new Skipped(name, new Text("글이 없음", "no text in it")));
                } else {
                    documents.add(document);
                }
            } catch (CharacterCodingException e) {
                skipped.add(new Skipped(
                        name, new Text("UTF-8도 MS949도 아니거나 글이 아님", "neither UTF-8 nor MS949, or not a text")));
            } catch (IOException | RuntimeException | StackOverflowError e) {
                skipped.add(FolderFiles.unreadable(name, e));
            }
        });
        if (documents.isEmpty()) {
            throw nothingToRead(folder, skipped);
        }
        return new Reading(documents, synonyms, skipped);
    }

    /** Null for a PDF file without PDFBox. */
    private static @Nullable SourceDocument document(String name, byte[] bytes) throws IOException {
        String lower = name.toLowerCase(Locale.ROOT);
        String id = Normalizer.normalize(name, Normalizer.Form.NFC);
        if (lower.endsWith(".pdf")) {
            return pdfBoxPresent() ? PdfText.read(id, bytes) : null;
        }
        String text = TextDecoder.decode(bytes);
        if (lower.endsWith(".md")) {
            return MarkdownText.read(id, text);
        }
        return lower.endsWith(".txt") ? MarkdownText.readPlain(id, text) : HtmlText.read(id, text);
    }

    private static boolean pdfBoxPresent() {
        try {
            Class.forName("org.apache.pdfbox.Loader", false, DocumentReader.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static IllegalArgumentException nothingToRead(Path folder, List<Skipped> skipped) {
        String ko = "";
        String en = "";
        if (!skipped.isEmpty()) {
            Skipped first = skipped.get(0);
            ko = " (건너뛴 파일 " + skipped.size() + "개, 예: " + first.name() + ": "
                    + first.reason().ko() + ")";
            en = " (" + skipped.size() + " skipped, e.g. " + first.name() + ": "
                    + first.reason().en() + ")";
        }
        return new Text(
                        "폴더에 읽을 수 있는 문서가 없습니다: " + folder + ko + ". .txt, .md, .html, .pdf 파일을 넣으십시오.",
                        "no readable document in the folder: " + folder + en
                                + ". Put .txt, .md, .html or .pdf files there.")
                .refusal();
    }
}
