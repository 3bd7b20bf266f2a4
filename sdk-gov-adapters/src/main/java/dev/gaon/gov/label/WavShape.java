package dev.gaon.gov.label;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How samples are stored. Two sounds of an equal shape can follow each other sample by sample.
 *
 * @param coding 1 for whole numbers, 3 for floating point; others are not looked into
 * @param block bytes of one sample of all channels
 * @param meant how many of the bits carry sound
 * @param places of the loudspeakers; 0 where they are the usual ones
 */
record WavShape(int coding, int channels, long rate, int bits, int block, int meant, int places) {

    private static final int EXTENSIBLE = 0xfffe;

    static WavShape of(MediaFile file, Wav.Chunk format) throws IOException {
        if (format.length() < 16 || format.length() > 4096) {
            throw file.damaged("fmt");
        }
        ByteBuffer in = file.read(format.at(), (int) format.length()).order(ByteOrder.LITTLE_ENDIAN);
        int coding = in.getShort(0) & 0xffff;
        int channels = in.getShort(2) & 0xffff;
        long rate = in.getInt(4) & 0xffff_ffffL;
        int block = in.getShort(12) & 0xffff;
        int bits = in.getShort(14) & 0xffff;
        int meant = bits;
        int places = 0;
        if (coding == EXTENSIBLE && in.limit() >= 40) {
            meant = in.getShort(18) == 0 ? bits : in.getShort(18) & 0xffff;
            places = channels > 2 ? in.getInt(20) : 0;
            // The coding's id: its number, then fourteen bytes that all such ids share.
            boolean known = in.getLong(24) >>> 16 == 0x0010_0000_0000L && in.getLong(32) == 0x719b_3800_aa00_0080L;
            coding = known ? in.getShort(24) & 0xffff : coding;
        }
        if (channels == 0 || rate == 0 || block == 0) {
            throw file.damaged("fmt");
        }
        return new WavShape(coding, channels, rate, bits, block, meant, places);
    }

    /** Whether its samples are plain numbers that can be measured. */
    boolean isPlain() {
        boolean size = coding == 1 ? bits >= 8 && bits <= 32 : coding == 3 && (bits == 32 || bits == 64);
        return size && bits % 8 == 0 && block == channels * bits / 8;
    }

    double seconds(long bytes) {
        return bytes / (double) block / rate;
    }

    /** One sample, 1 being full scale. */
    double sample(ByteBuffer bytes, int at) {
        double value = switch (coding * 100 + bits) {
            case 108 -> ((bytes.get(at) & 0xff) - 128) / 128.0;
            case 116 -> bytes.getShort(at) / 0x1p15;
            case 124 -> (bytes.get(at + 2) << 16 | bytes.getShort(at) & 0xffff) / 0x1p23;
            case 132 -> bytes.getInt(at) / 0x1p31;
            case 332 -> bytes.getFloat(at);
            default -> bytes.getDouble(at);
        };
        return Double.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0;
    }

    /** As a person would ask an editor for it. */
    String inWords() {
        String name = coding == 1 ? "PCM" : coding == 3 ? "IEEE float" : "codec 0x" + Integer.toHexString(coding);
        return name + ", " + rate + " Hz, " + channels + " ch, " + bits + " bit";
    }
}
