package dev.gaon.gov.portal;

import java.nio.file.Path;
import java.time.Instant;

/**
 * Where the replies that claims were read from are kept. Given to {@link Portals}, which calls it once for each page, on the
 * thread of the caller, before anybody sees the page; what it throws ends the fetch. May be called by many threads.
 */
@FunctionalInterface
public interface EvidenceStore {

    /**
     * Keeps one reply.
     *
     * @param reply as it came, keys blotted out; no longer than the bound on replies
     */
    void keep(Reply reply);

    /**
     * A folder: the bytes once, under {@code replies/}, named by their hash and written whole or not at all; and a line for
     * each reply in {@code index.jsonl}. Bytes are kept as they are, never unpacked. May be shared by many threads, and by
     * processes that each make a store of their own.
     */
    static EvidenceStore in(Path folder) {
        return new EvidenceFolder(folder);
    }

    /**
     * One reply that a page was read from.
     *
     * @param portal its id
     * @param operation what was asked of it
     * @param url what was asked, without the key
     * @param fetched when
     * @param status of HTTP
     * @param contentType as the portal declared it; empty if it did not
     * @param sha256 of {@code bytes}: {@code sha256:...}, as claims have it
     * @param bytes after content decoding; not copied, do not change them
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared: the hash stands for the bytes
    record Reply(
            String portal,
            String operation,
            String url,
            Instant fetched,
            int status,
            String contentType,
            String sha256,
            byte[] bytes) {}
}
