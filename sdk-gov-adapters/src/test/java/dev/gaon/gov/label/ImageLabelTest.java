package dev.gaon.gov.label;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.xmp.XmpDirectory;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.label.LabelReport.Reach;
import dev.gaon.gov.label.LabelReport.Verdict;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLabelTest {

    private static final String SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    private static final AiLabel LABEL =
            AiLabel.of("solar-open2").withProvider("업스테이지").withRecordId("r-1").withAigc(true);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void strangersReadTheMetadata(String format) throws Exception {
        Path in = Samples.file(folder, "a." + format, sample(format));
        Path out = folder.resolve("b." + format);

        LabelReport report = LABEL.write(in, out);

        assertThat(report.kind()).isEqualTo(format);
        assertThat(report.marks()).extracting(LabelReport.Mark::reach).contains(Reach.HUMAN, Reach.MACHINE);
        JsonNode seen = ExifTool.read(out);
        assertThat(seen.path("XMP:DigitalSourceType").asText()).isEqualTo(SOURCE_TYPE);
        assertThat(seen.path("XMP:Aigc").asText()).contains("업스테이지", "r-1");
        Metadata metadata = ImageMetadataReader.readMetadata(out.toFile());
        assertThat(metadata.getFirstDirectoryOfType(XmpDirectory.class).getXmpProperties())
                .containsEntry("Iptc4xmpExt:DigitalSourceType", SOURCE_TYPE)
                .hasEntrySatisfying("TC260:AIGC", json -> assertThat(json).contains("\"Label\":\"1\""));
        assertThat(AiLabel.verify(out).marks()).isEqualTo(report.marks());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void metadataAloneLeavesEveryPixelAlone(String format) throws Exception {
        byte[] given = sample(format);
        Path in = Samples.file(folder, "a." + format, given);
        Path out = folder.resolve("b." + format);

        LabelReport report = LABEL.withVisible(false).write(in, out);

        assertThat(report.has(Reach.HUMAN)).isFalse();
        assertThat(pixels(Files.readAllBytes(out))).isEqualTo(pixels(given));
        assertThat(Files.readAllBytes(in)).isEqualTo(given);
        String coded = format.equals("png") ? "IDAT" : "\u00ff\u00da";
        assertThat(from(Files.readAllBytes(out), coded)).isEqualTo(from(given, coded));
    }

    @ParameterizedTest
    @CsvSource({
        "png, white",
        "png, black",
        "png, grey",
        "png, noise",
        "jpeg, white",
        "jpeg, black",
        "jpeg, grey",
        "jpeg, noise"
    })
    void theMarkIsReadableOnAnyBackground(String format, String background) throws Exception {
        byte[] given = Samples.encoded(Samples.picture(640, 480, BufferedImage.TYPE_INT_RGB, background), format);
        Path out = folder.resolve("b." + format);

        LabelReport report = LABEL.write(Samples.file(folder, "a." + format, given), out);

        LabelReport.Mark mark = report.marks().stream()
                .filter(each -> each.reach() == Reach.HUMAN)
                .findFirst()
                .orElseThrow();
        int[] place = Arrays.stream(mark.place().substring("picture ".length()).split("[ ,x]"))
                .mapToInt(Integer::parseInt)
                .toArray();
        BufferedImage plate = ImageIO.read(out.toFile()).getSubimage(place[0], place[1], place[2], place[3]);
        double[] luminances = Arrays.stream(plate.getRGB(0, 0, place[2], place[3], null, 0, place[2]))
                .mapToDouble(ImageLabelTest::luminance)
                .sorted()
                .toArray();
        // Letters cover more than a twentieth of their plate, and the plate more than half of itself.
        double light = luminances[luminances.length * 19 / 20];
        double dark = luminances[luminances.length / 2];
        assertThat((light + 0.05) / (dark + 0.05)).isGreaterThanOrEqualTo(4.5);
        assertThat(report.finding("cn-gb-45438").orElseThrow().verdict()).isEqualTo(Verdict.YES);
        assertThat(report.finding("kr-export-deepfake").orElseThrow().verdict()).isEqualTo(Verdict.YES);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_BYTE_BINARY,
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_USHORT_GRAY,
                BufferedImage.TYPE_3BYTE_BGR
            })
    void everyKindOfPngTakesAVisibleMark(int type) throws Exception {
        Path in = Samples.file(folder, "a.png", Samples.encoded(Samples.picture(300, 200, type, "grey"), "png"));

        LabelReport report = LABEL.write(in, folder.resolve("b.png"));

        assertThat(report.has(Reach.HUMAN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void aMarkLeavesTheColoursOfAProfile(String format) throws Exception {
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] plain = Samples.encoded(Samples.picture(400, 300, BufferedImage.TYPE_INT_RGB, "grey"), format);
        ByteArrayOutputStream given = new ByteArrayOutputStream();
        if (format.equals("png")) {
            given.write(plain, 0, 33);
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            data.writeBytes("profile\0\0".getBytes(ISO_8859_1));
            try (DeflaterOutputStream packed = new DeflaterOutputStream(data)) {
                packed.write(profile);
            }
            PngChunks.write("iCCP", data.toByteArray(), given);
            given.write(plain, 33, plain.length - 33);
        } else {
            given.write(plain, 0, 20);
            int length = 2 + 14 + profile.length;
            given.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe2, (byte) (length >> 8), (byte) length});
            given.writeBytes("ICC_PROFILE\0\1\1".getBytes(ISO_8859_1));
            given.writeBytes(profile);
            given.write(plain, 20, plain.length - 20);
        }
        Path in = Samples.file(folder, "a." + format, given.toByteArray());
        Path out = folder.resolve("b." + format);

        LabelReport report = LABEL.write(in, out);

        assertThat(report.has(Reach.HUMAN)).isTrue();
        String same = "ICC_Profile:ProfileDescription";
        assertThat(ExifTool.read(in).has(same)).isTrue();
        assertThat(ExifTool.read(out).has(same)).isEqualTo(format.equals("png"));
        BufferedImage before = ImageIO.read(in.toFile());
        BufferedImage after = ImageIO.read(out.toFile());
        for (int x = 0; x < 100; x++) {
            assertThat(Math.abs((before.getRGB(x, 5) & 255) - (after.getRGB(x, 5) & 255)))
                    .isLessThanOrEqualTo(format.equals("png") ? 0 : 2);
        }
    }

    /** One colour of a picture without an alpha channel may stand for nothing, black too, which the plate has. */
    @Test
    void aColourThatStandsForNothingStaysTransparent() throws Exception {
        byte[] plain = Samples.encoded(Samples.picture(300, 200, BufferedImage.TYPE_INT_RGB, "black"), "png");
        ByteArrayOutputStream given = new ByteArrayOutputStream();
        given.write(plain, 0, 33);
        PngChunks.write("tRNS", new byte[6], given);
        given.write(plain, 33, plain.length - 33);
        Path out = folder.resolve("b.png");

        LabelReport report = LABEL.write(Samples.file(folder, "a.png", given.toByteArray()), out);

        assertThat(report.has(Reach.HUMAN)).isTrue();
        assertThat(ImageIO.read(out.toFile()).getRGB(0, 0) >>> 24).isZero();
    }

    @Test
    void transparencyStays() throws Exception {
        BufferedImage clear = new BufferedImage(300, 200, BufferedImage.TYPE_INT_ARGB);
        Path in = Samples.file(folder, "a.png", Samples.encoded(clear, "png"));
        Path out = folder.resolve("b.png");

        LABEL.write(in, out);

        assertThat(ImageIO.read(out.toFile()).getRGB(0, 0) >>> 24).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void theMarkIsWhereViewersShowTheLowerRightCorner(int orientation) throws Exception {
        Path in = Samples.file(folder, "a.jpeg", turned(Samples.jpeg(400, 300), orientation));
        Path out = folder.resolve("b.jpeg");

        LabelReport report = LABEL.write(in, out);

        assertThat(ExifTool.read(out).path("EXIF:Orientation").isMissingNode()).isFalse();
        Plate plate = plate(report);
        boolean right = plate.x() > 200 - plate.width() / 2;
        boolean low = plate.y() > 150 - plate.height() / 2;
        assertThat(right).isEqualTo(orientation == 1 || orientation >= 4 && orientation <= 6);
        assertThat(low).isEqualTo(orientation == 1 || orientation == 2 || orientation == 5 || orientation == 8);
        assertThat(plate.turned()).isEqualTo(orientation >= 5);
        assertThat(plate.width() > plate.height()).isEqualTo(orientation < 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void aLabelledPictureIsCopiedAsItIs(String format) throws Exception {
        Path once = folder.resolve("b." + format);
        Path twice = folder.resolve("c." + format);
        LABEL.write(Samples.file(folder, "a." + format, sample(format)), once);

        LabelReport report = LABEL.withGenerator("another").write(once, twice);

        assertThat(report.alreadyLabelled()).isTrue();
        assertThat(twice).hasSameBinaryContentAs(once);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void aVisibleMarkIsAddedToMetadataThatAreThere(String format) throws Exception {
        Path once = folder.resolve("b." + format);
        Path twice = folder.resolve("c." + format);
        LABEL.withVisible(false).write(Samples.file(folder, "a." + format, sample(format)), once);

        LabelReport report = LABEL.write(once, twice);

        assertThat(report.alreadyLabelled()).isFalse();
        assertThat(report.marks())
                .filteredOn(mark -> mark.standard().equals("statement"))
                .hasSize(1);
        assertThat(report.has(Reach.HUMAN)).isTrue();
    }

    @Test
    void theMetadataOfAnotherPictureProveNothing() throws Exception {
        Path labelled = folder.resolve("b.png");
        LABEL.write(Samples.file(folder, "a.png", Samples.png(400, 300)), labelled);
        PngChunks marked = PngChunks.of(Files.readAllBytes(labelled));
        ByteArrayOutputStream forged = new ByteArrayOutputStream();
        byte[] other = Samples.encoded(Samples.picture(400, 300, BufferedImage.TYPE_INT_RGB, "grey"), "png");
        forged.write(other, 0, 33);
        marked.first("iTXt").writeTo(forged);
        forged.write(other, 33, other.length - 33);

        LabelReport report = AiLabel.verify(Samples.file(folder, "f.png", forged.toByteArray()));

        assertThat(report.has(Reach.HUMAN)).isFalse();
        assertThat(report.remarks())
                .anySatisfy(remark -> assertThat(remark.en()).contains("no visible mark"));
    }

    @Test
    void whatOthersWroteStays() throws Exception {
        byte[] xmp =
                ("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                                + "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\""
                                + " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" dc:format=\"image/png\""
                                + " xmlns:i=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\" i:DigitalSourceType=\"x:camera\"/>"
                                + "</rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>")
                        .getBytes(UTF_8);
        ByteArrayOutputStream given = new ByteArrayOutputStream();
        byte[] plain = Samples.png(300, 200);
        given.write(plain, 0, 33);
        PngChunks.write("iTXt", chunk("XML:com.adobe.xmp", xmp), given);
        PngChunks.write("tEXt", "Comment\0kept".getBytes(ISO_8859_1), given);
        given.write(plain, 33, plain.length - 33);
        given.write("after the end".getBytes(US_ASCII));
        Path out = folder.resolve("b.png");

        LABEL.write(Samples.file(folder, "a.png", given.toByteArray()), out);

        JsonNode seen = ExifTool.read(out);
        assertThat(seen.path("XMP:Format").asText()).isEqualTo("image/png");
        assertThat(seen.path("XMP:DigitalSourceType").asText()).isEqualTo(SOURCE_TYPE);
        assertThat(seen.path("PNG:Comment").asText()).isEqualTo("kept");
        assertThat(new String(Files.readAllBytes(out), ISO_8859_1)).endsWith("after the end");
    }

    @Test
    void aPictureTooSmallForLettersIsRefused() throws Exception {
        Path in = Samples.file(folder, "a.png", Samples.png(16, 16));

        assertThatThrownBy(() -> LABEL.write(in, folder.resolve("b.png")))
                .isInstanceOfSatisfying(
                        LabelException.class, e -> assertThat(e.kind()).isEqualTo("no-room"));
        assertThat(LABEL.withVisible(false).write(in, folder.resolve("b.png")).labelled())
                .isTrue();
    }

    @Test
    void aHugePictureIsRefusedByItsHead() throws Exception {
        byte[] huge = Samples.png(300, 200);
        ByteBuffer.wrap(huge).putInt(16, 100_000).putInt(20, 100_000);
        CRC32 sum = new CRC32();
        sum.update(huge, 12, 17);
        ByteBuffer.wrap(huge).putInt(29, (int) sum.getValue());

        assertThatThrownBy(() -> LABEL.write(Samples.file(folder, "a.png", huge), folder.resolve("b.png")))
                .isInstanceOfSatisfying(
                        LabelException.class, e -> assertThat(e.kind()).isEqualTo("too-large"));
    }

    private static byte[] chunk(String keyword, byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(keyword.getBytes(ISO_8859_1));
        out.writeBytes(new byte[5]);
        out.writeBytes(text);
        return out.toByteArray();
    }

    private Plate plate(LabelReport report) {
        return report.marks().stream()
                .filter(mark -> mark.standard().equals("statement"))
                .map(mark -> Plate.parse(Statement.parse(mark.value()).proofs().get(Plate.PROOF)))
                .findFirst()
                .orElseThrow();
    }

    /** With an EXIF segment that holds nothing but the orientation. */
    private static byte[] turned(byte[] jpeg, int orientation) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 20);
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        out.writeBytes(exif);
        out.write(jpeg, 20, jpeg.length - 20);
        return out.toByteArray();
    }

    private static byte[] sample(String format) throws IOException {
        return format.equals("png") ? Samples.png(400, 300) : Samples.jpeg(400, 300);
    }

    private static int[] pixels(byte[] bytes) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static String from(byte[] bytes, String start) {
        String text = new String(bytes, ISO_8859_1);
        return text.substring(text.indexOf(start));
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int value) {
        double v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }
}
