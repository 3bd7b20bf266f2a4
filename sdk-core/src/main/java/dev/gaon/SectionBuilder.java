package dev.gaon;

import dev.gaon.SourceDocument.Section;
import java.util.ArrayList;
import java.util.List;

/** Collects the blocks of a document under their headings. Used by one reader on one thread, then thrown away. */
final class SectionBuilder {

    private final List<Section> sections = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String heading = "";

    void heading(String next) {
        finish();
        heading = next;
    }

    /** Adds a block; white space around it is dropped, a blank one is ignored. */
    void block(CharSequence block) {
        String kept = block.toString().strip();
        if (!kept.isEmpty()) {
            separate();
            text.append(kept);
        }
    }

    /** Adds lines of code as one block, each indented by four spaces. */
    void code(List<String> lines) {
        if (lines.stream().allMatch(String::isBlank)) {
            return;
        }
        separate();
        String lead = "";
        for (String line : lines) {
            if (!line.isBlank()) {
                text.append(lead).append("    ").append(line.stripTrailing());
                lead = "\n";
            }
        }
    }

    List<Section> sections() {
        finish();
        return List.copyOf(sections);
    }

    private void separate() {
        if (text.length() > 0) {
            text.append("\n\n");
        }
    }

    private void finish() {
        if (text.length() > 0) {
            sections.add(new Section(heading, text.toString()));
            text.setLength(0);
        }
    }
}
