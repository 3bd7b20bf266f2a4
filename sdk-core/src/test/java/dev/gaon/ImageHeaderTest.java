package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHeaderTest {

    private static byte[] drawn(String format, int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"png,png", "jpg,jpeg", "gif,gif", "bmp,bmp"})
    void theSizeIsReadFromWhatAnotherLibraryWrote(String format, String name) throws IOException {
        assertThat(ImageHeader.read(drawn(format, 321, 77))).isEqualTo(new ImageHeader(name, 321, 77));
    }

    /** By the container specification of WebP: a canvas of 400 x 301, and the two older headers of the same size. */
    @ParameterizedTest
    @CsvSource({
        "RIFF....WEBPVP8X....,00000000 8f0100 2c0100",
        "RIFF....WEBPVP8L....,2f 8f014b00",
        "RIFF....WEBPVP8 ....,000000 9d012a 9001 2d01"
    })
    void webp(String head, String rest) {
        byte[] begin = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] sides = HexFormat.of().parseHex(rest.replace(" ", ""));
        byte[] file = Arrays.copyOf(begin, begin.length + sides.length);
        System.arraycopy(sides, 0, file, begin.length, sides.length);
        assertThat(ImageHeader.read(file)).isEqualTo(new ImageHeader("webp", 400, 301));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void whatBreaksOffOrIsGarbledNeverHarms(String format) throws IOException {
        byte[] whole = drawn(format, 40, 30);
        for (int length = 0; length < Math.min(whole.length, 700); length++) {
            ImageHeader.read(Arrays.copyOf(whole, length));
        }
        assertThat(ImageHeader.read(Arrays.copyOf(whole, 9))).isNull();
        Random random = new Random(31);
        for (int i = 0; i < 5_000; i++) {
            byte[] garbled = whole.clone();
            garbled[random.nextInt(Math.min(garbled.length, 200))] = (byte) random.nextInt();
            ImageHeader read = ImageHeader.read(garbled);
            assertThat(read == null || (read.width() > 0 && read.height() > 0)).isTrue();
        }
    }

    @Test
    void otherFilesAreNoImages() {
        assertThat(ImageHeader.read("%PDF-1.7".getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(ImageHeader.read(new byte[0])).isNull();
    }
}
