package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is no whole model is refused in plain words, before native code sees it. */
class GgufFileTest {

    @TempDir
    Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("model.gguf"), bytes);
    }

    private static byte[] good() throws IOException {
        return Files.readAllBytes(TinyModel.FILE);
    }

    private void refused(byte[] bytes, String ko, String en) throws IOException {
        Path file = file(bytes);
        assertThatThrownBy(() -> GgufFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("model.gguf", ko, en)
                .hasMessageNotContaining(folder.toString());
    }

    @Test
    void theHeadOfAModelIsRead() {
        GgufFile head = GgufFile.read(TinyModel.FILE);
        assertThat(head.architecture()).isEqualTo("llama");
        assertThat(head.contextTokens()).isEqualTo(TinyModel.CONTEXT);
        assertThat(head.pooling()).isNull();
        assertThat(head.template()).startsWith("{% for message in messages %}").contains("<|im_start|>");
    }

    @Test
    void whatIsNoModelIsRefused() throws IOException {
        refused(new byte[0], "GGUF 파일이 아닙니다", "it is no GGUF file");
        refused("GGU".getBytes(StandardCharsets.UTF_8), "GGUF 파일이 아닙니다", "it is no GGUF file");
        refused("<html>Not Found</html>".getBytes(StandardCharsets.UTF_8), "GGUF 파일이 아닙니다", "it is no GGUF file");
        assertThatThrownBy(() -> GgufFile.read(folder)).hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> GgufFile.read(folder.resolve("none.gguf")))
                .hasMessageContainingAll("none.gguf", "그런 파일이 없습니다");
    }

    @Test
    void anUnknownVersionIsRefused() throws IOException {
        byte[] bytes = good();
        bytes[4] = 1;
        refused(bytes, "이 파일: 1", "this one says 1");
        bytes[4] = 4;
        refused(bytes, "이 파일: 4", "this one says 4");
        ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN).putInt(4, 3);
        refused(bytes, "버전 2와 3만", "only GGUF versions 2 and 3");
    }

    /** Cut anywhere before the numbers of its last tensor; in those, llama.cpp itself looks at the length. */
    @Test
    void aFileThatEndsTooEarlyIsRefused() throws IOException {
        byte[] bytes = good();
        Random random = new Random(20261122);
        for (int i = 0; i < 300; i++) {
            int length = 4 + random.nextInt(i < 200 ? 110_000 : bytes.length / 2);
            Path file = file(Arrays.copyOf(bytes, length));
            assertThat(catchThrowableOfType(GgufFile.Unusable.class, () -> GgufFile.read(file)))
                    .as("cut at %s", length)
                    .isNotNull();
        }
    }

    /** Over which llama.cpp would end the whole process. */
    @Test
    void aTokenThatComesTwiceIsRefused() throws IOException {
        byte[] bytes = good();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int tokens = text.indexOf("tokenizer.ggml.tokens") + "tokenizer.ggml.tokens".length() + 4 + 4 + 8;
        // The first two are of two bytes each, after a length of eight.
        System.arraycopy(bytes, tokens + 8, bytes, tokens + 18, 2);
        refused(bytes, "손상되었거나", "damaged");
    }

    /** Lengths and counts that a broken file could hold must not become memory or time. */
    @Test
    void absurdCountsAreRefused() throws IOException {
        for (int at : new int[] {8, 16, 24}) {
            for (long value : new long[] {Long.MAX_VALUE, -1, 1L << 40, 1L << 31}) {
                byte[] bytes = good();
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
                refused(bytes, "다시 받으세요", "get it again");
            }
        }
    }
}
