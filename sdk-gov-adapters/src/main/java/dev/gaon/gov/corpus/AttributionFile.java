package dev.gaon.gov.corpus;

import dev.gaon.gov.license.Attribution;
import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.page.Html;
import dev.gaon.gov.page.ReportPage;
import dev.gaon.gov.text.BilingualText;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The list of works that a corpus credits, one line each, never shortened to a licence or a portal: {@code
 * attribution.jsonl} with all of them, {@code attribution.md} and {@code attribution.html} with the first of them. Works come
 * in the order given; the same publisher, title, author, address and licence is one work.
 *
 * <p>Memory is bounded: pages hold at most 5,000 works and 4,000,000 characters, and repeats are found among the first
 * 1,400,000 works; a later work that is new is written each time it comes. Files appear under their names when {@link
 * #finish} ends, and replace what was there; until then, and if it never ends, there are none. One thread. The caller closes
 * it.
 */
public final class AttributionFile implements Closeable {

    /** Works on a page; all are in {@code attribution.jsonl}. */
    public static final int MOST_LISTED = 5_000;

    private static final int MOST_LETTERS = 4_000_000;
    private static final String STYLE = ReportPage.style(CorpusReport.class, "report.css");

    /**
     * What was written.
     *
     * @param works lines of {@code attribution.jsonl}
     * @param repeats works that were there already
     * @param incomplete works that lack an element of a full credit, by element
     * @param leftOut decisions that credit nothing, since the work may not be used or waits for a person
     * @param repeatsKnown false if there were more works than repeats are found among
     * @param sha256 of {@code attribution.jsonl}, 64 hexadecimal digits
     */
    public record Written(
            long works,
            long repeats,
            Map<String, Long> incomplete,
            long leftOut,
            boolean repeatsKnown,
            long bytes,
            String sha256) {

        public Written {
            incomplete = Map.copyOf(incomplete);
        }
    }

    private record Line(BilingualText text, List<String> missing) {}

    private final Path folder;
    private final String title;
    private final LocalDate asOf;
    private final Path rows;
    private final DigestOutputStream bytes;
    private final BufferedWriter out;
    private final SeenWorks seen = new SeenWorks();
    private final List<Line> listed = new ArrayList<>();
    private final Map<String, Long> incomplete = new TreeMap<>();
    private int letters;
    private long works;
    private long repeats;
    private long leftOut;

    /**
     * Begins the files of a corpus.
     *
     * @param folder that exists
     * @param title of the corpus
     * @param asOf the day shown on the pages
     */
    public AttributionFile(Path folder, String title, LocalDate asOf) throws IOException {
        this.folder = folder;
        this.title = title;
        this.asOf = asOf;
        rows = fresh();
        try {
            bytes = new DigestOutputStream(
                    Files.newOutputStream(rows, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        out = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    }

    private Path fresh() {
        return folder.resolve(".attribution-" + UUID.randomUUID() + ".tmp");
    }

    /** Credits the work if it may be used; else only counts it. */
    public void add(LicenseDecision decision) throws IOException {
        if (decision.decision() == Outcome.ALLOW || decision.decision() == Outcome.ALLOW_WITH_DUTIES) {
            add(Attribution.of(decision));
        } else {
            leftOut++;
        }
    }

    /** Credits a work, for instance one that a person has cleared. */
    public void add(Attribution work) throws IOException {
        if (!seen.add(work.identity())) {
            repeats++;
            return;
        }
        works++;
        out.write(work.toJson());
        out.write('\n');
        List<String> missing = work.missing();
        missing.forEach(each -> incomplete.merge(each, 1L, Long::sum));
        if (listed.size() < MOST_LISTED && listed.size() == works - 1) {
            BilingualText text = work.longForm();
            int more = text.ko().length() + text.en().length();
            if (letters + more <= MOST_LETTERS) {
                letters += more;
                listed.add(new Line(text, missing));
            }
        }
    }

    /** Writes the pages and gives the files their names. */
    public Written finish() throws IOException {
        out.close();
        Path md = fresh();
        Path html = fresh();
        long size = Files.size(rows);
        try {
            Files.writeString(md, markdown(), StandardOpenOption.CREATE_NEW);
            Files.writeString(html, page(), StandardOpenOption.CREATE_NEW);
            Files.move(rows, folder.resolve("attribution.jsonl"), StandardCopyOption.REPLACE_EXISTING);
            Files.move(md, folder.resolve("attribution.md"), StandardCopyOption.REPLACE_EXISTING);
            Files.move(html, folder.resolve("attribution.html"), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(md);
            Files.deleteIfExists(html);
        }
        return new Written(
                works,
                repeats,
                incomplete,
                leftOut,
                !seen.full(),
                size,
                HexFormat.of().formatHex(bytes.getMessageDigest().digest()));
    }

    /** Removes what was not finished. */
    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            Files.deleteIfExists(rows);
        }
    }

    private BilingualText count() {
        return new BilingualText(
                "저작물 " + Amount.of(works) + "건의 출처입니다. 한 건에 한 줄씩 적었습니다.",
                "Credits for " + Amount.of(works) + (works == 1 ? " work" : " works") + ", one line each.");
    }

    private List<BilingualText> notes() {
        List<BilingualText> notes = new ArrayList<>();
        incomplete.forEach((element, count) -> notes.add(new BilingualText(
                element(element).ko() + " 없는 저작물: " + Amount.of(count) + "건",
                "Works without " + element(element).en() + ": " + Amount.of(count))));
        if (works > listed.size()) {
            notes.add(new BilingualText(
                    "여기에는 " + Amount.of(listed.size()) + "건만 보입니다. 모두 attribution.jsonl에 있습니다.",
                    "Shown here are " + Amount.of(listed.size()) + "; all are in attribution.jsonl."));
        }
        return notes;
    }

    private static BilingualText element(String id) {
        return switch (id) {
            case "publisher" -> new BilingualText("기관", "publisher");
            case "year" -> new BilingualText("발행 연도", "year");
            case "url" -> new BilingualText("주소", "address");
            default -> new BilingualText(id, id);
        };
    }

    private static BilingualText missing(List<String> elements) {
        return new BilingualText(
                "밝혀지지 않음: "
                        + String.join(
                                ", ",
                                elements.stream()
                                        .map(each -> element(each).ko())
                                        .toList()),
                "not stated: "
                        + String.join(
                                ", ",
                                elements.stream()
                                        .map(each -> element(each).en())
                                        .toList()));
    }

    private String markdown() {
        StringBuilder md = new StringBuilder("# 출처 목록 / Attributions: ").append(Markdown.line(title));
        md.append("\n\n기준일 / As of: ")
                .append(asOf)
                .append("\n\n")
                .append(count().both())
                .append('\n');
        notes().forEach(each -> md.append("\n- ").append(each.both()));
        md.append("\n\n");
        for (int i = 0; i < listed.size(); i++) {
            Line line = listed.get(i);
            md.append(i + 1).append(". ").append(Markdown.line(line.text().ko()));
            md.append("  \n   ").append(Markdown.line(line.text().en()));
            if (!line.missing().isEmpty()) {
                md.append("  \n   (").append(missing(line.missing()).both()).append(')');
            }
            md.append('\n');
        }
        return md.toString();
    }

    private String page() {
        ReportPage page = new ReportPage(
                STYLE, "출처 목록 · Attributions · " + title, new BilingualText("출처 목록", "Attributions"), title, asOf);
        Html html = page.html();
        page.section("works", "저작물", "Works");
        html.both("p", count().ko(), count().en());
        if (!notes().isEmpty()) {
            html.open("ul");
            notes().forEach(each -> html.both("li", each.ko(), each.en()));
            html.close();
        }
        html.open("ol");
        for (Line line : listed) {
            html.open("li").both(line.text());
            if (!line.missing().isEmpty()) {
                html.text(" ")
                        .open("span", "class", "article")
                        .both(missing(line.missing()))
                        .inlineClose();
            }
            html.close();
        }
        html.close().close("section");
        page.end(
                new BilingualText(
                        "출처 표시는 기관이나 저작자의 후원이나 특별한 관계를 뜻하지 않습니다.",
                        "A credit does not mean that an agency or author sponsors this or stands in any special relation to it."));
        return html.toString();
    }
}
