package dev.gaon.gov.rag;

import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.LicenseAudit;
import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.text.BilingualText;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentTransformer;
import dev.langchain4j.data.document.Metadata;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides once, as documents come in, whether they may be quoted, and writes decision, licence, credit, basis and the
 * digest of the terms into their metadata, which splitters copy to every segment ({@link WorkMetadata} lists the keys).
 * Immutable and safe to share.
 *
 * <p>Nothing is dropped here: what may not be quoted is marked as withheld, and left out when it is retrieved, by {@link
 * QuoteGuard}, so that a report can name it. To keep such documents out of the store, filter by {@link
 * WorkMetadata#WITHHELD}.
 */
public final class LicensedDocuments implements DocumentTransformer {

    private final LicenseAudit audit;
    private final LocalDate asOf;
    private final Function<Document, @Nullable Work> works;
    private final boolean review;

    private LicensedDocuments(
            LicenseAudit audit, LocalDate asOf, Function<Document, @Nullable Work> works, boolean review) {
        this.audit = Objects.requireNonNull(audit, "audit");
        this.asOf = Objects.requireNonNull(asOf, "asOf");
        this.works = Objects.requireNonNull(works, "works");
        this.review = review;
    }

    /**
     * With works of your own records.
     *
     * @param asOf the day that counts, in Asia/Seoul
     * @param works the work a document holds; null leaves the document as it is
     */
    public static LicensedDocuments by(LicenseAudit audit, LocalDate asOf, Function<Document, @Nullable Work> works) {
        return new LicensedDocuments(audit, asOf, works, false);
    }

    /**
     * With what documents say of themselves in their metadata, as the embedded default hands it over from the lines at the
     * top of a Markdown file: {@code license} (as one of the names of a licence, for instance {@code 공공누리 제4유형}), {@code
     * publisher}, {@code publisherKind}, {@code author}, {@code source} (the address), {@code published}, {@code title},
     * and {@code commercial} ({@code true} or {@code false}). A document that names
     * no licence is the user's own and left as it is. The use is taken to be word for word, as the embedded default's is.
     *
     * @param asOf the day that counts, in Asia/Seoul
     */
    public static LicensedDocuments stated(LicenseAudit audit, LocalDate asOf) {
        return new LicensedDocuments(audit, asOf, LicensedDocuments::stated, false);
    }

    /** The same, but what waits for a person may be quoted meanwhile. */
    public LicensedDocuments admitReview() {
        return new LicensedDocuments(audit, asOf, works, true);
    }

    @Override
    public Document transform(Document document) {
        Work work = works.apply(document);
        if (work == null) {
            return document;
        }
        LicenseDecision decision = audit.decide(work, Purpose.QUOTE, asOf);
        Metadata metadata = document.metadata().copy();
        WorkMetadata.write(metadata, work, decision);
        metadata.remove(WorkMetadata.WITHHELD);
        if (!QuoteGuard.admits(decision.decision(), review)) {
            metadata.put(WorkMetadata.WITHHELD, WorkMetadata.basis(decision).both());
        }
        return Document.from(document.text(), metadata);
    }

    private static @Nullable Work stated(Document document) {
        Metadata metadata = document.metadata();
        String license = text(metadata, WorkMetadata.LICENSE);
        if (license == null) {
            return null;
        }
        String id = Objects.requireNonNullElse(text(metadata, "document"), "document");
        Work work = Work.of(id, Objects.requireNonNullElse(text(metadata, "title"), id))
                .withClaim(Claim.of("item", "document", "license", license))
                .withUse("verbatim", true);
        String publisher = text(metadata, "publisher");
        String kind = text(metadata, "publisherKind");
        String author = text(metadata, "author");
        String source = text(metadata, "source");
        String published = text(metadata, "published");
        String commercial = text(metadata, "commercial");
        work = publisher == null ? work : work.withPublisher(publisher, kind == null ? "private" : kind);
        work = author == null ? work : work.withAuthor(author);
        work = source == null ? work : work.withUrl(source);
        work = published == null ? work : work.withPublished(day(id, published));
        return commercial == null ? work : work.withUse("commercial", Boolean.parseBoolean(commercial));
    }

    private static LocalDate day(String id, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    new BilingualText("published는 2026-11-22처럼 씁니다: " + id, "published is written as 2026-11-22: " + id)
                            .both(),
                    e);
        }
    }

    private static @Nullable String text(Metadata metadata, String key) {
        return metadata.toMap().get(key) instanceof String text && !text.isBlank() ? text : null;
    }
}
