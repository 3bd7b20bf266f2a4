package dev.gaon;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A second reading of server-sent events, as plain as the standard's own words ("interpreting an event stream"), with
 * what {@link SseReader} says it does besides: an event at the end needs no blank line, {@code error:} is an event of
 * that name, and an event has a limit. Each char is one byte.
 */
final class SseByTheBook {

    /**
     * @param name null if it has none
     * @param cutOff the stream ended inside it
     */
    record Event(String name, String data, boolean cutOff) {}

    final List<Event> events = new ArrayList<>();
    boolean tooLarge;

    SseByTheBook(byte[] bytes, int limit) {
        String stream = new String(bytes, StandardCharsets.ISO_8859_1);
        if (stream.startsWith("\u00ef\u00bb\u00bf")) {
            stream = stream.substring(3);
        }
        List<String> data = new ArrayList<>();
        String name = "";
        int size = 0;
        List<String> lines = new ArrayList<>(List.of(stream.split("\r\n|\r|\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        for (String line : lines) {
            size += line.length();
            if (size > limit) {
                tooLarge = true;
                return;
            }
            if (line.isEmpty()) {
                dispatch(name, data, false);
                name = "";
                size = 0;
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            if (field.equals("event")) {
                name = value;
            } else if (field.equals("data")) {
                data.add(value);
            } else if (field.equals("error") && colon >= 0) {
                name = "error";
                data.add(value);
            }
        }
        dispatch(name, data, true);
    }

    private void dispatch(String name, List<String> data, boolean cutOff) {
        if (!data.isEmpty()) {
            String utf8 = new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            events.add(new Event(name.isEmpty() ? null : utf8, String.join("\n", data), cutOff));
        }
        data.clear();
    }
}
