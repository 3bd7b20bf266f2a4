package dev.gaon.gov.label;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The head of one frame of MPEG sound, layer III.
 *
 * @param version 1, 2 or 25 for 2.5
 * @param side where, from the frame's start, the side information begins
 * @param length of the frame in bytes, head and padding included
 */
record Mp3Frame(int version, int rate, int kbits, boolean mono, int side, int length) {

    private static final int[] KBITS_1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] KBITS_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] RATES = {44_100, 48_000, 32_000};

    /** Null if the four bytes are none, or one of a free bit rate, whose length they do not tell. */
    static @Nullable Mp3Frame of(int head) {
        int version = switch (head >> 19 & 3) {
            case 3 -> 1;
            case 2 -> 2;
            case 0 -> 25;
            default -> 0;
        };
        int kbits = head >> 12 & 15;
        int rate = head >> 10 & 3;
        if (head >>> 21 != 0x7ff || version == 0 || (head >> 17 & 3) != 1 || kbits == 0 || kbits == 15 || rate == 3) {
            return null;
        }
        int bits = version == 1 ? KBITS_1[kbits] : KBITS_2[kbits];
        int hertz = RATES[rate] / (version == 1 ? 1 : version == 2 ? 2 : 4);
        int bytes = (version == 1 ? 144_000 : 72_000) * bits / hertz + (head >> 9 & 1);
        boolean summed = (head >> 16 & 1) == 0;
        return new Mp3Frame(version, hertz, bits, (head >> 6 & 3) == 3, summed ? 6 : 4, bytes);
    }

    /** Whether both can be in one stream. */
    boolean suits(Mp3Frame other) {
        return version == other.version && rate == other.rate && mono == other.mono;
    }

    double seconds() {
        return (version == 1 ? 1152 : 576) / (double) rate;
    }

    /** How much of the side information comes before what differs from one kind of frame to the next. */
    int sideLength() {
        return version == 1 ? (mono ? 17 : 32) : mono ? 9 : 17;
    }

    /** How many bytes of frames before it a frame borrows, by its first 40 bytes. */
    int borrowed(ByteBuffer frame) {
        return version == 1 ? bits(frame, 8 * side, 9) : bits(frame, 8 * side, 8);
    }

    /** Whether a frame codes anything but silence, by its first 40 bytes. */
    boolean sounds(ByteBuffer frame) {
        int at = 8 * side + (version == 1 ? (mono ? 18 : 20) : mono ? 9 : 10);
        int each = version == 1 ? 59 : 63;
        int count = (version == 1 ? 2 : 1) * (mono ? 1 : 2);
        for (int i = 0; i < count; i++) {
            if (bits(frame, at + i * each, 12) != 0) {
                return true;
            }
        }
        return false;
    }

    private static int bits(ByteBuffer bytes, int at, int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            value = value << 1 | bytes.get(i / 8) >> 7 - i % 8 & 1;
        }
        return value;
    }

    /** As a person would ask an editor for it. */
    String inWords() {
        String name = version == 25 ? "MPEG-2.5" : "MPEG-" + version;
        return "MP3, " + name + ", " + rate + " Hz, " + (mono ? 1 : 2) + " ch, " + kbits + " kbit/s";
    }
}
