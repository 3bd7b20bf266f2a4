package dev.gaon.gov.law;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a zip file that may be hostile: bounded in every direction, and only where its directory, its end and the entries
 * one after another tell the same.
 */
final class EvidenceZip {

    /** Where what is wrong is told. */
    interface Complaint {
        void wrong(String where, String ko, String en);
    }

    private static final long MOST_FILE_BYTES = 512L << 20;
    private static final long MOST_DIRECTORY_BYTES = 32L << 20;
    private static final int END_BYTES = 22;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final String PATH = "[A-Za-z0-9._-]{1,120}(/[A-Za-z0-9._-]{1,120}){0,7}";

    private final Path file;
    private final BiConsumer<String, byte[]> entries;
    private final Complaint complaint;
    private final String whole;
    private long bytes;

    EvidenceZip(Path file, BiConsumer<String, byte[]> entries, Complaint complaint) {
        this.file = file;
        this.entries = entries;
        this.complaint = complaint;
        this.whole = String.valueOf(file.getFileName());
    }

    void read() throws IOException {
        if (!Files.isRegularFile(file)) {
            complaint.wrong(whole, "그런 파일이 없습니다", "there is no such file");
        } else if (Files.size(file) > MOST_FILE_BYTES) {
            complaint.wrong(whole, "512 MiB보다 큽니다", "larger than 512 MiB");
        } else if (!endsAsWritten()) {
            complaint.wrong(
                    whole,
                    "증거 꾸러미가 아니거나, 잘렸거나, 앞뒤에 다른 것이 붙었습니다",
                    "is no evidence package, was cut off, or has something before or after it");
        } else {
            try {
                List<String> listed = listed();
                if (listed != null && !listed.equals(inOrder())) {
                    complaint.wrong(whole, "압축 파일의 목록과 내용이 다릅니다", "the zip's directory and its content differ");
                }
            } catch (IOException | IllegalArgumentException e) {
                complaint.wrong(whole, "압축을 풀 수 없습니다: 망가졌습니다", "cannot be unpacked: it is damaged");
            }
        }
    }

    /** The end record is the last thing, without a comment, right after a directory of bounded size. */
    private boolean endsAsWritten() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            ByteBuffer end = ByteBuffer.allocate(END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            if (size < END_BYTES
                    || channel.read(end, size - END_BYTES) != END_BYTES
                    || end.getInt(0) != END_SIGNATURE) {
                return false;
            }
            long directory = Integer.toUnsignedLong(end.getInt(12));
            long start = Integer.toUnsignedLong(end.getInt(16));
            return directory <= MOST_DIRECTORY_BYTES && start + directory + END_BYTES == size;
        }
    }

    /** Hands out every entry of the directory, as those see it who unpack the file; null if that had to stop. */
    private @Nullable List<String> listed() throws IOException {
        List<String> names = new ArrayList<>();
        Set<String> once = new HashSet<>();
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            if (zip.size() > EvidencePackage.MOST_ENTRIES + 2) {
                complaint.wrong(whole, "파일이 너무 많습니다", "too many entries");
                return null;
            }
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                String name = entry.getName();
                if (!name.matches(PATH) || name.contains("..") || name.startsWith("/")) {
                    complaint.wrong(
                            whole,
                            "꾸러미 밖을 가리키거나 쓸 수 없는 이름이 있습니다",
                            "an entry's name leads out of the package or cannot be used");
                    return null;
                }
                if (!once.add(name)) {
                    complaint.wrong(name, "같은 이름이 두 번 있습니다", "is there twice");
                    return null;
                }
                names.add(name);
                try (InputStream in = zip.getInputStream(entry)) {
                    byte[] content = bounded(name, in);
                    if (content == null) {
                        return null;
                    }
                    entries.accept(name, content);
                }
            }
        }
        return names;
    }

    /** The names of the entries as they lie one after another. */
    private @Nullable List<String> inOrder() throws IOException {
        bytes = 0;
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                if (names.size() > EvidencePackage.MOST_ENTRIES + 2 || bounded(whole, zip) == null) {
                    return null;
                }
            }
        }
        return names;
    }

    private byte @Nullable [] bounded(String name, InputStream in) throws IOException {
        byte[] content = in.readNBytes(EvidencePackage.MOST_BYTES + 1);
        bytes += content.length;
        if (content.length > EvidencePackage.MOST_BYTES || bytes > EvidencePackage.MOST_BYTES_IN_ALL) {
            complaint.wrong(name, "풀면 너무 큽니다", "too large when unpacked");
            return null;
        }
        return content;
    }
}
