package dev.gaon.gov.label;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are: an exception of ours with nothing left behind, or an output whose marks were read back. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HostileMediaTest {

    private static final AiLabel LABEL = AiLabel.of("solar-open2").withAigc(true);

    @TempDir
    Path folder;

    private Path in;
    private Path out;

    @BeforeEach
    void names() {
        in = folder.resolve("in.bin");
        out = folder.resolve("out.bin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wav", "mp3", "mp4", "m4a"})
    void everyPrefix(String kind) throws Exception {
        byte[] sample = sample(kind);
        int refused = 0;
        for (int length = 0; length < sample.length; length++) {
            refused += outcome(Arrays.copyOf(sample, length), length) ? 0 : 1;
        }
        assertThat(refused).as("prefixes refused").isGreaterThan(sample.length / 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wav", "mp3", "mp4", "m4a"})
    void everyFlippedByte(String kind) throws Exception {
        byte[] sample = sample(kind);
        int written = 0;
        for (int at = 0; at < sample.length; at++) {
            byte[] changed = sample.clone();
            changed[at] ^= (byte) (at % 2 == 0 ? 0xff : 1 << at / 2 % 8);
            written += outcome(changed, at) ? 1 : 0;
        }
        assertThat(written).as("flips labelled").isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wav", "mp3", "mp4"})
    void flippedBytesAndPrefixesOfALabelledFile(String kind) throws Exception {
        Path labelled = folder.resolve("labelled." + kind);
        LABEL.write(Samples.file(folder, "given." + kind, sample(kind)), labelled);
        byte[] sample = Files.readAllBytes(labelled);
        for (int at = 0; at < sample.length; at += 5) {
            byte[] changed = sample.clone();
            changed[at] ^= (byte) (1 << at % 8);
            read(changed, at);
            read(Arrays.copyOf(sample, at), at);
        }
    }

    @Test
    void aHugeFileIsRefusedBeforeItIsRead() throws Exception {
        sparse(MediaSamples.mp4("vide", true), Source.MAX_BYTES + 1);

        assertThatThrownBy(() -> LABEL.write(in, out))
                .isInstanceOfSatisfying(
                        LabelException.class, e -> assertThat(e.kind()).isEqualTo("too-large"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wav", "mp3", "mp4"})
    void aLargeFileIsNotHeldInMemory(String kind) throws Exception {
        int size = 96 << 20;
        byte[] head = sample(kind);
        if (kind.equals("wav")) {
            head = MediaSamples.riff(Wav.chunk("fmt ", MediaSamples.format(1)), Wav.chunk("data", new byte[0]));
            ByteBuffer.wrap(head)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(4, size - 8)
                    .putInt(40, size - 44);
        } else if (kind.equals("mp4")) {
            int start = head.length - MediaSamples.SAMPLES.length() - 8;
            ByteBuffer.wrap(head).putInt(start, size - start);
        }
        sparse(head, size);
        LABEL.find(Samples.file(folder, "warm." + kind, sample(kind)));
        long before = ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();

        LabelReport report = LABEL.write(in, out);

        long after = ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
        assertThat(report.labelled()).isTrue();
        assertThat(after - before).as("bytes allocated").isLessThan(16 << 20);
        assertThat(Files.size(out)).isBetween((long) size, size + 8192L);
    }

    private void sparse(byte[] head, long size) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(in.toFile(), "rw")) {
            file.write(head);
            file.setLength(size);
        }
    }

    private static byte[] sample(String kind) {
        byte[] samples = new byte[9];
        Arrays.fill(samples, (byte) 0x55);
        return switch (kind) {
            case "wav" ->
                MediaSamples.riff(
                        Wav.chunk("fmt ", MediaSamples.format(1)),
                        Wav.chunk("LIST", MediaSamples.joined("INFO".getBytes(US_ASCII), Wav.chunk("INAM", samples))),
                        Wav.chunk("data", samples));
            case "mp3" ->
                MediaSamples.joined(
                        new byte[] {
                            'I', 'D', '3', 4, 0, 0, 0, 0, 0, 23, 'T', 'I', 'T', '2', 0, 0, 0, 3, 0, 0, 3, 'h', 'i'
                        },
                        new byte[10],
                        MediaSamples.mp3(0xffe318c4, 72, 2, 3));
            case "mp4" -> MediaSamples.mp4("vide", true);
            default -> MediaSamples.mp4("soun", false);
        };
    }

    /** Whether it was labelled. */
    private boolean outcome(byte[] bytes, int at) throws IOException {
        Files.write(in, bytes);
        Files.deleteIfExists(out);
        boolean labelled = false;
        try {
            LabelReport report = LABEL.write(in, out);
            assertThat(report.labelled()).as("case %d", at).isTrue();
            assertThat(AiLabel.verify(out).marks()).as("case %d", at).isEqualTo(report.marks());
            labelled = true;
        } catch (LabelException e) {
            assertThat(out).as("case %d: %s", at, e).doesNotExist();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("case " + at, e);
        }
        assertThat(Files.readAllBytes(in)).as("case %d", at).isEqualTo(bytes);
        assertThat(left()).as("case %d", at).allMatch(name -> !name.endsWith(".part"));
        return labelled;
    }

    private void read(byte[] bytes, int at) throws IOException {
        Files.write(in, bytes);
        try {
            AiLabel.verify(in);
        } catch (LabelException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("case " + at, e);
        }
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }
}
