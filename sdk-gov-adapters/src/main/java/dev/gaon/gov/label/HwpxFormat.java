package dev.gaon.gov.label;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Hangul's HWPX: a first line in the first paragraph, and metadata of the package. The line goes into that paragraph and
 * not before it, as the paragraph also carries the layout of its section.
 */
final class HwpxFormat extends OfficeFormat {

    private static final String PACKAGE = "Contents/content.hpf";
    private static final String SECTION = "Contents/section0.xml";

    HwpxFormat() {
        super("hwpx");
    }

    @Override
    public boolean matches(Source file) {
        return saysType(file, "application/hwp+zip");
    }

    @Override
    String signature() {
        return "META-INF/documentsignatures.xml";
    }

    @Override
    Map<String, String> properties(ZipParts parts) throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        for (Element meta : Xml.named(metadata(parts.xml(PACKAGE)), "meta")) {
            properties.put(meta.getAttribute("name"), meta.getTextContent());
        }
        return properties;
    }

    @Override
    void setProperties(ZipParts parts, Map<String, String> values) throws IOException {
        Document document = parts.xml(PACKAGE);
        Element metadata = metadata(document);
        for (Element meta : Xml.named(metadata, "meta")) {
            if (values.containsKey(meta.getAttribute("name"))) {
                metadata.removeChild(meta);
            }
        }
        values.forEach((name, value) -> {
            Element meta = Xml.child(document, metadata, "meta");
            meta.setAttribute("name", name);
            meta.setAttribute("content", "text");
            meta.setTextContent(value);
            metadata.appendChild(meta);
        });
        parts.put(PACKAGE, document);
    }

    private Element metadata(Document document) {
        return Xml.only(document.getDocumentElement(), "metadata", kind());
    }

    @Override
    String firstLine(ZipParts parts) throws IOException {
        Element run = firstRunOfText(paragraph(parts.xml(SECTION)));
        Element text = run == null ? null : Xml.named(run, "t").get(0);
        boolean line = text != null && !Xml.named(text, "lineBreak").isEmpty();
        return text == null || !line ? "" : String.valueOf(text.getFirstChild().getNodeValue());
    }

    @Override
    void insertFirstLine(ZipParts parts, String line) throws IOException {
        Document section = parts.xml(SECTION);
        Element paragraph = paragraph(section);
        Element text = Xml.child(section, paragraph, "t");
        text.appendChild(section.createTextNode(line));
        text.appendChild(Xml.child(section, paragraph, "lineBreak"));
        Element run = Xml.child(section, paragraph, "run");
        run.setAttribute("charPrIDRef", look(paragraph));
        run.appendChild(text);
        paragraph.insertBefore(run, firstRunOfText(paragraph));
        // A cache of where lines break, which no longer fits; the program makes it anew.
        Xml.named(paragraph, "linesegarray").forEach(paragraph::removeChild);
        parts.put(SECTION, section);
    }

    private Element paragraph(Document section) {
        return Xml.only(section.getDocumentElement(), "p", kind());
    }

    private static String look(Element paragraph) {
        List<Element> runs = Xml.named(paragraph, "run");
        return runs.isEmpty() ? "0" : runs.get(0).getAttribute("charPrIDRef");
    }

    /** Runs before it hold the section's layout; null if the paragraph has no text. */
    private static @Nullable Element firstRunOfText(Element paragraph) {
        for (Element run : Xml.named(paragraph, "run")) {
            if (!Xml.named(run, "t").isEmpty() && Xml.named(run, "secPr").isEmpty()) {
                return run;
            }
        }
        return null;
    }
}
