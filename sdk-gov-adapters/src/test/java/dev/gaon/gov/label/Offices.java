package dev.gaon.gov.label;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The smallest documents that programs accept, in the shape that programs write. */
final class Offices {

    private static final String W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static final String R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private static final String O = "urn:oasis:names:tc:opendocument:xmlns:";
    private static final String H = "http://www.hancom.co.kr/hwpml/2011/";

    private Offices() {}

    static Map<String, String> docx() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                        + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                        + "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-"
                        + "officedocument.wordprocessingml.document.main+xml\"/></Types>");
        parts.put(
                "_rels/.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                        + "<Relationship Id=\"rId1\" Type=\"" + R
                        + "officeDocument\" Target=\"word/document.xml\"/></Relationships>");
        parts.put(
                "word/document.xml",
                "<w:document xmlns:w=\"" + W
                        + "\" xmlns:w14=\"urn:x\" xmlns:mc=\"urn:mc\" mc:Ignorable=\"w14\"><w:body>"
                        + "<w:p w14:id=\"a\"><w:r><w:t xml:space=\"preserve\"> 본문 \ud83d\ude00</w:t></w:r></w:p>"
                        + "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:body></w:document>");
        return parts;
    }

    static Map<String, String> odt() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("mimetype", "application/vnd.oasis.opendocument.text");
        parts.put(
                "content.xml",
                "<office:document-content xmlns:office=\"" + O + "office:1.0\" xmlns:text=\"" + O
                        + "text:1.0\" office:version=\"1.3\"><office:body><office:text><text:sequence-decls/>"
                        + "<text:p>본문 \ud83d\ude00</text:p></office:text></office:body></office:document-content>");
        parts.put(
                "meta.xml",
                "<office:document-meta xmlns:office=\"" + O + "office:1.0\" xmlns:meta=\"" + O
                        + "meta:1.0\" office:version=\"1.3\"><office:meta><meta:generator>x</meta:generator>"
                        + "<meta:user-defined meta:name=\"kept\">1</meta:user-defined></office:meta></office:document-meta>");
        parts.put(
                "META-INF/manifest.xml",
                "<manifest:manifest xmlns:manifest=\"" + O + "manifest:1.0\" manifest:version=\"1.3\">"
                        + "<manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.text\"/>"
                        + "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
                        + "<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>"
                        + "</manifest:manifest>");
        return parts;
    }

    static Map<String, String> hwpx() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("mimetype", "application/hwp+zip");
        parts.put(
                "Contents/content.hpf",
                "<opf:package xmlns:opf=\"http://www.idpf.org/2007/opf/\"><opf:metadata><opf:title>글</opf:title>"
                        + "<opf:meta name=\"creator\" content=\"text\">사람</opf:meta></opf:metadata></opf:package>");
        parts.put(
                "Contents/section0.xml",
                "<hs:sec xmlns:hs=\"" + H + "section\" xmlns:hp=\"" + H
                        + "paragraph\"><hp:p id=\"0\" paraPrIDRef=\"3\">"
                        + "<hp:run charPrIDRef=\"7\"><hp:secPr id=\"\"/></hp:run>"
                        + "<hp:run charPrIDRef=\"7\"><hp:t>본문</hp:t></hp:run><hp:linesegarray><hp:lineseg textpos=\"0\"/>"
                        + "</hp:linesegarray></hp:p></hs:sec>");
        return parts;
    }

    static byte[] zip(Map<String, String> parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                byte[] bytes = part.getValue().getBytes(StandardCharsets.UTF_8);
                ZipEntry entry = new ZipEntry(part.getKey());
                if (part.getKey().equals("mimetype")) {
                    CRC32 sum = new CRC32();
                    sum.update(bytes);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(bytes.length);
                    entry.setCrc(sum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(bytes);
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }
}
