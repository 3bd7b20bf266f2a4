package dev.gaon.gov.label;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.jspecify.annotations.Nullable;

/** A stream of a PDF, unpacked no farther than a limit: a small file may unpack to more than any memory holds. */
final class PdfStream {

    private PdfStream() {}

    /** Null if it is packed in a way that metadata and our own marks never are, if it is broken, or above the limit. */
    static byte @Nullable [] bytes(COSStream stream, int limit) {
        COSBase filter = stream.getDictionaryObject(COSName.FILTER);
        if (filter instanceof COSArray filters && filters.size() == 1) {
            filter = filters.getObject(0);
        }
        boolean plain = filter == null || filter instanceof COSArray filters && filters.size() == 0;
        boolean packed = COSName.FLATE_DECODE.equals(filter) && !stream.containsKey(COSName.DECODE_PARMS);
        if (!plain && !packed) {
            return null;
        }
        try (InputStream raw = stream.createRawInputStream();
                InputStream in = plain ? raw : new InflaterInputStream(raw)) {
            byte[] bytes = in.readNBytes(limit + 1);
            return bytes.length > limit ? null : bytes;
        } catch (IOException e) {
            return null;
        }
    }
}
