package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.w3c.dom.Document;

/**
 * The parts of a document that is a ZIP, some of them replaced. What a part says of its own size is not believed: it is
 * counted as it unpacks, all parts together, and its sum is checked.
 */
final class ZipParts implements AutoCloseable {

    static final int MAX_PARTS = 10_000;
    static final long MAX_UNPACKED = 512L << 20;
    static final int MAX_XML = 16 << 20;

    /** The earliest that a ZIP can say. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipFile zip;
    private final String format;
    private final Map<String, ZipEntry> parts = new LinkedHashMap<>();
    private final Map<String, byte[]> replaced = new LinkedHashMap<>();
    private long unpacked;

    private ZipParts(ZipFile zip, String format) {
        this.zip = zip;
        this.format = format;
    }

    static ZipParts open(Source file, String format) throws IOException {
        ZipParts parts;
        try {
            parts = new ZipParts(new ZipFile(file.path().toFile(), StandardCharsets.UTF_8), format);
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw LabelException.damaged(format, "ZIP", e);
        }
        try {
            parts.list();
        } catch (LabelException e) {
            parts.close();
            throw e;
        }
        return parts;
    }

    private void list() {
        if (zip.size() > MAX_PARTS) {
            throw LabelException.tooLarge(
                    new BilingualText("문서 안의 파일 수가", "The number of parts in the document"), String.valueOf(MAX_PARTS));
        }
        try {
            zip.stream().forEach(entry -> {
                if (parts.put(entry.getName(), entry) != null) {
                    throw LabelException.damaged(format, "ZIP: a name stands twice");
                }
            });
        } catch (IllegalArgumentException e) {
            throw LabelException.damaged(format, "ZIP: names", e);
        }
    }

    boolean has(String name) {
        return parts.containsKey(name) || replaced.containsKey(name);
    }

    /** Whether a part's name begins so. */
    boolean hasUnder(String folder) {
        return parts.keySet().stream().anyMatch(name -> name.startsWith(folder));
    }

    /** A part as XML; refused if there is none of that name. */
    Document xml(String name) throws IOException {
        byte[] bytes = replaced.get(name);
        if (bytes == null) {
            ZipEntry entry = parts.get(name);
            if (entry == null) {
                throw LabelException.damaged(format, "no " + name);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            copy(entry, out, MAX_XML);
            bytes = out.toByteArray();
        }
        return Xml.parse(bytes, format);
    }

    void put(String name, Document xml) {
        String text =
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + Xml.write(xml.getDocumentElement());
        replaced.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** In the order they stood, new ones last; what was stored without packing, as some formats want, stays so. */
    void write(OutputStream target) throws IOException {
        ZipOutputStream out = new ZipOutputStream(target, StandardCharsets.UTF_8);
        for (ZipEntry entry : parts.values()) {
            byte[] bytes = replaced.remove(entry.getName());
            ZipEntry copy = new ZipEntry(entry.getName());
            copy.setTimeLocal(time(entry));
            if (bytes == null && entry.getMethod() == ZipEntry.STORED) {
                copy.setMethod(ZipEntry.STORED);
                copy.setSize(entry.getSize());
                copy.setCrc(entry.getCrc());
            }
            try {
                out.putNextEntry(copy);
                if (bytes == null) {
                    copy(entry, out, MAX_UNPACKED);
                } else {
                    out.write(bytes);
                }
                out.closeEntry();
            } catch (ZipException e) {
                throw LabelException.damaged(format, "ZIP: " + entry.getName(), e);
            }
        }
        for (Map.Entry<String, byte[]> added : replaced.entrySet()) {
            ZipEntry entry = new ZipEntry(added.getKey());
            entry.setTimeLocal(NO_TIME);
            out.putNextEntry(entry);
            out.write(added.getValue());
            out.closeEntry();
        }
        out.finish();
    }

    private static LocalDateTime time(ZipEntry entry) {
        try {
            return entry.getTimeLocal() == null ? NO_TIME : entry.getTimeLocal();
        } catch (DateTimeException e) {
            return NO_TIME;
        }
    }

    private void copy(ZipEntry entry, OutputStream out, long limit) throws IOException {
        CRC32 sum = new CRC32();
        long length = 0;
        byte[] buffer = new byte[1 << 14];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                length += n;
                unpacked += n;
                if (length > limit || unpacked > MAX_UNPACKED) {
                    throw LabelException.tooLarge(
                            new BilingualText("문서를 푼 크기가", "The unpacked document"),
                            (Math.min(limit, MAX_UNPACKED) >> 20) + " MiB");
                }
                sum.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        } catch (ZipException | EOFException e) {
            throw LabelException.damaged(format, "ZIP: " + entry.getName(), e);
        }
        if (sum.getValue() != entry.getCrc()) {
            throw LabelException.damaged(format, "CRC of " + entry.getName());
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
