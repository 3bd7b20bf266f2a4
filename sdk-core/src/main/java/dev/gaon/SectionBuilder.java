package dev.gaon;

import dev.gaon.SourceDocument.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the blocks of a document under their headings. Used by one reader on one thread, then thrown away. */
final class SectionBuilder {

    private static final int SAMPLE = 20_000;
    /** Korean technical text is full of Latin names: this share of Hangul among the letters makes it Korean. */
    private static final double HANGUL_SHARE = 0.25;

    private final List<Section> sections = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String heading = "";
    private int hangul;
    private int latin;

    void heading(String next) {
        finish();
        heading = next;
    }

    /** Adds a block; white space around it is dropped, a blank one is ignored. */
    void block(CharSequence block) {
        String kept = block.toString().strip();
        if (!kept.isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n\n").append(kept);
        }
    }

    /** Adds lines of code as one block, each indented by four spaces. */
    void code(List<String> lines) {
        String lead = text.isEmpty() ? "    " : "\n\n    ";
        for (String line : lines) {
            if (!line.isBlank()) {
                text.append(lead).append(line.stripTrailing());
                lead = "\n    ";
            }
        }
    }

    /**
     * What was collected.
     *
     * @param language as the document declares it, or null to tell it by the script
     * @param about    its {@code source}, {@code license} and {@code attribution}, as far as it names them
     */
    SourceDocument document(String id, @Nullable String title, @Nullable String language, Map<String, String> about) {
        finish();
        boolean korean = language != null && language.startsWith(SourceDocument.KOREAN);
        boolean english = language != null && language.startsWith(SourceDocument.ENGLISH);
        boolean looksKorean = hangul > 0 && hangul >= HANGUL_SHARE * (hangul + latin);
        return new SourceDocument(
                id,
                title == null || title.isBlank() ? id : title.strip(),
                korean || !english && looksKorean ? SourceDocument.KOREAN : SourceDocument.ENGLISH,
                about.get("source"),
                about.get("license"),
                about.get("attribution"),
                null,
                about,
                sections);
    }

    private void finish() {
        if (!text.isEmpty()) {
            for (int i = 0; i < text.length() && hangul + latin < SAMPLE; i++) {
                hangul += Words.isHangul(text.charAt(i)) ? 1 : 0;
                latin += Character.isLetter(text.charAt(i)) && !Words.isHangul(text.charAt(i)) ? 1 : 0;
            }
            sections.add(new Section(heading, text.toString()));
            text.setLength(0);
        }
    }
}
