package dev.gaon.gov.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file cut off anywhere, and with any byte changed: refused by us, or labelled and verified; never half-written. */
class DamagedFileTest {

    private static final AiLabel LABEL = AiLabel.of("solar-open2").withAigc(true);

    @TempDir
    Path folder;

    static Stream<String> names() {
        return Stream.of(
                "a.png", "a.jpeg", "a.pdf", "a.html", "a.json", "a.csv", "a.md", "a.py", "a.docx", "a.odt", "a.hwpx");
    }

    private static byte[] sample(String name) throws IOException {
        Map<String, byte[]> samples = new HashMap<>();
        samples.put("a.png", picture("png"));
        samples.put("a.jpeg", picture("jpeg"));
        samples.put("a.pdf", Samples.pdf(PDRectangle.A4, 0));
        samples.put("a.html", utf8("<!doctype html><meta charset=utf-8><title>t</title><p>글 <b>x</b>\n"));
        samples.put("a.json", utf8("{\"가\": [1, 2.50, \"x\\n\"], \"b\": null}"));
        samples.put("a.csv", utf8("이름,값\n\"가, 나\",1\n다,\"2\"\"\"\n"));
        samples.put("a.md", utf8("---\ntitle: 글\n---\n# 제목\n"));
        samples.put("a.py", utf8("#!/usr/bin/env python3\n# coding: utf-8\nprint('글')\n"));
        samples.put("a.docx", Offices.zip(Offices.docx()));
        samples.put("a.odt", Offices.zip(Offices.odt()));
        samples.put("a.hwpx", Offices.zip(Offices.hwpx()));
        return samples.get(name);
    }

    private static byte[] picture(String format) throws IOException {
        return Samples.encoded(Samples.picture(80, 60, BufferedImage.TYPE_BYTE_GRAY, "grey"), format);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("names")
    @Timeout(120)
    void whateverIsWrongWithTheOriginal(String name) throws Exception {
        byte[] whole = sample(name);
        int step = Math.max(1, whole.length / 120);
        for (int at = 0; at < whole.length; at += step) {
            write(name, Arrays.copyOf(whole, at), "cut at " + at);
            write(name, flipped(whole, at, at % 8), "flipped at " + at);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    @Timeout(120)
    void whateverIsWrongWithALabelledFile(String name) throws Exception {
        Path labelled = folder.resolve("l-" + name);
        LABEL.write(Samples.file(folder, name, sample(name)), labelled);
        byte[] whole = Files.readAllBytes(labelled);
        int step = Math.max(1, whole.length / 120);
        for (int at = 0; at < whole.length; at += step) {
            verify(name, Arrays.copyOf(whole, at), "cut at " + at);
            verify(name, flipped(whole, at, at % 8), "flipped at " + at);
        }
    }

    private static byte[] flipped(byte[] whole, int at, int bit) {
        byte[] bytes = whole.clone();
        bytes[at] ^= (byte) (1 << bit);
        return bytes;
    }

    private void write(String name, byte[] bytes, String what) throws IOException {
        Path in = Samples.file(folder, name, bytes);
        Path out = folder.resolve("out-" + name);
        try {
            assertThat(LABEL.write(in, out).labelled()).as(what).isTrue();
            Files.delete(out);
        } catch (LabelException e) {
            assertThat(e.getMessage()).as(what).contains(" / ");
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            fail(name + " " + what, e);
        }
        assertThat(in).as(what).hasBinaryContent(bytes);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as(what).containsExactly(in);
        }
    }

    private void verify(String name, byte[] bytes, String what) throws IOException {
        Path file = Samples.file(folder, name, bytes);
        try {
            AiLabel.verify(file).toJson();
        } catch (LabelException e) {
            assertThat(e.getMessage()).as(what).contains(" / ");
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            fail(name + " " + what, e);
        }
    }
}
