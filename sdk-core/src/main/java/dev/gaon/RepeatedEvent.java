package dev.gaon;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Knows an event again that differs from an earlier one in nothing but its text: from token to token a stream repeats all
 * else, so only the text need be read. Used by one thread.
 *
 * <p>What is learnt holds no backslash, so a name in quotes that stands in it once is that field and nothing else; bytes
 * that are equal around another plain text are the same JSON around it.
 */
final class RepeatedEvent {

    private static final char REPLACEMENT = '\uFFFD';

    /** Some servers repeat nothing, for instance where each event has an id of its own: no use in going on. */
    private static final int TRIES = 16;

    private byte[] event = {};
    private int length;
    private int textStart;
    private int textEnd;
    private boolean thinking;
    private int failures;

    /**
     * The text of the event; null if it is not the learnt one with another text, or its text needs a closer look.
     *
     * @param offset where the event begins in {@code data}
     */
    @Nullable
    String text(byte[] data, int offset, int size) {
        int tail = length - textEnd;
        int end = offset + size - tail;
        int start = offset + textStart;
        if (length == 0
                || end < start
                || !Arrays.equals(data, offset, start, event, 0, textStart)
                || !Arrays.equals(data, end, end + tail, event, textEnd, length)
                || !plain(data, start, end)) {
            return null;
        }
        String text = new String(data, start, end - start, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            return null;
        }
        failures = 0;
        return text;
    }

    /** The text is the model's reasoning. */
    boolean thinking() {
        return thinking;
    }

    /** Learns an event that gave one piece of text and nothing else. */
    void learn(byte[] data, int offset, int size, String field, boolean reasoning) {
        if (failures == TRIES) {
            return;
        }
        failures++;
        length = 0;
        int end = offset + size;
        int name = -1;
        for (int i = offset; i < end; i++) {
            if (data[i] == '\\') {
                return;
            }
            if (data[i] == '"' && quoted(data, i, end, field)) {
                if (name >= 0) {
                    return;
                }
                name = i;
            }
        }
        int at = name < 0 ? end : afterSpace(data, name + field.length() + 2, end);
        at = at < end && data[at] == ':' ? afterSpace(data, at + 1, end) : end;
        if (at == end || data[at] != '"') {
            return;
        }
        textStart = at + 1 - offset;
        textEnd = textStart;
        while (textEnd < size && data[offset + textEnd] != '"') {
            textEnd++;
        }
        event = event.length < size ? new byte[size + size / 2] : event;
        System.arraycopy(data, offset, event, 0, size);
        length = size;
        thinking = reasoning;
    }

    private static boolean plain(byte[] data, int start, int end) {
        for (int i = start; i < end; i++) {
            if ((data[i] >= 0 && data[i] < ' ') || data[i] == '"' || data[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    private static boolean quoted(byte[] data, int quote, int end, String name) {
        int close = quote + 1 + name.length();
        if (close >= end || data[close] != '"') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (data[quote + 1 + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int afterSpace(byte[] data, int from, int end) {
        int at = from;
        while (at < end && (data[at] == ' ' || data[at] == '\t')) {
            at++;
        }
        return at;
    }
}
