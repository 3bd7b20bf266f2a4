package dev.gaon.gov.label;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The chunks of a PNG, each with a sum that was checked. What follows the last one is no part of the picture. */
final class PngChunks {

    /** One of them, still inside of the file's bytes. */
    static final class Chunk {

        private final String type;
        private final byte[] file;
        private final int at;
        private final int length;

        private Chunk(String type, byte[] file, int at, int length) {
            this.type = type;
            this.file = file;
            this.at = at;
            this.length = length;
        }

        String type() {
            return type;
        }

        byte[] data() {
            return Arrays.copyOfRange(file, at, at + length);
        }

        boolean isEnd() {
            return type.equals("IEND");
        }

        void writeTo(OutputStream out) throws IOException {
            out.write(file, at - 8, length + 12);
        }
    }

    private static final int MOST = 1 << 20;

    private final List<Chunk> all;
    private final int end;

    private PngChunks(List<Chunk> all, int end) {
        this.all = all;
        this.end = end;
    }

    static PngChunks of(byte[] file) {
        List<Chunk> all = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int at = 8;
        while (all.size() < MOST) {
            if (file.length - at < 12) {
                throw LabelException.damaged("png", "cut off");
            }
            int length = bytes.getInt(at);
            if (length < 0 || length > file.length - at - 12) {
                throw LabelException.damaged("png", "chunk length");
            }
            CRC32 sum = new CRC32();
            sum.update(file, at + 4, length + 4);
            if ((int) sum.getValue() != bytes.getInt(at + 8 + length)) {
                throw LabelException.damaged("png", "CRC");
            }
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            all.add(new Chunk(type, file, at + 8, length));
            at += length + 12;
            if (all.get(all.size() - 1).isEnd()) {
                return new PngChunks(all, at).checked();
            }
        }
        throw LabelException.damaged("png", "chunks");
    }

    private PngChunks checked() {
        if (!all.get(0).type().equals("IHDR") || all.get(0).length != 13 || first("IDAT") == null) {
            throw LabelException.damaged("png", "IHDR, IDAT");
        }
        if (width() <= 0 || height() <= 0) {
            throw LabelException.damaged("png", "width, height");
        }
        return this;
    }

    List<Chunk> all() {
        return all;
    }

    @Nullable
    Chunk first(String type) {
        return all.stream()
                .filter(chunk -> chunk.type().equals(type))
                .findFirst()
                .orElse(null);
    }

    int width() {
        return ByteBuffer.wrap(all.get(0).data()).getInt(0);
    }

    int height() {
        return ByteBuffer.wrap(all.get(0).data()).getInt(4);
    }

    boolean isColour() {
        return (all.get(0).data()[9] & 2) != 0;
    }

    /** Where in the file the picture ends. */
    int end() {
        return end;
    }

    static void write(String type, byte[] data, OutputStream out) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        DataOutputStream chunk = new DataOutputStream(out);
        chunk.writeInt(data.length);
        chunk.write(name);
        chunk.write(data);
        chunk.writeInt((int) sum.getValue());
        chunk.flush();
    }
}
