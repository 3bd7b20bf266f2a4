package dev.gaon.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gaon.gov.claim.DatasetCards;
import dev.gaon.gov.claim.PageClaims;
import dev.gaon.gov.claim.PageReading;
import dev.gaon.gov.claim.WarcPages;
import dev.gaon.gov.license.Work;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/**
 * One file that somebody named, as works: work documents, a saved page, a web archive, a card or metadata of a data set.
 * What cannot be read is told with its place and the rest goes on. Tables are not read here. One thread.
 */
final class WorkInput {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int LONGEST = 8 << 20;
    private static final int LONGEST_TITLE = 300;
    private static final int TRIED_LINES = 100;
    private static final Set<String> PAGES = Set.of("html", "htm", "xhtml");
    private static final Set<String> CARDS = Set.of("md", "jsonld", "rdf", "xml");

    private final Path file;
    private final String typed;
    private final String name;
    private final LocalDate day;
    private @Nullable Boolean lines;

    /** @param day for what does not say when it was seen */
    WorkInput(Path file, String typed, LocalDate day) {
        this.file = file;
        this.typed = typed;
        this.name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        this.day = day;
    }

    /** Whether it is read by columns: CSV, Parquet, packed JSON lines, and JSON lines that are no work documents. */
    boolean isTable() {
        if (name.matches(".*\\.((csv|tsv|jsonl|ndjson|json)\\.(gz|zst)|csv|tsv|parquet)")) {
            return true;
        }
        JsonNode first = isLines() ? firstObject() : null;
        return first != null && !first.has("claims");
    }

    /** Whether an audit cannot read it by columns, but it is something that describes works: a page, an archive, a card. */
    boolean isDocument() {
        return PAGES.contains(ending())
                || isArchive()
                || CARDS.contains(ending())
                || (ending().equals("json") && !isLines());
    }

    /** The same for a file that nobody named, in a folder: not every text there is a card. */
    boolean isDocumentOfAFolder() {
        return isDocument() && (!CARDS.contains(ending()) || ending().equals("jsonld") || isCardByName());
    }

    private boolean isCardByName() {
        if (!name.equals("readme.md")) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(6);
            int mark = start.length > 3 && start[0] == (byte) 0xEF ? 3 : 0;
            return new String(start, mark, start.length - mark, StandardCharsets.ISO_8859_1).startsWith("---");
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isArchive() {
        return name.matches(".*\\.warc(\\.gz)?");
    }

    /** Whether each line is a JSON document; what is only called {@code .json} has to be looked at. */
    private boolean isLines() {
        if (lines == null) {
            lines = name.matches(".*\\.(jsonl|ndjson)")
                    || (ending().equals("json") && !isOneDocument() && firstObject() != null);
        }
        return lines;
    }

    private boolean isOneDocument() {
        try {
            byte[] bytes = bounded();
            JsonNode read = bytes.length > LONGEST ? null : JSON.readTree(bytes);
            boolean row = read != null && read.isObject() && read.has("id") && !read.has("@context") && !laidOut(bytes);
            return read != null && !row;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean laidOut(byte[] json) {
        return new String(json, StandardCharsets.ISO_8859_1).strip().indexOf('\n') >= 0;
    }

    private String ending() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    void read(Consumer<Work> works, Consumer<Unreadable> unreadable) {
        try {
            if (isArchive()) {
                archive(works, unreadable);
            } else if (PAGES.contains(ending())) {
                page(works, unreadable);
            } else if (isLines()) {
                lines(works, unreadable);
            } else {
                document(works, unreadable);
            }
        } catch (IOException e) {
            unreadable.accept(Unreadable.closed(typed));
        }
    }

    private void page(Consumer<Work> works, Consumer<Unreadable> unreadable) throws IOException {
        byte[] html = bounded();
        if (html.length > LONGEST) {
            unreadable.accept(tooLarge(typed));
            return;
        }
        PageReading reading = PageClaims.standard().read(html, null, null, day);
        works.accept(reading.addTo(Work.of(typed, title(html, reading)).withCollected(day)));
    }

    /** For people; the file's name where the page has none. */
    private String title(byte[] html, PageReading reading) {
        String start = new String(html, 0, Math.min(html.length, 1 << 16), reading.charset());
        String title = Jsoup.parse(start).title();
        return title.isBlank()
                ? String.valueOf(file.getFileName())
                : title.codePoints()
                        .limit(LONGEST_TITLE)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private void archive(Consumer<Work> works, Consumer<Unreadable> unreadable) throws IOException {
        try (WarcPages pages = WarcPages.open(file, PageClaims.standard())) {
            pages.forEach(works);
            pages.unread()
                    .forEach(each -> unreadable.accept(new Unreadable(
                            typed + "@" + each.offset(),
                            new Text(
                                    "웹 보존 파일(WARC)의 레코드를 읽을 수 없습니다.",
                                    "This record of the web archive (WARC) cannot be read."))));
        } catch (UncheckedIOException e) {
            if (!Files.isReadable(file)) {
                throw e.getCause();
            }
            unreadable.accept(new Unreadable(typed, Text.halves(e.getMessage())));
        }
    }

    private void lines(Consumer<Work> works, Consumer<Unreadable> unreadable) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            int number = 0;
            for (byte[] line = line(in); line != null; line = line(in)) {
                number++;
                if (!blank(line)) {
                    work(line, typed + ":" + number, works, unreadable);
                }
            }
        }
    }

    private static void work(byte[] json, String place, Consumer<Work> works, Consumer<Unreadable> unreadable) {
        if (json.length > LONGEST) {
            unreadable.accept(tooLarge(place));
            return;
        }
        Work work;
        try {
            work = Work.parse(FileInput.decoded(json));
        } catch (CharacterCodingException e) {
            unreadable.accept(new Unreadable(place, new Text("UTF-8이 아닙니다.", "Not UTF-8.")));
            return;
        } catch (IllegalArgumentException e) {
            unreadable.accept(new Unreadable(place, Text.halves(e.getMessage())));
            return;
        }
        works.accept(work);
    }

    private static Unreadable tooLarge(String place) {
        int most = LONGEST >> 20;
        return new Unreadable(place, new Text(most + " MiB까지 읽습니다.", "At most " + most + " MiB are read."));
    }

    /** One line, at most one byte longer than is read; null at the end. */
    private static byte @Nullable [] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 10);
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() <= LONGEST) {
                line.write(next);
            }
        }
        return line.toByteArray();
    }

    private static boolean blank(byte[] line) {
        for (byte each : line) {
            if (each != ' ' && each != '\t' && each != '\r') {
                return false;
            }
        }
        return true;
    }

    /** The first of the first lines that is a JSON object on its own; null if none is. */
    private @Nullable JsonNode firstObject() {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            int left = TRIED_LINES;
            for (byte[] line = line(in); line != null && left-- > 0; line = line(in)) {
                JsonNode read = blank(line) ? null : tree(line);
                if (read != null && read.isObject()) {
                    return read;
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable JsonNode tree(byte[] json) throws IOException {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException | CharacterCodingException e) {
            return null;
        }
    }

    private byte[] bounded() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LONGEST + 1);
        }
    }

    /** A work document, a list of them, or what a data set says of itself. */
    private void document(Consumer<Work> works, Consumer<Unreadable> unreadable) throws IOException {
        byte[] bytes = bounded();
        JsonNode read = ending().equals("json") && bytes.length <= LONGEST ? tree(bytes) : null;
        if (read != null && read.isArray() && read.path(0).has("claims")) {
            int number = 0;
            for (JsonNode each : read) {
                work(JSON.writeValueAsBytes(each), typed + "[" + number++ + "]", works, unreadable);
            }
        } else if (read != null && read.has("id") && read.has("claims")) {
            work(bytes, typed, works, unreadable);
        } else {
            card(bytes, works, unreadable);
        }
    }

    private void card(byte[] bytes, Consumer<Work> works, Consumer<Unreadable> unreadable) {
        DatasetCards card;
        try {
            card = DatasetCards.read(bytes, String.valueOf(file.getFileName()), null, day);
        } catch (IllegalArgumentException e) {
            unreadable.accept(new Unreadable(typed, Text.halves(e.getMessage())));
            return;
        }
        card.works().forEach(works);
    }
}
