package dev.gaon.gov.bom;

import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A corpus as Croissant 1.1, SPDX 3.0.1 and CycloneDX 1.6 describe it: its files, and the licence of each part as the audit
 * concluded it, what may not be used included. Immutable and safe to share. The same summary and description always give the
 * same bytes; no clock is read. CycloneDX is written in version 1.6, the newest whose rules could be checked.
 *
 * <p>KOGL is on no SPDX list, so its types are references of their own ({@code LicenseRef-KOGL-1}), with their meaning and
 * address beside them. The documents restate what was found and are no legal advice.
 */
public final class BillOfMaterials {

    /**
     * A file that belongs to the corpus, such as its data or its list of works.
     *
     * @param name unique in the corpus, for instance {@code attribution.jsonl}
     * @param url where it is; relative to the description if it lies beside it
     * @param mediaType for instance {@code application/jsonlines}
     * @param sha256 64 hexadecimal digits
     */
    public record Part(String name, String url, String mediaType, long bytes, String sha256) {

        private static final Map<String, String> TYPES = Map.of(
                "parquet", "application/vnd.apache.parquet",
                "jsonl", "application/jsonlines",
                "json", "application/json",
                "csv", "text/csv",
                "html", "text/html",
                "md", "text/markdown");

        /** @throws IllegalArgumentException if a text is empty, or no address, media type or hash */
        public Part {
            written("files.name", name);
            address("files.url", url);
            if (!mediaType.matches("[a-z]+/[A-Za-z0-9.+-]{1,100}")) {
                throw wrong("files.mediaType", "text/csv처럼 적습니다", "looks like text/csv");
            }
            if (bytes < 0) {
                throw wrong("files.bytes", "0 이상입니다", "is not negative");
            }
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw wrong("files.sha256", "16진수 64자입니다", "has 64 hexadecimal digits");
            }
        }

        /**
         * A file as it lies in the folder of the description: named by its path in there, and read once for its hash.
         *
         * @param file below the folder; its media type is told from its name, {@code application/octet-stream} where that is
         *     not known
         */
        public static Part of(Path folder, Path file) throws IOException {
            Path inside = folder.toAbsolutePath()
                    .normalize()
                    .relativize(file.toAbsolutePath().normalize());
            String name = inside.toString().replace('\\', '/');
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
            return new Part(name, relative(name), type, Files.size(file), PackFiles.sha256(file));
        }

        private static String relative(String name) {
            try {
                // what stands before a colon would be a scheme
                return new URI(null, null, name.indexOf(':') < 0 ? name : "./" + name, null).toASCIIString();
            } catch (URISyntaxException e) {
                throw wrong("files.url", "주소로 쓸 수 없는 파일 이름입니다", "a file name that is no address");
            }
        }
    }

    /**
     * What the audit does not know of a corpus.
     *
     * @param creator the organisation that made it
     * @param url of its page
     * @param published the day, in Asia/Seoul
     * @param created when these documents are made
     * @param text what it is, in either or both languages
     * @param license its own, as SPDX writes it, for instance {@code CC-BY-4.0}; null if none is declared for the whole
     * @param files at least one, at most 10,000
     */
    public record Description(
            String creator,
            String url,
            LocalDate published,
            Instant created,
            BilingualText text,
            @Nullable String license,
            List<Part> files) {

        private static final int MOST_FILES = 10_000;

        /** @throws IllegalArgumentException if a text is empty, the address has no scheme, or files are none, too many or twice */
        public Description {
            written("creator", creator);
            if (!address("url", url).isAbsolute()) {
                throw wrong("url", "https://로 시작하는 주소여야 합니다", "is an absolute address");
            }
            written("text", text.ko());
            written("text", text.en());
            if (license != null && !license.matches("[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")) {
                throw wrong("license", "SPDX 식이어야 합니다. 예: CC-BY-4.0", "is an SPDX expression such as CC-BY-4.0");
            }
            created = created.truncatedTo(ChronoUnit.SECONDS);
            files = List.copyOf(files);
            if (files.isEmpty() || files.size() > MOST_FILES) {
                throw wrong(
                        "files",
                        "1~" + MOST_FILES + "개여야 합니다. 적어도 출처 목록(attribution.jsonl)을 넣으세요",
                        "has 1 to " + MOST_FILES + " entries; name at least the list of works (attribution.jsonl)");
            }
            Set<String> names = new HashSet<>();
            for (Part each : files) {
                if (!names.add(each.name())) {
                    throw wrong("files.name", "같은 이름이 두 번 있습니다: " + each.name(), "twice: " + each.name());
                }
            }
        }
    }

    private static final int LONGEST = 10_000;

    private final CorpusSummary corpus;
    private final Description description;

    private BillOfMaterials(CorpusSummary corpus, Description description) {
        this.corpus = corpus;
        this.description = description;
    }

    public static BillOfMaterials of(CorpusSummary corpus, Description description) {
        return new BillOfMaterials(corpus, description);
    }

    /** {@code croissant.json}: Croissant 1.1 with its vocabulary for responsible AI, in canonical JSON. */
    public String croissant() {
        return CanonicalForm.write(Croissant.of(corpus, description));
    }

    /** {@code spdx.json}: SPDX 3.0.1 with the dataset profile, in canonical JSON. */
    public String spdx() {
        return CanonicalForm.write(new SpdxGraph(corpus, description, name()).document());
    }

    /** {@code cyclonedx.json}: CycloneDX 1.6, in canonical JSON. */
    public String cycloneDx() {
        return CanonicalForm.write(CycloneDx.of(corpus, description, name()));
    }

    /** The same for the same content. */
    private UUID name() {
        return UUID.nameUUIDFromBytes((corpus.digest() + "\n" + description).getBytes(StandardCharsets.UTF_8));
    }

    private static IllegalArgumentException wrong(String place, String ko, String en) {
        return new IllegalArgumentException(new BilingualText(
                        "말뭉치 설명을 쓸 수 없습니다: " + place + ": " + ko + ".",
                        "The description of the corpus cannot be used: " + place + ": " + en + ".")
                .both());
    }

    private static void written(String place, String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw wrong(place, "1~" + LONGEST + "자여야 합니다", "has 1 to " + LONGEST + " characters");
        }
    }

    private static URI address(String place, String url) {
        try {
            written(place, url);
            return new URI(url);
        } catch (URISyntaxException e) {
            throw wrong(place, "주소(URL)가 아닙니다", "is no address (URL)");
        }
    }
}
