package dev.gaon.gov.label;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Mp4LabelTest {

    private static final String SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    private static final AiLabel LABEL =
            AiLabel.of("solar-open2").withProvider("업스테이지").withAigc(true);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"vide, true, mp4, video", "vide, false, mp4, video", "soun, true, m4a, audio", "soun, false, m4a, audio"
    })
    void strangersReadTheMetadataAndOffsetsStayRight(String handler, boolean moovFirst, String kind, String media)
            throws Exception {
        byte[] given = MediaSamples.mp4(handler, moovFirst);
        Path out = folder.resolve("b." + kind);

        LabelReport report = LABEL.write(Samples.file(folder, "a." + kind, given), out);

        JsonNode seen = ExifTool.read(out);
        assertThat(seen.path("XMP:DigitalSourceType").asText()).isEqualTo(SOURCE_TYPE);
        assertThat(seen.path("XMP:Aigc").toString()).contains("업스테이지");
        assertThat(seen.path("ExifTool:Warning").isMissingNode()).isTrue();
        assertThat(report.kind()).isEqualTo(kind);
        assertThat(report.media()).isEqualTo(media);
        byte[] written = Files.readAllBytes(out);
        assertThat(Arrays.copyOf(written, given.length)).isEqualTo(given);
        assertThat(atTheOffset(written)).isEqualTo(MediaSamples.SAMPLES);
        assertThat(AiLabel.verify(out).marks()).isEqualTo(report.marks());
    }

    @Test
    void aVisibleMarkIsNeverClaimedForAVideo() throws Exception {
        Path in = Samples.file(folder, "a.mp4", MediaSamples.mp4("vide", true));

        LabelReport report = LABEL.write(in, folder.resolve("b.mp4"));

        assertThat(report.has(Reach.HUMAN)).isFalse();
        assertThat(report.finding("kr-export-deepfake").orElseThrow().verdict()).isEqualTo(Verdict.NOT_CHECKED);
        assertThat(report.finding("cn-gb-45438").orElseThrow().verdict()).isEqualTo(Verdict.NOT_CHECKED);
        assertThat(report.finding("eu-50-2").orElseThrow().verdict()).isEqualTo(Verdict.YES);
        assertThat(report.remarks()).anySatisfy(remark -> {
            assertThat(remark.en()).contains("frames were not looked at", "burnt in", "whole generated part");
            assertThat(remark.ko()).contains("화면은 보지 않았습니다");
        });
    }

    @Test
    void sizesUpToTheEndAndOf64BitsAreUnderstood() throws Exception {
        byte[] ftyp = MediaSamples.ftyp("isom");
        byte[] moov = MediaSamples.moov("vide", 0);
        byte[] mdat = MediaSamples.box("mdat", MediaSamples.SAMPLES.getBytes(ISO_8859_1));
        ByteBuffer.wrap(mdat).putInt(0, 0);
        byte[] wide = MediaSamples.wideBox("mdat", new byte[40]);
        Path out = folder.resolve("b.mp4");

        LABEL.write(Samples.file(folder, "a.mp4", MediaSamples.joined(ftyp, wide, moov, mdat)), out);

        assertThat(types(out)).containsExactly("ftyp", "mdat", "moov", "mdat", "uuid");
        assertThat(ExifTool.read(out).path("XMP:DigitalSourceType").asText()).isEqualTo(SOURCE_TYPE);
        byte[] written = Files.readAllBytes(out);
        int last = ftyp.length + wide.length + moov.length;
        assertThat(ByteBuffer.wrap(written).getInt(last)).isEqualTo(mdat.length);
        assertThat(new String(written, last + 8, MediaSamples.SAMPLES.length(), ISO_8859_1))
                .isEqualTo(MediaSamples.SAMPLES);
    }

    @Test
    void anotherPacketIsMergedAndItsPlaceKeptFree() throws Exception {
        byte[] xmp = ("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF"
                        + " xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\""
                        + " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" dc:format=\"video/mp4\"/></rdf:RDF></x:xmpmeta>")
                .getBytes(UTF_8);
        byte[] ftyp = MediaSamples.ftyp("isom");
        byte[] packet = Mp4.xmpBox(xmp);
        byte[] mdat = MediaSamples.box("mdat", MediaSamples.SAMPLES.getBytes(ISO_8859_1));
        byte[] moov = MediaSamples.moov("vide", ftyp.length + packet.length + 8);
        Path out = folder.resolve("b.mp4");

        LABEL.write(Samples.file(folder, "a.mp4", MediaSamples.joined(ftyp, packet, mdat, moov, packet)), out);

        assertThat(types(out)).containsExactly("ftyp", "free", "mdat", "moov", "uuid");
        JsonNode seen = ExifTool.read(out);
        assertThat(seen.path("XMP:Format").asText()).isEqualTo("video/mp4");
        assertThat(seen.path("XMP:DigitalSourceType").asText()).isEqualTo(SOURCE_TYPE);
        byte[] written = Files.readAllBytes(out);
        assertThat(atTheOffset(written)).isEqualTo(MediaSamples.SAMPLES);
        assertThat(new String(written, ISO_8859_1)).containsOnlyOnce("x:xmpmeta xmlns");
    }

    @Test
    void theIndexOfFragmentsStaysLast() throws Exception {
        byte[] given = MediaSamples.joined(
                MediaSamples.ftyp("iso5"),
                MediaSamples.moov("vide", 0),
                MediaSamples.box("moof", new byte[8]),
                MediaSamples.box("mdat", new byte[8]),
                MediaSamples.box("mfra", MediaSamples.box("mfro", new byte[8])));
        Path out = folder.resolve("b.mp4");

        LABEL.write(Samples.file(folder, "a.mp4", given), out);

        assertThat(types(out)).containsExactly("ftyp", "moov", "moof", "mdat", "uuid", "mfra");
    }

    @Test
    void whatFollowsTheLastBoxStaysBehindIt() throws Exception {
        byte[] given = MediaSamples.joined(MediaSamples.mp4("vide", true), "??? after the end".getBytes(ISO_8859_1));
        Path out = folder.resolve("b.mp4");

        LABEL.write(Samples.file(folder, "a.mp4", given), out);

        assertThat(new String(Files.readAllBytes(out), ISO_8859_1)).endsWith("??? after the end");
        assertThat(ExifTool.read(out).path("XMP:DigitalSourceType").asText()).isEqualTo(SOURCE_TYPE);
    }

    @Test
    void aLabelledFileIsCopiedAsItIs() throws Exception {
        Path once = folder.resolve("b.mp4");
        Path twice = folder.resolve("c.mp4");
        LABEL.write(Samples.file(folder, "a.mp4", MediaSamples.mp4("vide", true)), once);

        LabelReport report = LABEL.write(once, twice);

        assertThat(report.alreadyLabelled()).isTrue();
        assertThat(twice).hasSameBinaryContentAs(once);
        LABEL.withGenerator("other").withSourceType(SOURCE_TYPE).write(once, folder.resolve("d.mp4"));
        assertThat(types(folder.resolve("d.mp4"))).containsOnlyOnce("uuid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vide", "soun"})
    void aStartSoundIsRefusedNotForgotten(String handler) throws Exception {
        AiLabel audible = LABEL.withStartSound(Samples.file(folder, "s.wav", MediaSamples.wav(8000, 16, 1, 0.5)));
        Path in = Samples.file(folder, "a.mp4", MediaSamples.mp4(handler, true));

        assertThatThrownBy(() -> audible.write(in, folder.resolve("b.mp4")))
                .isInstanceOfSatisfying(
                        LabelException.class, e -> assertThat(e.kind()).isEqualTo("unsupported"));
        assertThat(folder.resolve("b.mp4")).doesNotExist();
    }

    @Test
    void oddFilesAreRefused() throws Exception {
        byte[] ftyp = MediaSamples.ftyp("isom");
        byte[] moov = MediaSamples.moov("vide", 0);
        byte[] mdat = MediaSamples.box("mdat", new byte[8]);
        refused(MediaSamples.joined(ftyp, moov), "damaged");
        refused(MediaSamples.joined(ftyp, mdat), "damaged");
        refused(MediaSamples.joined(ftyp, moov, moov, mdat), "damaged");
        refused(MediaSamples.joined(ftyp, moov, mdat, Arrays.copyOf(mdat, 12)), "damaged");
        byte[] endless = MediaSamples.wideBox("mdat", new byte[8]);
        ByteBuffer.wrap(endless).putLong(8, Long.MAX_VALUE);
        refused(MediaSamples.joined(ftyp, moov, endless), "damaged");
        ByteBuffer.wrap(endless).putLong(8, -1);
        refused(MediaSamples.joined(ftyp, moov, endless), "damaged");
        ByteBuffer.wrap(endless).putLong(8, 9);
        refused(MediaSamples.joined(ftyp, moov, endless), "damaged");
        byte[] burst = moov.clone();
        ByteBuffer.wrap(burst).putInt(116, 9999); // the track says it is longer than what holds it
        refused(MediaSamples.joined(ftyp, burst, mdat), "damaged");
        byte[] picture = MediaSamples.joined(MediaSamples.ftyp("heic"), moov, mdat);
        refused(picture, "unknown-format");
    }

    @Test
    void countlessBoxesAreRefusedSoon() throws Exception {
        byte[] frees = new byte[8 * 200_001];
        for (int at = 0; at < frees.length; at += 8) {
            System.arraycopy(MediaSamples.box("free"), 0, frees, at, 8);
        }
        refused(MediaSamples.joined(MediaSamples.ftyp("isom"), frees), "damaged");
    }

    private void refused(byte[] given, String kind) throws IOException {
        Path in = Samples.file(folder, "a.mp4", given);
        assertThatThrownBy(() -> LABEL.write(in, folder.resolve("b.mp4")))
                .isInstanceOfSatisfying(
                        LabelException.class, e -> assertThat(e.kind()).isEqualTo(kind));
        assertThat(folder.resolve("b.mp4")).doesNotExist();
    }

    private static List<String> types(Path file) throws IOException {
        try (MediaFile media = MediaFile.open(Source.of(file), "mp4")) {
            return Mp4.of(media).boxes().stream().map(Mp4.Box::type).toList();
        }
    }

    /** What the one entry of {@code stco} points at. */
    private static String atTheOffset(byte[] file) {
        int stco = new String(file, ISO_8859_1).indexOf("stco");
        int offset = ByteBuffer.wrap(file).getInt(stco + 12);
        return new String(file, offset, MediaSamples.SAMPLES.length(), ISO_8859_1);
    }
}
