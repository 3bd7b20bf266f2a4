package dev.gaon.gov.label;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A notice shown to the person who receives content: its text, and when it was shown. Immutable. Whether it was really
 * shown cannot be read from a file: a report repeats it as declared.
 *
 * @param text as shown
 * @param shownAt null until it was shown; only a shown notice counts
 */
public record AiNotice(String text, @Nullable Instant shownAt) {

    public AiNotice {
        Objects.requireNonNull(text, "text");
        Plain.require("AiNotice.text", text);
    }

    /** The usual Korean sentence, not shown yet. */
    public static AiNotice korean() {
        return new AiNotice(Wording.usual("notice").ko(), null);
    }

    /** The usual English sentence, not shown yet. */
    public static AiNotice english() {
        return new AiNotice(Wording.usual("notice").en(), null);
    }

    /** The same notice, shown at this time. */
    public AiNotice shown(Instant at) {
        return new AiNotice(text, Objects.requireNonNull(at, "at"));
    }

    /** SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal. */
    public String sha256() {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
