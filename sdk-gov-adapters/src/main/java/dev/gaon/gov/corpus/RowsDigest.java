package dev.gaon.gov.corpus;

import dev.gaon.gov.license.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One SHA-256 over all decided rows of a corpus, the same whatever engine decided them. One thread.
 *
 * <p>A row is one line of canonical JSON (RFC 8785) in UTF-8, {@code {"basis":...,"decision":...,"id":...,"license":...}} and
 * a line feed. Rows are taken in the order of their ids as unsigned UTF-8 bytes, a shorter one before what it begins; rows
 * of one id in the order of their bases. All rows of an id count. Unreadable rows are not in it.
 */
public final class RowsDigest {

    private static final byte[] BEFORE_DECISION = bytes("\",\"decision\":\"");
    private static final byte[] BEFORE_ID = bytes("\",\"id\":\"");
    private static final byte[] BEFORE_LICENSE = bytes("\",\"license\":\"");
    private static final byte[] START = bytes("{\"basis\":\"");
    private static final byte[] END = bytes("\"}\n");

    private static final int MOST_KNOWN = 20_000;

    /** What stands around the id of a row, the same for all rows of a basis. */
    private static final class Around {

        private final Outcome decision;
        private final String license;
        private final byte[] before;
        private final byte[] after;

        Around(String basis, Outcome decision, String license) {
            this.decision = decision;
            this.license = license;
            before = joined(START, bytes(basis), BEFORE_DECISION, bytes(decision.name()), BEFORE_ID);
            after = joined(BEFORE_LICENSE, bytes(license), END);
        }

        private static byte[] joined(byte[]... parts) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] each : parts) {
                all.writeBytes(each);
            }
            return all.toByteArray();
        }
    }

    private final MessageDigest digest;
    private final byte[] pending = new byte[1 << 16];
    private int length;
    private final Map<String, Around> known = new HashMap<>();
    private byte[] lastId = {};
    private String lastBasis = "";
    private long rows;
    private @Nullable String finished;

    public RowsDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Takes the next row.
     *
     * @throws IllegalArgumentException if it belongs before the one taken last, or the id is no Unicode text
     */
    public void add(String id, RowDecision.Decided row) {
        add(utf8(id), row.basis(), row.decision(), row.license());
    }

    void add(byte[] id, String basis, Outcome decision, String license) {
        int order = rows == 0 ? -1 : Arrays.compareUnsigned(lastId, id);
        if (order > 0 || (order == 0 && lastBasis.compareTo(basis) > 0)) {
            throw new IllegalArgumentException("rows out of order at row " + rows);
        }
        lastId = id;
        lastBasis = basis;
        rows++;
        Around around = known.get(basis);
        if (around == null || around.decision != decision || !around.license.equals(license)) {
            around = new Around(basis, decision, license);
            if (known.size() == MOST_KNOWN) {
                known.clear();
            }
            known.put(basis, around);
        }
        update(around.before);
        update(plain(id) ? id : escaped(new String(id, StandardCharsets.UTF_8)));
        update(around.after);
    }

    /** In large pieces, since each costs as much as some hundred bytes. */
    private void update(byte[] bytes) {
        if (bytes.length > pending.length - length) {
            flush();
        }
        if (bytes.length > pending.length) {
            digest.update(bytes);
        } else {
            System.arraycopy(bytes, 0, pending, length, bytes.length);
            length += bytes.length;
        }
    }

    private void flush() {
        digest.update(pending, 0, length);
        length = 0;
    }

    private static byte[] utf8(String id) {
        try {
            ByteBuffer out = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(id));
            byte[] bytes = new byte[out.remaining()];
            out.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("an id is no Unicode text", e);
        }
    }

    private static boolean plain(byte[] text) {
        for (byte each : text) {
            if (each >= 0 && each < ' ' || each == '"' || each == '\\') {
                return false;
            }
        }
        return true;
    }

    /** As RFC 8785 writes it: two-letter escapes where there are any, else lower-case hexadecimal. */
    private static byte[] escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            int known = "\b\t\n\f\r\"\\".indexOf(each);
            if (known >= 0) {
                out.append('\\').append("btnfr\"\\".charAt(known));
            } else if (each < ' ') {
                out.append("\\u00").append(HexFormat.of().toHexDigits((byte) each));
            } else {
                out.append(each);
            }
        }
        return bytes(out.toString());
    }

    public long rows() {
        return rows;
    }

    /** {@code sha256:...}; no row can be added after. */
    public String sha256() {
        if (finished == null) {
            flush();
            finished = "sha256:" + HexFormat.of().formatHex(digest.digest());
        }
        return finished;
    }
}
