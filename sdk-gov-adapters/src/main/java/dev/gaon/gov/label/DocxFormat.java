package dev.gaon.gov.label;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Word's DOCX: a first paragraph, and custom properties of the document. */
final class DocxFormat extends OfficeFormat {

    private static final String TYPES = "[Content_Types].xml";
    private static final String RELATIONS = "_rels/.rels";
    private static final String CUSTOM = "docProps/custom.xml";
    private static final String CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/";
    private static final String PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";

    private static final String NO_PROPERTIES =
            "<Properties xmlns=\"" + OFFICE + "custom-properties\" xmlns:vt=\"" + OFFICE + "docPropsVTypes\"/>";

    DocxFormat() {
        super("docx");
    }

    @Override
    public boolean matches(Source file) throws IOException {
        if (!file.says(0, "PK\u0003\u0004")) {
            return false;
        }
        try (ZipParts parts = ZipParts.open(file, kind())) {
            return parts.has(TYPES) && parts.hasUnder("word/");
        }
    }

    @Override
    String signature() {
        return "_xmlsignatures/";
    }

    /** A locked one is no ZIP. */
    @Override
    Map<String, String> properties(ZipParts parts) throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        if (parts.has(CUSTOM)) {
            for (Element property : Xml.named(parts.xml(CUSTOM).getDocumentElement(), "property")) {
                properties.put(property.getAttribute("name"), property.getTextContent());
            }
        }
        return properties;
    }

    @Override
    void setProperties(ZipParts parts, Map<String, String> values) throws IOException {
        if (!parts.has(CUSTOM)) {
            announce(parts);
        }
        Document custom = parts.has(CUSTOM)
                ? parts.xml(CUSTOM)
                : Xml.parse(NO_PROPERTIES.getBytes(StandardCharsets.UTF_8), kind());
        Element root = custom.getDocumentElement();
        int last = 1;
        for (Element property : Xml.named(root, "property")) {
            if (values.containsKey(property.getAttribute("name"))) {
                root.removeChild(property);
            } else if (property.getAttribute("pid").matches("\\d{1,8}")) {
                last = Math.max(last, Integer.parseInt(property.getAttribute("pid")));
            }
        }
        for (Map.Entry<String, String> value : values.entrySet()) {
            last++;
            Element property = Xml.child(custom, root, "property");
            property.setAttribute("fmtid", PROPERTY_SET);
            property.setAttribute("pid", String.valueOf(last));
            property.setAttribute("name", value.getKey());
            Element text = custom.createElementNS(OFFICE + "docPropsVTypes", "vt:lpwstr");
            text.setTextContent(value.getValue());
            property.appendChild(text);
            root.appendChild(property);
        }
        parts.put(CUSTOM, custom);
    }

    /** A new part is found only if the list of types and the relations of the package name it. */
    private static void announce(ZipParts parts) throws IOException {
        Document types = parts.xml(TYPES);
        Element all = types.getDocumentElement();
        Element type = Xml.child(types, all, "Override");
        type.setAttribute("PartName", "/" + CUSTOM);
        type.setAttribute("ContentType", CUSTOM_TYPE);
        all.appendChild(type);
        parts.put(TYPES, types);
        Document relations = parts.xml(RELATIONS);
        Element root = relations.getDocumentElement();
        Element relation = Xml.child(relations, root, "Relationship");
        relation.setAttribute("Id", "rIdGaonLabel");
        relation.setAttribute("Type", OFFICE + "relationships/custom-properties");
        relation.setAttribute("Target", CUSTOM);
        root.appendChild(relation);
        parts.put(RELATIONS, relations);
    }

    @Override
    String firstLine(ZipParts parts) throws IOException {
        List<Element> all = Xml.elements(body(parts.xml(main(parts))).getChildNodes());
        boolean paragraph = !all.isEmpty() && "p".equals(all.get(0).getLocalName());
        StringBuilder text = new StringBuilder();
        for (Element piece : paragraph ? Xml.below(all.get(0), "t") : List.<Element>of()) {
            text.append(piece.getTextContent());
        }
        return text.toString();
    }

    @Override
    void insertFirstLine(ZipParts parts, String line) throws IOException {
        String name = main(parts);
        Document document = parts.xml(name);
        Element body = body(document);
        Element paragraph = Xml.child(document, body, "p");
        Element run = Xml.child(document, body, "r");
        Element look = Xml.child(document, body, "rPr");
        look.appendChild(Xml.child(document, body, "b"));
        Element text = Xml.child(document, body, "t");
        text.setTextContent(line);
        run.appendChild(look);
        run.appendChild(text);
        paragraph.appendChild(run);
        body.insertBefore(paragraph, body.getFirstChild());
        parts.put(name, document);
    }

    private Element body(Document document) {
        return Xml.only(document.getDocumentElement(), "body", kind());
    }

    private String main(ZipParts parts) throws IOException {
        for (Element relation : Xml.named(parts.xml(RELATIONS).getDocumentElement(), "Relationship")) {
            if (relation.getAttribute("Type").endsWith("/officeDocument")) {
                return relation.getAttribute("Target").replaceFirst("^/", "");
            }
        }
        throw LabelException.damaged(kind(), RELATIONS);
    }
}
