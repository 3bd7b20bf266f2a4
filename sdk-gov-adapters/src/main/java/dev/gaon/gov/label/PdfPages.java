package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/** A PDF as PDFBox reads and writes it. */
final class PdfPages {

    private static final String SOURCE_TYPE = "DigitalSourceType";
    private static final String STATEMENT = "AILabel";
    private static final String AIGC = "AIGC";

    private interface Work<T> {
        T with(PDDocument document) throws IOException;
    }

    private PdfPages() {}

    static void read(byte[] bytes, Found found) throws IOException {
        open(bytes, document -> {
            byte[] xmp = xmp(document);
            if (xmp != null) {
                Xmp.read(xmp, "xmp", found);
            }
            readInformation(document.getDocumentInformation(), found);
            Statement statement = found.statement();
            String header = statement == null ? null : statement.proofs().get(PdfHeader.PROOF);
            if (statement != null && header != null && PdfHeader.isOn(document, header)) {
                found.drawn("first page, top", header, statement);
            }
            if (statement != null && xmp != null && new String(xmp, StandardCharsets.UTF_8).contains("/pdfa/ns/id/")) {
                found.remark("PDF/A 적합성은 확인하지 않았습니다.", "Conformance to PDF/A was not checked.");
            }
            return true;
        });
    }

    private static void readInformation(PDDocumentInformation information, Found found) {
        String type = information.getCustomMetadataValue(SOURCE_TYPE);
        String aigc = information.getCustomMetadataValue(AIGC);
        String own = information.getCustomMetadataValue(STATEMENT);
        if (type != null) {
            found.sourceType("info", type);
        }
        if (aigc != null) {
            found.aigc("info", aigc);
        }
        if (own != null && found.statement() == null) {
            found.statement("info", own);
        }
    }

    /** @param show whether the line is to be drawn; where not, metadata alone is written */
    static byte[] write(byte[] bytes, Statement statement, BilingualText wording, boolean show, boolean aigc)
            throws IOException {
        return open(bytes, document -> {
            requireUnsigned(document);
            byte[] before = xmp(document);
            Statement said = show
                    ? statement.with(PdfHeader.PROOF, PdfHeader.draw(document, Wording.shapes(wording)))
                    : statement;
            PDMetadata metadata = new PDMetadata(document);
            metadata.importXMPMetadata(Xmp.merge(before, said, aigc, "pdf"));
            document.getDocumentCatalog().setMetadata(metadata);
            PDDocumentInformation information = document.getDocumentInformation();
            information.setCustomMetadataValue(SOURCE_TYPE, said.sourceType());
            information.setCustomMetadataValue(STATEMENT, said.json());
            if (aigc) {
                information.setCustomMetadataValue(AIGC, said.aigc());
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + (64 << 10));
            boolean old = document.getVersion() < 1.5f;
            document.save(out, old ? CompressParameters.NO_COMPRESSION : CompressParameters.DEFAULT_COMPRESSION);
            return out.toByteArray();
        });
    }

    private static <T> T open(byte[] bytes, Work<T> work) throws IOException {
        requireEnd(bytes);
        try (PDDocument document = Loader.loadPDF(bytes)) {
            if (document.isEncrypted()) {
                throw locked();
            }
            if (document.getNumberOfPages() < 1) {
                throw LabelException.damaged("pdf", "no page");
            }
            return work.with(document);
        } catch (InvalidPasswordException e) {
            throw locked();
        } catch (LabelException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // All bytes are in memory: whatever fails here, fails over what the bytes say.
            throw LabelException.damaged("pdf", "structure", e);
        }
    }

    /** PDFBox repairs what it can; but of a file that was cut off, nobody knows what is missing. */
    private static void requireEnd(byte[] bytes) {
        int from = Math.max(0, bytes.length - 2048);
        if (!new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1).contains("%%EOF")) {
            throw LabelException.damaged("pdf", "cut off: no %%EOF");
        }
    }

    private static LabelException locked() {
        return new LabelException(
                "locked",
                new BilingualText("PDF가 암호나 권한 제한으로 잠겨 있습니다.", "The PDF is locked by a password or by permissions."),
                new BilingualText(
                        "소유자가 잠금을 푼 사본을 쓰거나, 잠그기 전에 표시하세요.",
                        "Use a copy that its owner has unlocked, or label it before it is locked."));
    }

    private static void requireUnsigned(PDDocument document) throws IOException {
        boolean certified = document.getDocumentCatalog().getCOSObject().containsKey(COSName.PERMS);
        if (certified || !document.getSignatureDictionaries().isEmpty()) {
            throw new LabelException(
                    "signed",
                    new BilingualText(
                            "전자서명된 PDF입니다. 표시를 넣으면 서명이 깨집니다.", "The PDF is signed. A label would break the signature."),
                    new BilingualText(
                            "서명하기 전의 PDF에 표시한 뒤 다시 서명하세요.",
                            "Label the PDF as it was before it was signed, then sign it."));
        }
    }

    private static byte @Nullable [] xmp(PDDocument document) throws IOException {
        COSBase stream = document.getDocumentCatalog().getCOSObject().getDictionaryObject(COSName.METADATA);
        if (!(stream instanceof COSStream xmp)) {
            return null;
        }
        byte[] packet = PdfStream.bytes(xmp, Xmp.MAX_BYTES);
        if (packet == null) {
            throw LabelException.damaged("pdf", "XMP");
        }
        return packet;
    }
}
