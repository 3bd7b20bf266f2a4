package dev.gaon;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
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

/**
 * Finds and reads the documents the embedded default may quote: the guides that ship in jars, or a folder of the
 * user's own. Stateless; reads on the caller's thread, keeps no file open, sends nothing anywhere.
 */
final class DocumentReader {

    /** Folder of the bundled guides on the class path. */
    static final String GUIDES = "dev/gaon/docs/";
    private static final String PDF_ARTIFACT = "org.apache.pdfbox:pdfbox:3.0.8";

    private DocumentReader() {}

    /**
     * What was read, and what was not.
     *
     * @param documents in a fixed order
     * @param skipped   every file that was found and not read
     */
    record Reading(List<SourceDocument> documents, List<Skipped> skipped) {
        Reading {
            documents = List.copyOf(documents);
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * A file that was not read.
     *
     * @param name   its path inside the folder
     * @param reason why, in Korean and English
     */
    record Skipped(String name, String reason) {}

    /**
     * A guide on the class path, not read yet.
     *
     * @param id    its file name without {@code .md}
     * @param name  as its index says
     * @param index the list that names it; the guide lies next to it
     */
    record Guide(String id, String name, URL index) {

        /** The language that the file name says (models.ko.md), or null. */
        String language() {
            return id.endsWith("." + Language.KOREAN) ? Language.KOREAN : id.endsWith("." + Language.ENGLISH) ? Language.ENGLISH : null;
        }

        /** @throws IllegalStateException if there is no such file */
        SourceDocument read(ClassLoader loader) {
            try {
                return MarkdownText.read(id, guide(loader, index, name));
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
    }

    /**
     * The guides named by every {@code dev/gaon/docs/index.txt} on the class path, in the order of their ids; the
     * first of two with the same id wins. Empty if there is none.
     */
    static List<Guide> guides(ClassLoader loader) {
        Map<String, Guide> guides = new TreeMap<>();
        try {
            for (URL index : Collections.list(loader.getResources(GUIDES + "index.txt"))) {
                for (String name : names(index)) {
                    String id = name.endsWith(".md") ? name.substring(0, name.length() - 3) : name;
                    guides.putIfAbsent(id, new Guide(id, name, index));
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return List.copyOf(guides.values());
    }

    /** All of {@link #guides(ClassLoader)}, read. */
    static List<SourceDocument> bundled(ClassLoader loader) {
        List<SourceDocument> documents = new ArrayList<>();
        for (Guide guide : guides(loader)) {
            documents.add(guide.read(loader));
        }
        return documents;
    }

    private static UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("내장 안내문을 읽지 못했습니다. / The bundled guides could not be read.", e);
    }

    /**
     * Reads a folder and the folders in it: .txt, .md, .html, .htm, and .pdf where Apache PDFBox 3 is present.
     *
     * @throws IllegalArgumentException if there is no such folder, it cannot be read, or nothing in it can; the
     *                                  message says which and what to do
     */
    static Reading folder(Path folder) {
        FolderFiles files = FolderFiles.list(folder, FolderFiles.Limits.DEFAULT);
        List<SourceDocument> documents = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>(files.skipped());
        for (Map.Entry<String, Path> file : files.files().entrySet()) {
            String name = file.getKey();
            try {
                SourceDocument document = document(name, Files.readAllBytes(file.getValue()));
                if (document.sections().isEmpty()) {
                    skipped.add(new Skipped(name, "글이 없음 / no text in it"));
                } else {
                    documents.add(document);
                }
            } catch (MissingPdfBox e) {
                skipped.add(new Skipped(name, "PDF를 읽으려면 " + PDF_ARTIFACT + " 의존성을 추가하십시오 / to read PDF files, add the dependency " + PDF_ARTIFACT));
            } catch (CharacterCodingException e) {
                skipped.add(new Skipped(name, "UTF-8도 MS949도 아니거나 글이 아님 / neither UTF-8 nor MS949, or not a text"));
            } catch (IOException | RuntimeException | StackOverflowError e) {
                skipped.add(new Skipped(name, "읽을 수 없음(" + e.getClass().getSimpleName() + ") / cannot be read (" + e.getClass().getSimpleName() + ")"));
            }
        }
        if (documents.isEmpty()) {
            throw new IllegalArgumentException(nothingToRead(folder, skipped));
        }
        return new Reading(documents, skipped);
    }

    private static SourceDocument document(String name, byte[] bytes) throws IOException, MissingPdfBox {
        String lower = name.toLowerCase(Locale.ROOT);
        String id = Normalizer.normalize(name, Normalizer.Form.NFC);
        if (lower.endsWith(".pdf")) {
            if (!pdfBoxPresent()) {
                throw new MissingPdfBox();
            }
            return PdfText.read(id, bytes);
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

    private static String nothingToRead(Path folder, List<Skipped> skipped) {
        StringBuilder korean = new StringBuilder("폴더에 읽을 수 있는 문서가 없습니다: " + folder);
        StringBuilder english = new StringBuilder("no readable document in the folder: " + folder);
        if (!skipped.isEmpty()) {
            Skipped first = skipped.get(0);
            String[] reason = first.reason().split(" / ", 2);
            korean.append(" (건너뛴 파일 ").append(skipped.size()).append("개, 예: ").append(first.name()).append(": ").append(reason[0]).append(')');
            english.append(" (").append(skipped.size()).append(" skipped, e.g. ").append(first.name()).append(": ").append(reason[reason.length - 1]).append(')');
        }
        return korean + ". .txt, .md, .html, .pdf 파일을 넣으십시오. / " + english + ". Put .txt, .md, .html or .pdf files there.";
    }

    private static List<String> names(URL index) throws IOException {
        List<String> names = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(index), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String name = line.strip();
                if (!name.isEmpty() && name.charAt(0) != '#') {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** The guide next to its index; in a jar made of several, whichever the class path has first. */
    private static String guide(ClassLoader loader, URL index, String name) throws IOException {
        String base = index.toString();
        String beside = base.substring(0, base.length() - "index.txt".length()) + name;
        URL first = loader.getResource(GUIDES + name);
        boolean shared = first != null && first.toString().equals(beside);
        // through the loader where it would find the same one: its jar is open already
        try (InputStream in = shared ? loader.getResourceAsStream(GUIDES + name) : open(URI.create(beside).toURL())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            throw new IllegalStateException("안내문 목록에 있는 파일이 없습니다: " + name + " (" + index + ") / a guide named by the index is missing: " + name + " (" + index + ")", e);
        }
    }

    /** Without the cache of the JVM, which would keep a jar open after its class loader is closed. */
    private static InputStream open(URL url) throws IOException {
        java.net.URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    private static final class MissingPdfBox extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
