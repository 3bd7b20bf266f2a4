package dev.gaon.gov.claim;

import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.pack.PackFiles;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset's own description says of its licence, ready for {@link dev.gaon.gov.license.LicenseAudit}: a Hugging Face
 * README, Croissant, schema.org, the catalogue of data.go.kr, DCAT (JSON-LD or RDF/XML), SPDX 2.3 and 3.0, CycloneDX 1.4 to
 * 1.7, or the Data Provenance Standards. Immutable and safe to share.
 *
 * <p>The kind is told from the content. Everything is kept as it was written; nothing is fetched, no reference outside of the
 * file is followed. A licence of the description itself ({@code dataLicense} of SPDX, {@code metadata.licenses} of CycloneDX,
 * that of a catalogue) is not one of the dataset and is left out.
 *
 * <p>Read are UTF-8, UTF-16 and the Korean code page; at most 8 MiB, 64 levels, 500,000 values, 10,000 works and 100,000
 * claims. The README needs {@code org.snakeyaml:snakeyaml-engine} on the class path.
 *
 * <pre>{@code
 * for (Work work : DatasetCards.read(bytes, "README.md", url, today).works()) {
 *     LicenseDecision decision = audit.decide(work, Purpose.TRAIN_COMMERCIAL, today);
 * }
 * }</pre>
 */
public final class DatasetCards {

    /** Goes up with every change of what is read. */
    private static final String EXTRACTOR = "gaon-dataset-cards 1";

    private static final int MOST_BYTES = 8 << 20;
    private static final int MOST_WORKS = 10_000;
    private static final int MOST_CLAIMS = 100_000;
    private static final String MISSING = "해당 데이터는 존재하지 않습니다";

    private final String kind;
    private final List<Work> works;

    private record Read(String kind, List<CardEntry> entries) {}

    private DatasetCards(String kind, List<Work> works) {
        this.kind = kind;
        this.works = works;
    }

    /**
     * Reads one description.
     *
     * @param name its file name or media type, which only tells a README without front matter; null if not known
     * @param url where it was fetched, kept with each claim; null if not known
     * @param seen the day it was fetched, in Asia/Seoul
     * @throws IllegalArgumentException if it is damaged, past the limits or of no known kind; the message says which, in
     *     Korean and English. The answers that data.go.kr sends instead of an entry are refused by name.
     */
    public static DatasetCards read(byte[] bytes, @Nullable String name, @Nullable String url, LocalDate seen) {
        if (bytes.length > MOST_BYTES) {
            throw CardFailure.tooMuch("8 MiB보다 큽니다.", "It is larger than 8 MiB.");
        }
        String text = CardText.decode(bytes);
        String where = url != null && url.length() > 4_000 ? null : url;
        Read read = read(text, name == null ? "" : name.toLowerCase(Locale.ROOT), where);
        if (read.entries().isEmpty()) {
            throw CardFailure.of(
                    read.kind() + " 안에 데이터셋이 없습니다. 데이터셋을 설명하는 파일을 주세요.",
                    "There is no dataset in this " + read.kind() + ". Give the file that describes one.",
                    null);
        }
        CardEntry.Sheet sheet = new CardEntry.Sheet(where, seen, EXTRACTOR, "sha256:" + PackFiles.sha256(bytes));
        return new DatasetCards(read.kind(), works(read.entries(), sheet));
    }

    private static List<Work> works(List<CardEntry> entries, CardEntry.Sheet sheet) {
        int claims = 0;
        int count = 0;
        for (CardEntry each : entries) {
            claims += each.claims();
            count += 1 + each.parts().size();
            if (claims > MOST_CLAIMS || count > MOST_WORKS) {
                throw CardFailure.tooMuch(
                        "데이터셋이 " + MOST_WORKS + "개 또는 표시가 " + MOST_CLAIMS + "개보다 많습니다.",
                        "It has more than " + MOST_WORKS + " datasets or " + MOST_CLAIMS + " claims.");
            }
        }
        List<Work> works = new ArrayList<>();
        Map<String, Integer> ids = new HashMap<>();
        entries.forEach(each -> works.addAll(each.works(sheet, ids)));
        return List.copyOf(works);
    }

    private static Read read(String text, String name, @Nullable String url) {
        String start = text.substring(0, Math.min(text.length(), 2_000)).stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return json(text, url);
        }
        if (start.startsWith("<")) {
            return xml(text, start.toLowerCase(Locale.ROOT), url);
        }
        if (HfCard.is(text) || name.endsWith(".md") || name.startsWith("text/markdown")) {
            return new Read("hf-card", HfCard.read(text, url));
        }
        throw CardFailure.unknown();
    }

    private static Read xml(String text, String start, @Nullable String url) {
        if (start.contains("<!doctype html") || start.contains("<html")) {
            throw text.contains("waitingroom")
                    ? CardFailure.of(
                            "공공데이터포털의 대기 화면(waitingroom)입니다. 잠시 뒤 다시 받으세요.",
                            "It is the waiting room of data.go.kr. Fetch it again later.",
                            null)
                    : CardFailure.of(
                            "HTML 화면입니다. 화면의 표시는 화면을 읽는 쪽에 맡기고, 여기에는 설명 파일을 주세요.",
                            "It is an HTML page. Leave its marks to the reader of pages, and give a description file here.",
                            null);
        }
        CardGraph graph = CardXml.read(text);
        if (!graph.speaks("w3.org/ns/dcat")) {
            throw CardFailure.unknown();
        }
        return linked(graph, "dcat", url);
    }

    private static Read json(String text, @Nullable String url) {
        CardGraph graph = CardGraph.of(parse(text));
        CardNode top = graph.top();
        if (String.valueOf(top.text("description")).replaceAll("\\s+", " ").contains(MISSING)
                && top.text("name", "license") == null) {
            throw CardFailure.of(
                    "공공데이터포털에 그 데이터가 없습니다(HTTP 200으로 답합니다). 목록 번호를 확인하세요.",
                    "data.go.kr has no such dataset (it answers with HTTP 200). Check the number of the entry.",
                    null);
        }
        if (top.has("spdxVersion")) {
            return new Read("spdx", SpdxCard.two(graph));
        }
        if ("CycloneDX".equals(top.text("bomFormat"))) {
            return new Read("cyclonedx", CycloneDxCard.read(graph));
        }
        if (graph.speaks("spdx.org/rdf/3")) {
            return new Read("spdx", SpdxCard.three(graph));
        }
        if (ProvenanceCard.is(top)) {
            return new Read("data-provenance", ProvenanceCard.read(graph));
        }
        if (String.valueOf(top.text("conformsTo")).contains("mlcommons.org/croissant")
                || graph.speaks("mlcommons.org/croissant")) {
            return linked(graph, "croissant", url);
        }
        if (graph.speaks("w3.org/ns/dcat") || graph.speaks("dcat:")) {
            return linked(graph, "dcat", url);
        }
        if (graph.speaks("schema.org") || graph.speaks("schema:")) {
            return linked(graph, "schema.org", url);
        }
        if (LinkedCard.from(url) || LinkedCard.from(top.text("url"))) {
            return linked(graph, LinkedCard.PORTAL, url);
        }
        throw CardFailure.unknown();
    }

    private static Read linked(CardGraph graph, String source, @Nullable String url) {
        List<CardEntry> entries = new LinkedCard(graph, source, LinkedCard.from(url)).read();
        String own = entries.isEmpty() ? source : entries.get(0).source();
        return new Read(own, entries);
    }

    /** The published Data Provenance Standards are known to miss their last brace; nothing else is mended. */
    private static JsonNode parse(String text) {
        try {
            return document(text);
        } catch (IllegalArgumentException e) {
            if (e.getCause() instanceof JsonEOFException) {
                JsonNode mended = mended(text);
                if (mended != null && ProvenanceCard.is(CardGraph.of(mended).top())) {
                    return mended;
                }
            }
            throw e;
        }
    }

    private static @Nullable JsonNode mended(String text) {
        try {
            return document(text + "}");
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static JsonNode document(String text) {
        return PackFiles.document("dataset card", text.getBytes(StandardCharsets.UTF_8))
                .node();
    }

    /**
     * Who writes this way: {@code hf-card}, {@code croissant}, {@code schema.org}, {@code data.go.kr}, {@code dcat},
     * {@code spdx}, {@code cyclonedx} or {@code data-provenance}.
     */
    public String kind() {
        return kind;
    }

    /**
     * A work for each dataset, followed by those of its parts that say something of a licence themselves. A dataset carries
     * the words of its parts too, so that the whole is never freer than a part. Title, author, publisher, address and day
     * are filled as far as they are stated; the kind of publisher never is: declare it with {@link Work#withPublisher}.
     */
    public List<Work> works() {
        return works;
    }

    @Override
    public String toString() {
        return kind + " " + works.size();
    }
}
