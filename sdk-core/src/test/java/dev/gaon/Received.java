package dev.gaon;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One request as it arrived at a {@link RawServer}. */
record Received(String head, byte[] body) {
    String line() {
        return head.substring(0, head.indexOf("\r\n"));
    }

    String header(String name) {
        for (String line : head.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return null;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
