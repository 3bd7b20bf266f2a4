package dev.gaon.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Something among the inputs that is no work: where, why, and what to do. Immutable. */
record Unreadable(String place, String kind, Text cause, Text fix) {

    private static final ObjectMapper JSON = new ObjectMapper();

    Unreadable(String place, Text cause) {
        this(place, "unreadable-input", cause, Text.NONE);
    }

    static Unreadable closed(String place) {
        return new Unreadable(
                place,
                "unreadable-input",
                new Text("파일을 읽을 수 없습니다.", "The file cannot be read."),
                new Text("읽기 권한을 확인하세요.", "Check the permissions."));
    }

    /** A file of which nothing could be read. */
    static Unreadable of(String place, Failure e) {
        return new Unreadable(place, e.kind(), e.message(), e.fix());
    }

    /** One line, as commands write failures. */
    String json(Locale language) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("kind", kind);
        error.put("message", place + ": " + cause.in(language));
        error.put("fix", fix.in(language));
        return JSON.valueToTree(Map.of("error", error)).toString();
    }

    void note(Terminal terminal) {
        terminal.note(
                (place + ": " + cause.ko() + " " + fix.ko()).strip(),
                (place + ": " + cause.en() + " " + fix.en()).strip());
    }
}
