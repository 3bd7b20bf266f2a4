package dev.gaon.gov.portal;

import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Replies in a folder, by hash, and an index of when each was seen. Safe for use by many threads. */
final class EvidenceFolder implements EvidenceStore {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final int LONGEST_TYPE = 200;

    private final Path folder;

    EvidenceFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public void keep(Reply reply) {
        String hex = PackFiles.sha256(reply.bytes());
        if (!reply.sha256().equals("sha256:" + hex)) {
            throw new IllegalArgumentException("the hash is not that of the bytes");
        }
        Path file = folder.resolve("replies").resolve(hex.substring(0, 2)).resolve(hex);
        try {
            Files.createDirectories(file.getParent());
            if (!holds(file, hex, reply.bytes().length)) {
                write(file, reply.bytes());
            }
            append(line(reply));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** False of a file that was damaged or cut off since: it is written anew. */
    private static boolean holds(Path file, String hex, long length) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == length
                && PackFiles.sha256(Files.readAllBytes(file)).equals(hex);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling(".gaon-" + UUID.randomUUID() + ".tmp");
        try {
            Files.write(fresh, bytes, StandardOpenOption.CREATE_NEW);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static String line(Reply reply) {
        Map<String, Object> line = new TreeMap<>();
        line.put("portal", reply.portal());
        line.put("operation", reply.operation());
        line.put("url", reply.url());
        line.put("fetched", reply.fetched().atZone(SEOUL).toOffsetDateTime().toString());
        line.put("status", reply.status());
        String type = reply.contentType();
        line.put("contentType", type.substring(0, Math.min(type.length(), LONGEST_TYPE)));
        line.put("sha256", reply.sha256());
        line.put("bytes", reply.bytes().length);
        return CanonicalForm.write(line);
    }

    /** One line at a time, by this process and others; what a crash cut off does not spoil the next. */
    private void append(String line) throws IOException {
        synchronized (EvidenceFolder.class) {
            appendAlone(line);
        }
    }

    private void appendAlone(String line) throws IOException {
        try (FileChannel index = FileChannel.open(
                        folder.resolve("index.jsonl"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                FileLock lock = index.lock()) {
            long end = index.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            boolean torn = end > 0 && index.read(last, end - 1) == 1 && last.get(0) != '\n';
            ByteBuffer bytes = ByteBuffer.wrap(((torn ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8));
            for (long at = end; bytes.hasRemaining(); ) {
                at += index.write(bytes, at);
            }
            if (!lock.isValid()) {
                throw new IOException("the index was not locked");
            }
        }
    }
}
