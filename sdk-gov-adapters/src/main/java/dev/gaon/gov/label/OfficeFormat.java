package dev.gaon.gov.label;

import dev.gaon.gov.label.LabelReport.Reach;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A document of an office program that is a ZIP of XML parts: a first line in its text, and properties of the document.
 * Only the parts that change are written anew; the JDK's own XML does it, so that no office library is needed.
 */
abstract class OfficeFormat implements Format {

    private static final String MANIFEST = "META-INF/manifest.xml";
    private static final String SOURCE_TYPE = "digital-source-type";
    private static final String AIGC = "AIGC";

    private final String kind;

    OfficeFormat(String kind) {
        this.kind = kind;
    }

    @Override
    public final String kind() {
        return kind;
    }

    @Override
    public final String media() {
        return "document";
    }

    /** Of the document, those of other programs too, by name. */
    abstract Map<String, String> properties(ZipParts parts) throws IOException;

    /** The first line of the document's text. */
    abstract String firstLine(ZipParts parts) throws IOException;

    /** Sets these properties and leaves the others. */
    abstract void setProperties(ZipParts parts, Map<String, String> properties) throws IOException;

    abstract void insertFirstLine(ZipParts parts, String line) throws IOException;

    /** A part that is there where the document is signed; a change would break the signature. */
    abstract String signature();

    /** Whether the text is locked by a password. */
    private static boolean isLocked(ZipParts parts) throws IOException {
        return parts.has(MANIFEST)
                && !Xml.below(parts.xml(MANIFEST).getDocumentElement(), "encryption-data")
                        .isEmpty();
    }

    @Override
    public final void read(Source file, AiLabel label, Found found) throws IOException {
        try (ZipParts parts = open(file)) {
            Map<String, String> properties = properties(parts);
            found.sourceType("properties", properties.getOrDefault(SOURCE_TYPE, ""));
            found.aigc("properties", properties.getOrDefault(AIGC, ""));
            found.statement("properties", properties.getOrDefault(Statement.NAME, ""));
            Statement statement = found.statement();
            if (statement != null && firstLine(parts).equals(statement.text())) {
                found.human("first line", statement.text());
            }
        }
    }

    @Override
    public final void write(Source file, AiLabel label, Found there, OutputStream out) throws IOException {
        try (ZipParts parts = open(file)) {
            if (parts.hasUnder(signature())) {
                throw new LabelException(
                        "signed",
                        new BilingualText(
                                "전자서명된 문서입니다. 표시를 넣으면 서명이 깨집니다.",
                                "The document is signed. A label would break the signature."),
                        new BilingualText(
                                "서명하기 전의 문서에 표시한 뒤 다시 서명하세요.",
                                "Label it as it was before it was signed, then sign it."));
            }
            Statement statement = label.statement(this, there);
            if (label.visible() && !there.has(Reach.HUMAN)) {
                insertFirstLine(parts, statement.text());
            }
            Map<String, String> properties = new LinkedHashMap<>();
            properties.put(SOURCE_TYPE, statement.sourceType());
            properties.put(Statement.NAME, statement.json());
            if (label.aigc()) {
                properties.put(AIGC, statement.aigc());
            }
            setProperties(parts, properties);
            parts.write(out);
        }
    }

    private ZipParts open(Source file) throws IOException {
        ZipParts parts = ZipParts.open(file, kind);
        try {
            if (isLocked(parts)) {
                throw new LabelException(
                        "locked",
                        new BilingualText("문서가 암호로 잠겨 있습니다.", "The document is locked by a password."),
                        new BilingualText("암호를 푼 사본에 표시하세요.", "Label a copy without the password."));
            }
        } catch (LabelException | IOException e) {
            parts.close();
            throw e;
        }
        return parts;
    }

    /** Whether a ZIP begins with a part {@code mimetype} that says this, as these formats want it. */
    static boolean saysType(Source file, String type) {
        return file.says(0, "PK\u0003\u0004") && file.says(30, "mimetype" + type);
    }
}
