package dev.gaon.gov.label;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Plain text: a first line in brackets, such as {@code [인공지능 생성물 / AI-generated content | solar-open2]}. It has no place
 * for metadata, so the wording alone tells a label from other first lines in brackets.
 */
final class PlainTextFormat implements Format {

    @Override
    public String kind() {
        return "text";
    }

    @Override
    public String media() {
        return "text";
    }

    @Override
    public boolean canTag() {
        return false;
    }

    @Override
    public boolean matches(Source file) {
        return List.of("txt", "text").contains(file.extension());
    }

    @Override
    public void read(Source file, AiLabel label, Found found) throws IOException {
        String line = TextFile.of(file).line(0);
        for (String wording : Wording.known(label)) {
            if (line.equals("[" + wording + "]") || line.startsWith("[" + wording + " | ") && line.endsWith("]")) {
                found.human("first line", line);
                return;
            }
        }
    }

    @Override
    public void write(Source file, AiLabel label, Found there, OutputStream out) throws IOException {
        TextFile text = TextFile.of(file);
        String by = label.generator() == null ? "" : " | " + label.generator();
        String line = "[" + Wording.joined(label.text(this)) + by + "]";
        text.write(line + text.lineBreak() + text.lineBreak() + text.text(), out);
    }
}
