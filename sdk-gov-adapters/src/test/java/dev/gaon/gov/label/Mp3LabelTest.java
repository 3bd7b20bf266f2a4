package dev.gaon.gov.label;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.label.LabelReport.Reach;
import dev.gaon.gov.label.LabelReport.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Mp3LabelTest {

    private static final String SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    private static final AiLabel LABEL =
            AiLabel.of("solar-open2").withProvider("업스테이지").withAigc(true);

    private static final byte[] SOUND = MediaSamples.mp3(5);

    @TempDir
    Path folder;

    @Test
    void strangersReadTheMetadata() throws Exception {
        Path out = folder.resolve("b.mp3");

        LabelReport report = LABEL.write(Samples.file(folder, "a.mp3", SOUND), out);

        JsonNode seen = ExifTool.read(out);
        assertThat(seen.path("File:FileType").asText()).isEqualTo("MP3");
        assertThat(seen.path("XMP:DigitalSourceType").asText()).isEqualTo(SOURCE_TYPE);
        assertThat(seen.path("XMP:Aigc").toString()).contains("업스테이지");
        assertThat(seen.path("ID3:UserDefinedText").asText())
                .startsWith("(AIGC)")
                .contains("업스테이지");
        assertThat(seen.path("ID3:Comment-kor").asText()).contains("AI가 생성한 음성입니다.");
        assertThat(seen.path("MPEG:SampleRate").asInt()).isEqualTo(44_100);
        assertThat(sound(out)).isEqualTo(SOUND);
        assertThat(report.kind()).isEqualTo("mp3");
        assertThat(report.has(Reach.HUMAN)).isFalse();
        assertThat(report.finding("kr-export-deepfake").orElseThrow().verdict()).isEqualTo(Verdict.NO);
        assertThat(report.finding("eu-50-2").orElseThrow().verdict()).isEqualTo(Verdict.YES);
        assertThat(AiLabel.verify(out).marks()).isEqualTo(report.marks());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void theOtherFramesOfATagStayAsTheyAre(int version) throws Exception {
        byte[] title = text(version, "노래");
        byte[] picture = frame(version, "APIC", 0, "\0image/png\0\3\0pixels".getBytes(ISO_8859_1));
        byte[] comment = frame(version, "COMM", 0, "\0engtheirs\0kept".getBytes(ISO_8859_1));
        byte[] given = MediaSamples.joined(tag(version, 0, title, picture, comment, new byte[300]), SOUND);
        Path out = folder.resolve("b.mp3");

        LABEL.write(Samples.file(folder, "a.mp3", given), out);

        JsonNode seen = ExifTool.read(out);
        assertThat(seen.path("ID3:Title").asText()).isEqualTo("노래");
        assertThat(seen.path("ID3:Comment").asText()).isEqualTo("(theirs) kept");
        assertThat(seen.path("ID3:Comment-kor").asText()).contains("AI가 생성한 음성입니다.");
        assertThat(seen.path("XMP:DigitalSourceType").asText()).isEqualTo(SOURCE_TYPE);
        byte[] bytes = Files.readAllBytes(out);
        assertThat(bytes[3]).isEqualTo((byte) version);
        assertThat(new String(bytes, ISO_8859_1)).contains(new String(picture, ISO_8859_1));
        assertThat(sound(out)).isEqualTo(SOUND);
    }

    @Test
    void stuffedBytesOfVersion3AreKeptUnstuffed() throws Exception {
        byte[] plain = frame(3, "APIC", 0, new byte[] {0, 'x', 0, 3, 0, (byte) 0xff, (byte) 0xe0, (byte) 0xff, 0});
        byte[] stuffed = new String(plain, ISO_8859_1)
                .replace("\u00ff\0", "\u00ff\0\0")
                .replace("\u00ff\u00e0", "\u00ff\0\u00e0")
                .getBytes(ISO_8859_1);
        Path out = folder.resolve("b.mp3");

        LABEL.write(Samples.file(folder, "a.mp3", MediaSamples.joined(tag(3, 0x80, stuffed), SOUND)), out);

        byte[] bytes = Files.readAllBytes(out);
        assertThat(bytes[5]).isZero();
        assertThat(new String(bytes, ISO_8859_1)).contains(new String(plain, ISO_8859_1));
    }

    @Test
    void stuffedFramesOfVersion4StayStuffedAndSaySo() throws Exception {
        byte[] picture = frame(4, "APIC", 0, new byte[] {0, 'x', 0, 3, 0, (byte) 0xff, 0, (byte) 0xe0});
        Path out = folder.resolve("b.mp3");

        LABEL.write(Samples.file(folder, "a.mp3", MediaSamples.joined(tag(4, 0x80, picture), SOUND)), out);

        byte[] flagged = picture.clone();
        flagged[9] = Id3Frame.STUFFED;
        assertThat(new String(Files.readAllBytes(out), ISO_8859_1)).contains(new String(flagged, ISO_8859_1));
    }

    @Test
    void headsExtensionsAndFootersAreUnderstood() throws Exception {
        byte[] extended = {0, 0, 0, 6, 1, 0};
        byte[] tag = tag(4, 0x50, extended, text(4, "kept"));
        byte[] footer = tag.clone();
        System.arraycopy("3DI".getBytes(ISO_8859_1), 0, footer, 0, 3);
        byte[] given = MediaSamples.joined(tag, Arrays.copyOf(footer, 10), SOUND);
        Path out = folder.resolve("b.mp3");

        LABEL.write(Samples.file(folder, "a.mp3", given), out);

        assertThat(ExifTool.read(out).path("ID3:Title").asText()).isEqualTo("kept");
        assertThat(sound(out)).isEqualTo(SOUND);
    }

    @Test
    void sizesInFullBytesAreUnderstood() throws Exception {
        byte[] given = frame(3, "TIT2", 0, ("\3" + "long ".repeat(100)).getBytes(UTF_8));
        Path out = folder.resolve("b.mp3");

        LABEL.write(
                Samples.file(
                        folder,
                        "a.mp3",
                        MediaSamples.joined(tag(4, 0, given, frame(4, "TALB", 0, "\0x".getBytes(UTF_8))), SOUND)),
                out);

        assertThat(ExifTool.read(out).path("ID3:Title").asText()).startsWith("long long");
    }

    @Test
    void othersTagsAtTheEndStay() throws Exception {
        byte[] old = new byte[128];
        System.arraycopy("TAGtheirs".getBytes(ISO_8859_1), 0, old, 0, 9);
        Path out = folder.resolve("b.mp3");

        LABEL.write(Samples.file(folder, "a.mp3", MediaSamples.joined(SOUND, old)), out);

        assertThat(sound(out)).isEqualTo(MediaSamples.joined(SOUND, old));
    }

    @Test
    void aLabelledFileIsCopiedAsItIs() throws Exception {
        Path once = folder.resolve("b.mp3");
        Path twice = folder.resolve("c.mp3");
        LABEL.write(Samples.file(folder, "a.mp3", SOUND), once);

        LabelReport report = LABEL.write(once, twice);

        assertThat(report.alreadyLabelled()).isTrue();
        assertThat(twice).hasSameBinaryContentAs(once);
    }

    @Test
    void theSourceTypeThatOthersWroteIsFound() throws Exception {
        byte[] type = frame(4, "TXXX", 0, ("\3DigitalSourceType\0" + SOURCE_TYPE).getBytes(UTF_8));
        byte[] latin = frame(4, "TXXX", 0, "\0AIGC\0{\"Label\":\"2\"}".getBytes(ISO_8859_1));
        byte[] wide = frame(
                4,
                "TXXX",
                0,
                MediaSamples.joined(new byte[] {1}, "\ufeffAIGC\0\ufeff{\"Label\":\"1\"}".getBytes(UTF_16LE)));
        Path in = Samples.file(folder, "a.mp3", MediaSamples.joined(tag(4, 0, type, latin, wide), SOUND));

        assertThat(AiLabel.verify(in).marks())
                .extracting(LabelReport.Mark::standard)
                .containsExactly("digital-source-type", "aigc", "aigc");
        assertThat(AiLabel.of().write(in, folder.resolve("b.mp3")).alreadyLabelled())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Info"})
    void theFramesOfAStartSoundGoBeforeTheOthers(String remarks) throws Exception {
        byte[] start = MediaSamples.mp3(0xfffb9044, 417, 20, 9);
        byte[] given = remarks.isEmpty() ? SOUND : MediaSamples.joined(MediaSamples.remarks(remarks), SOUND);
        byte[] spoken =
                MediaSamples.joined(tag(4, 0, text(4, "label")), MediaSamples.remarks("Info"), start, new byte[128]);
        Path sound = Samples.file(folder, "s.mp3", spoken);
        Path out = folder.resolve("b.mp3");

        LabelReport report = LABEL.withStartSound(sound)
                .write(Samples.file(folder, "a.mp3", MediaSamples.joined(tag(4, 0), given)), out);

        assertThat(sound(out)).isEqualTo(MediaSamples.joined(start, SOUND));
        assertThat(report.marks())
                .anySatisfy(
                        mark -> assertThat(mark.standard() + " " + mark.place()).isEqualTo("sound first 20 frames"));
        assertThat(report.finding("kr-export-deepfake").orElseThrow().verdict()).isEqualTo(Verdict.YES);
        assertThat(report.finding("cn-gb-45438").orElseThrow().verdict()).isEqualTo(Verdict.YES);
        assertThat(report.remarks())
                .anySatisfy(remark -> assertThat(remark.en()).contains("not listened to"));
        assertThat(AiLabel.verify(out).marks()).isEqualTo(report.marks());
        assertThat(ExifTool.read(out).path("MPEG:SampleRate").asInt()).isEqualTo(44_100);
        assertThat(LABEL.withStartSound(sound)
                        .write(out, folder.resolve("c.mp3"))
                        .alreadyLabelled())
                .isTrue();
    }

    @Test
    void theMetadataOfAnotherSoundProveNothing() throws Exception {
        Path sound = Samples.file(folder, "s.mp3", MediaSamples.mp3(20));
        Path out = folder.resolve("b.mp3");
        LABEL.withStartSound(sound).write(Samples.file(folder, "a.mp3", SOUND), out);
        byte[] changed = Files.readAllBytes(out);
        changed[changed.length - SOUND.length - 100] ^= 1;

        LabelReport report = AiLabel.verify(Samples.file(folder, "c.mp3", changed));

        assertThat(report.has(Reach.HUMAN)).isFalse();
        assertThat(report.remarks())
                .anySatisfy(remark -> assertThat(remark.en()).contains("not at the start"));
    }

    @Test
    void aStartSoundThatDoesNotFitIsRefusedWithWhatItMustBe() throws Exception {
        String wanted = "MP3, MPEG-1, 44100 Hz, 2 ch, 128 kbit/s";
        unfit(MediaSamples.wav(44_100, 16, 2, 0.5), "is no MP3", wanted);
        unfit(MediaSamples.mp3(0xfffb90c4, 417, 20, 1), "has another format (MP3, MPEG-1, 44100 Hz, 1 ch", wanted);
        unfit(MediaSamples.mp3(0xfffb9444, 384, 20, 1), "has another format (MP3, MPEG-1, 48000 Hz", wanted);
        unfit(MediaSamples.mp3(0xfffb5044, 208, 40, 1), "has another format (MP3, MPEG-1, 44100 Hz, 2 ch, 64", wanted);
        unfit(MediaSamples.joined(MediaSamples.mp3(20), MediaSamples.mp3(0xfffb5044, 208, 20, 1)), ", VBR)", wanted);
        unfit(MediaSamples.mp3(5), "too short", wanted);
        unfit(MediaSamples.mp3(2300), "too long", wanted);
        byte[] silent = MediaSamples.mp3(20);
        for (int at = 0; at < silent.length; at += 417) {
            Arrays.fill(silent, at + 4, at + 36, (byte) 0);
        }
        unfit(silent, "silent", wanted);
        unfit(Arrays.copyOfRange(MediaSamples.mp3(21), 417, 21 * 417), "was cut out", wanted);
    }

    private void unfit(byte[] sound, String en, String wanted) throws IOException {
        AiLabel audible = LABEL.withStartSound(Samples.file(folder, "s.mp3", sound));
        Path in = Samples.file(folder, "a.mp3", SOUND);
        assertThatThrownBy(() -> audible.write(in, folder.resolve("b.mp3")))
                .isInstanceOf(LabelException.class)
                .hasMessageContaining(en)
                .hasMessageContaining(wanted);
        assertThat(folder.resolve("b.mp3")).doesNotExist();
    }

    @Test
    void contentThatCannotStandBehindAnotherIsRefused() throws Exception {
        AiLabel audible = LABEL.withStartSound(Samples.file(folder, "s.mp3", MediaSamples.mp3(20)));
        byte[] varies = MediaSamples.joined(MediaSamples.remarks("Xing"), SOUND);
        byte[] cut = Arrays.copyOfRange(SOUND, 417, SOUND.length);
        for (byte[] given : List.of(varies, cut)) {
            Path in = Samples.file(folder, "a.mp3", given);

            assertThatThrownBy(() -> audible.write(in, folder.resolve("b.mp3")))
                    .isInstanceOfSatisfying(
                            LabelException.class, e -> assertThat(e.kind()).isEqualTo("unsupported"));
            assertThat(audible.withVisible(false)
                            .write(in, folder.resolve("b.mp3"))
                            .labelled())
                    .isTrue();
        }
    }

    @Test
    void oddFilesAreRefused() throws Exception {
        refused(tag(4, 0, text(4, "no sound")), "damaged");
        refused(MediaSamples.joined(tag(2, 0, new byte[20]), SOUND), "unsupported");
        refused(MediaSamples.joined(tag(4, 0, "TIT2\0\0\0\u007f\0\0x".getBytes(ISO_8859_1)), SOUND), "damaged");
        refused(MediaSamples.joined(tag(4, 0, new byte[9], "x".getBytes(ISO_8859_1), new byte[9]), SOUND), "damaged");
        refused(Arrays.copyOf(tag(4, 0, new byte[500]), 400), "damaged");
        byte[][] countless = new byte[10_001][];
        Arrays.fill(countless, frame(4, "TXXX", 0, new byte[1]));
        refused(MediaSamples.joined(tag(4, 0, countless), SOUND), "damaged");
        refused(MediaSamples.joined(tag(4, 0x40, new byte[] {0, 0, 9, 9, 0, 0}), SOUND), "damaged");
    }

    private void refused(byte[] given, String kind) throws IOException {
        Path in = Samples.file(folder, "a.mp3", given);
        assertThatThrownBy(() -> LABEL.write(in, folder.resolve("b.mp3")))
                .isInstanceOfSatisfying(
                        LabelException.class, e -> assertThat(e.kind()).isEqualTo(kind));
        assertThat(folder.resolve("b.mp3")).doesNotExist();
    }

    private static byte[] text(int version, String text) {
        return version == 4
                ? frame(4, "TIT2", 0, ("\3" + text).getBytes(UTF_8))
                : frame(3, "TIT2", 0, MediaSamples.joined(new byte[] {1}, ("\ufeff" + text).getBytes(UTF_16LE)));
    }

    private static byte[] frame(int version, String id, int flags, byte[] content) {
        int size = content.length;
        return ByteBuffer.allocate(10 + size)
                .put(id.getBytes(ISO_8859_1))
                .putInt(version == 4 ? size & 0x7f | (size & 0x3f80) << 1 : size)
                .putShort((short) flags)
                .put(content)
                .array();
    }

    private static byte[] tag(int version, int flags, byte[]... frames) {
        byte[] body = MediaSamples.joined(frames);
        return ByteBuffer.allocate(10 + body.length)
                .put(new byte[] {'I', 'D', '3', (byte) version, 0, (byte) flags})
                .putInt(body.length & 0x7f | (body.length & 0x3f80) << 1 | (body.length & 0x1f_c000) << 2)
                .put(body)
                .array();
    }

    /** What follows the tag. */
    private static byte[] sound(Path mp3) throws IOException {
        byte[] bytes = Files.readAllBytes(mp3);
        int length = (bytes[6] << 21) + (bytes[7] << 14) + (bytes[8] << 7) + bytes[9];
        return Arrays.copyOfRange(bytes, 10 + length, bytes.length);
    }
}
