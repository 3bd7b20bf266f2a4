package dev.gaon;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The head of a GGUF file, read before native code sees the file: what is no model, or only the beginning of one, is
 * refused with a reason. It vouches for the frame of the file, not for what the numbers in it do to native code.
 *
 * @param architecture such as {@code llama}
 * @param contextTokens what the model was trained for; null if the file does not say
 * @param pooling how the vectors of its tokens become one, by llama.cpp's number; null if the file does not say
 * @param template how a conversation becomes a prompt, in Jinja; null if the file does not say
 */
record GgufFile(
        String architecture,
        @Nullable Long contextTokens,
        @Nullable Long pooling,
        @Nullable String template) {

    private static final int MAGIC = 'G' | 'G' << 8 | 'U' << 16 | 'F' << 24;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int USUAL_ALIGNMENT = 32;
    private static final int MOST_DIMENSIONS = 4;
    private static final int LONGEST_TEXT = 1 << 20;

    /** Bytes of a value by its type; text and lists have none. */
    private static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    /** @throws Unusable that says what is wrong with the file and what to do */
    static GgufFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw refused(file, new Text("그런 파일이 없습니다", "there is no such file"), null);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return new Head(in, Files.size(file)).read();
        } catch (EOFException e) {
            throw refused(file, TRUNCATED, null);
        } catch (Broken e) {
            throw refused(file, e.why, null);
        } catch (IOException e) {
            throw refused(file, new Text("읽을 수 없습니다", "it cannot be read"), e);
        }
    }

    private static final Text TRUNCATED = new Text("파일이 중간에 잘렸습니다. 다시 받으세요", "the file ends too early; get it again");

    static Unusable refused(Path file, Text why, @Nullable IOException cause) {
        String name = String.valueOf(file.getFileName());
        Text text = new Text(
                "GGUF 모델 파일을 쓸 수 없습니다: " + name + ": " + why.ko() + ".",
                "The GGUF model file cannot be used: " + name + ": " + why.en() + ".");
        return new Unusable(text.onOneLine(), cause);
    }

    /** Says why a file is no model, by its name only: the folder may tell who its user is. */
    static final class Unusable extends IllegalArgumentException {

        final transient Text why;

        private Unusable(Text why, @Nullable IOException cause) {
            super(why.both(), cause);
            this.why = why;
        }
    }

    private static final class Broken extends IOException {

        private final transient Text why;

        Broken(String ko, String en) {
            this(new Text(ko, en));
        }

        Broken(Text why) {
            super(why.both());
            this.why = why;
        }
    }

    /** Reads from the beginning and counts where it stands. */
    private static final class Head {

        private final InputStream in;
        private final long size;
        private final Map<String, Long> numbers = new HashMap<>();
        private @Nullable String architecture;
        private @Nullable String template;
        private long at;

        Head(InputStream in, long size) {
            this.in = in;
            this.size = size;
        }

        GgufFile read() throws IOException {
            if (size < 4 || number(4) != MAGIC) {
                throw new Broken("GGUF 파일이 아닙니다", "it is no GGUF file");
            }
            long version = number(4);
            if (version < 2 || version > 3) {
                // Of a big-endian file the version looks huge.
                throw new Broken(
                        "GGUF 버전 2와 3만 읽습니다 (이 파일: " + version + ")",
                        "only GGUF versions 2 and 3 are read, this one says " + version);
            }
            long tensors = count();
            long entries = count();
            for (long i = 0; i < entries; i++) {
                String key = text();
                value(key, (int) number(4));
            }
            if (architecture == null) {
                throw new Broken("모델 구조(general.architecture)가 적혀 있지 않습니다", "it names no general.architecture");
            }
            long last = 0;
            for (long i = 0; i < tensors; i++) {
                last = Math.max(last, tensor());
            }
            long alignment = numbers.getOrDefault("general.alignment", (long) USUAL_ALIGNMENT);
            if (alignment <= 0 || alignment > size || Long.bitCount(alignment) != 1) {
                throw broken();
            }
            long data = (at + alignment - 1) / alignment * alignment;
            if (tensors > 0 && (last > size || data + last >= size)) {
                throw new Broken(TRUNCATED);
            }
            return new GgufFile(
                    architecture,
                    numbers.get(architecture + ".context_length"),
                    numbers.get(architecture + ".pooling_type"),
                    template);
        }

        private void value(String key, int type) throws IOException {
            if (type == STRING && key.equals("general.architecture")) {
                architecture = text();
            } else if (type == STRING && key.equals("tokenizer.chat_template")) {
                template = text();
            } else if (type == STRING) {
                skip(count());
            } else if (type == ARRAY) {
                list(key.equals("tokenizer.ggml.tokens"));
            } else if (width(type) <= 4 && type != 6) {
                numbers.put(key, number(width(type)));
            } else {
                skip(width(type));
            }
        }

        /** @param distinct whether native code ends the whole process if a text comes twice */
        private void list(boolean distinct) throws IOException {
            int type = (int) number(4);
            long length = count();
            if (type != STRING) {
                skip(length * width(type));
                return;
            }
            Set<String> seen = new HashSet<>();
            for (long i = 0; i < length; i++) {
                if (!distinct) {
                    skip(count());
                } else if (!seen.add(text())) {
                    throw broken();
                }
            }
        }

        private static int width(int type) throws IOException {
            if (type < 0 || type >= SIZES.length || SIZES[type] == 0) {
                throw broken();
            }
            return SIZES[type];
        }

        /** Where the tensor's numbers begin, after the head. */
        private long tensor() throws IOException {
            text();
            long dimensions = number(4);
            if (dimensions > MOST_DIMENSIONS) {
                throw broken();
            }
            skip(8 * dimensions + 4);
            long offset = number(8);
            if (offset < 0) {
                throw broken();
            }
            return offset;
        }

        private String text() throws IOException {
            long length = count();
            if (length > LONGEST_TEXT) {
                throw broken();
            }
            byte[] bytes = in.readNBytes((int) length);
            at += bytes.length;
            if (bytes.length < length) {
                throw new EOFException();
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** How many of something follow, each of at least a byte. */
        private long count() throws IOException {
            long count = number(8);
            if (count < 0 || count > size) {
                throw broken();
            }
            return count;
        }

        private void skip(long bytes) throws IOException {
            in.skipNBytes(bytes);
            at += bytes;
        }

        /** Little-endian. */
        private long number(int bytes) throws IOException {
            long value = 0;
            for (int i = 0; i < bytes; i++) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException();
                }
                value |= (long) next << (8 * i);
            }
            at += bytes;
            return value;
        }

        private static Broken broken() {
            return new Broken("파일이 손상되었거나 잘렸습니다. 다시 받으세요", "the file is damaged or cut off; get it again");
        }
    }
}
