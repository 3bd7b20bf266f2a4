package dev.gaon.gov.label;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** OpenDocument text: a first paragraph, and user-defined properties of the document. */
final class OdtFormat extends OfficeFormat {

    private static final String CONTENT = "content.xml";
    private static final String META = "meta.xml";
    private static final String NAMES = "urn:oasis:names:tc:opendocument:xmlns:";

    /** What the schema wants before the text. */
    private static final Set<String> BEFORE_TEXT = Set.of(
            "forms",
            "tracked-changes",
            "variable-decls",
            "sequence-decls",
            "user-field-decls",
            "dde-connection-decls",
            "alphabetical-index-auto-mark-file",
            "calculation-settings",
            "content-validations",
            "label-ranges");

    OdtFormat() {
        super("odt");
    }

    @Override
    public boolean matches(Source file) {
        return saysType(file, "application/vnd.oasis.opendocument.text");
    }

    @Override
    String signature() {
        return "META-INF/documentsignatures.xml";
    }

    @Override
    Map<String, String> properties(ZipParts parts) throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        if (parts.has(META)) {
            for (Element property : Xml.below(parts.xml(META).getDocumentElement(), "user-defined")) {
                properties.put(property.getAttributeNS(NAMES + "meta:1.0", "name"), property.getTextContent());
            }
        }
        return properties;
    }

    @Override
    void setProperties(ZipParts parts, Map<String, String> values) throws IOException {
        Document meta = parts.xml(META);
        Element all = Xml.only(meta.getDocumentElement(), "meta", kind());
        for (Element property : Xml.named(all, "user-defined")) {
            if (values.containsKey(property.getAttributeNS(NAMES + "meta:1.0", "name"))) {
                all.removeChild(property);
            }
        }
        values.forEach((name, value) -> {
            Element property = meta.createElementNS(NAMES + "meta:1.0", "meta:user-defined");
            property.setAttributeNS(NAMES + "meta:1.0", "meta:name", name);
            property.setTextContent(value);
            all.appendChild(property);
        });
        parts.put(META, meta);
    }

    @Override
    String firstLine(ZipParts parts) throws IOException {
        Element first = firstOfText(text(parts.xml(CONTENT)));
        return first == null || !"p".equals(first.getLocalName()) ? "" : first.getTextContent();
    }

    @Override
    void insertFirstLine(ZipParts parts, String line) throws IOException {
        Document content = parts.xml(CONTENT);
        Element text = text(content);
        Element paragraph = content.createElementNS(NAMES + "text:1.0", "text:p");
        paragraph.setTextContent(line);
        text.insertBefore(paragraph, firstOfText(text));
        parts.put(CONTENT, content);
    }

    private Element text(Document content) {
        return Xml.only(Xml.only(content.getDocumentElement(), "body", kind()), "text", kind());
    }

    private static @Nullable Element firstOfText(Element text) {
        for (Element child : Xml.elements(text.getChildNodes())) {
            if (!BEFORE_TEXT.contains(child.getLocalName())) {
                return child;
            }
        }
        return null;
    }
}
