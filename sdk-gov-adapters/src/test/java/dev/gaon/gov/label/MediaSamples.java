package dev.gaon.gov.label;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Sound and video, made when needed: WAV by the JDK, the others box by box and frame by frame. */
final class MediaSamples {

    /** The bytes in the {@code mdat} box of {@link #mp4}, at which its chunk offset points. */
    static final String SAMPLES = "the coded samples";

    private MediaSamples() {}

    /** A tone, as the JDK's own writer stores it. */
    static byte[] wav(int rate, int bits, int channels, double seconds) throws IOException {
        int frames = (int) (rate * seconds);
        ByteBuffer data = ByteBuffer.allocate(frames * channels * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames * channels; i++) {
            long value = Math.round(Math.sin(i * 0.3) * 0.5 * (1L << bits - 1));
            for (int b = 0; b < bits / 8; b++) {
                data.put((byte) (value + (bits == 8 ? 128 : 0) >> 8 * b));
            }
        }
        AudioFormat format = new AudioFormat(rate, bits, channels, bits > 8, false);
        AudioInputStream sound = new AudioInputStream(new ByteArrayInputStream(data.array()), format, frames);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AudioSystem.write(sound, AudioFileFormat.Type.WAVE, out);
        return out.toByteArray();
    }

    static byte[] riff(byte[]... chunks) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("WAVE".getBytes(ISO_8859_1));
        for (byte[] chunk : chunks) {
            body.writeBytes(chunk);
        }
        return Wav.chunk("RIFF", body.toByteArray());
    }

    /** The content of {@code fmt} for sixteen bits at 8 kHz, one channel. */
    static byte[] format(int coding) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) coding)
                .putShort((short) 1)
                .putInt(8000)
                .putInt(16_000)
                .putShort((short) 2)
                .putShort((short) 16)
                .array();
    }

    /** Frames of MPEG 1, layer III, 128 kbit/s at 44.1 kHz, in stereo, without a tag. */
    static byte[] mp3(int frames) {
        return mp3(0xfffb9044, 417, frames, 3);
    }

    /** The frames hold noise, of which no byte looks like the head of another; the first borrows from none. */
    static byte[] mp3(int head, int length, int frames, int seed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Random random = new Random(seed);
        for (int i = 0; i < frames; i++) {
            byte[] frame = new byte[length];
            random.nextBytes(frame);
            ByteBuffer.wrap(frame).putInt(head).put((byte) (i == 0 ? 0 : 1));
            for (int at = 5; at < frame.length; at++) {
                frame[at] &= 0x7f;
            }
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }

    /** A frame in which an encoder says how many follow. */
    static byte[] remarks(String name) {
        byte[] frame = new byte[417];
        ByteBuffer.wrap(frame).putInt(0xfffb9044).put(36, name.getBytes(ISO_8859_1));
        return frame;
    }

    static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }

    static byte[] box(String type, byte[]... contents) {
        byte[] content = joined(contents);
        return ByteBuffer.allocate(8 + content.length)
                .putInt(8 + content.length)
                .put(type.getBytes(ISO_8859_1))
                .put(content)
                .array();
    }

    static byte[] wideBox(String type, byte[] content) {
        return ByteBuffer.allocate(16 + content.length)
                .putInt(1)
                .put(type.getBytes(ISO_8859_1))
                .putLong(16 + content.length)
                .put(content)
                .array();
    }

    static byte[] ftyp(String brand) {
        return box("ftyp", (brand + "\0\0\2\0isommp42").getBytes(ISO_8859_1));
    }

    /** With one track, {@code vide} or {@code soun}, whose one chunk is at {@code offset}. */
    static byte[] moov(String handler, int offset) {
        ByteBuffer mvhd =
                ByteBuffer.allocate(100).putInt(12, 1000).putInt(16, 1000).putInt(20, 0x10000);
        byte[] hdlr = ("\0\0\0\0\0\0\0\0" + handler + "\0".repeat(13)).getBytes(ISO_8859_1);
        ByteBuffer stco = ByteBuffer.allocate(12).putInt(4, 1).putInt(8, offset);
        byte[] stbl = box("stbl", box("stco", stco.array()));
        byte[] track = box("trak", box("mdia", box("hdlr", hdlr), box("minf", stbl)));
        return box("moov", box("mvhd", mvhd.array()), track);
    }

    /** @param moovFirst as in files that play while they load */
    static byte[] mp4(String handler, boolean moovFirst) {
        byte[] ftyp = ftyp(handler.equals("soun") ? "M4A " : "isom");
        byte[] mdat = box("mdat", SAMPLES.getBytes(ISO_8859_1));
        int length = moov(handler, 0).length;
        return moovFirst
                ? joined(ftyp, moov(handler, ftyp.length + length + 8), mdat)
                : joined(ftyp, mdat, moov(handler, ftyp.length + 8));
    }
}
