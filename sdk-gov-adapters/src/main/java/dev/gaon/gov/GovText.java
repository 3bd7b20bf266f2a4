package dev.gaon.gov;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What a service shows its users about its AI. Each has a text of its own in Korean and English, in the data file {@code
 * texts.json}; no law prescribes a wording, so {@link GovGuard.Builder#text} takes another.
 */
public enum GovText {
    /** Before use, where generative AI is what the service runs on. */
    NOTICE_GENERATIVE,
    /** Before use, where high-impact AI is. */
    NOTICE_HIGH_IMPACT,
    /** Before use, where the AI is both: one word for the other would leave a kind unnamed. */
    NOTICE_BOTH,
    /** Beside an answer: AI made it. */
    LABEL_GENERIC,
    /** At the start of a voice that AI made. */
    LABEL_AUDIO,
    /** Beside what AI made in part. */
    LABEL_CONTAINS,
    /** In a file that leaves the service. */
    LABEL_FILE,
    /** At the moment a person takes a conversation over. */
    HANDOVER_TO_PERSON,
    /** At the moment the AI takes it back. */
    HANDOVER_TO_AI;

    private static final JsonNode FILE = read();

    private final String id =
            name().toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-');

    private static JsonNode read() {
        try (InputStream in = GovText.class.getResourceAsStream("texts.json")) {
            if (in == null) {
                throw new IOException("texts.json is missing");
            }
            return JsonMapper.builder().build().readTree(in).get("texts");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In records, for instance {@code notice.high-impact}. */
    public String id() {
        return id;
    }

    /** The text that comes with this library. */
    public BilingualText text() {
        JsonNode text = FILE.get(id);
        return new BilingualText(text.get("ko").asText(), text.get("en").asText());
    }

    /** @throws IllegalArgumentException if the text is blank, or names no kind of AI where the law wants it named */
    BilingualText checked(BilingualText own) {
        List<String> ko = missing(own.ko(), "ko");
        List<String> en = missing(own.en(), "en");
        if (own.ko().isBlank() || own.en().isBlank() || !ko.isEmpty() || !en.isEmpty()) {
            List<String> words = new ArrayList<>(ko);
            words.addAll(en);
            throw new IllegalArgumentException(new BilingualText(
                            id + "의 문구를 쓸 수 없습니다. "
                                    + (words.isEmpty() ? "비어 있습니다." : "어떤 인공지능인지 드러나야 합니다. 빠진 말: " + words),
                            "The text of " + id + " cannot be used. "
                                    + (words.isEmpty()
                                            ? "It is blank."
                                            : "It must name the kind of AI. Missing: " + words))
                    .both());
        }
        return own;
    }

    private List<String> missing(String text, String language) {
        List<String> missing = new ArrayList<>();
        for (JsonNode word : FILE.get(id).path("names").path(language)) {
            if (!text.toLowerCase(Locale.ROOT).contains(word.asText())) {
                missing.add(word.asText());
            }
        }
        return missing;
    }

    /** Of the Korean text, a line feed and the English text, in UTF-8: {@code printf '%s\n%s' "$KO" "$EN" | sha256sum}. */
    static String sha256(BilingualText text) {
        try {
            byte[] bytes = (text.ko() + "\n" + text.en()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
