package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * MP4, MOV and, where there is only sound, M4A: XMP in a {@code uuid} box after everything that offsets in the file point
 * at, so nothing moves. Neither frames nor coded sound are read or changed: a visible or audible mark is never claimed.
 */
final class Mp4Format implements Format {

    /** Still pictures in the same boxes. */
    private static final Set<String> PICTURES = Set.of(
            "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "avif", "avis", "jp2 ", "jpx ", "jpm ",
            "crx ");

    private final boolean audio;

    Mp4Format(String media) {
        this.audio = media.equals("audio");
    }

    @Override
    public String kind() {
        return audio ? "m4a" : "mp4";
    }

    @Override
    public String media() {
        return audio ? "audio" : "video";
    }

    @Override
    public boolean matches(Source source) throws IOException {
        if (!source.isFile() || !source.says(4, "ftyp") || PICTURES.stream().anyMatch(brand -> source.says(8, brand))) {
            return false;
        }
        try (MediaFile file = MediaFile.open(source, kind())) {
            return Mp4.of(file).isAudio() == audio;
        } catch (LabelException e) {
            return !audio; // which says what is wrong when it reads
        }
    }

    /** Only what a caller asks for and does not get is missing: then {@link #write} says so. */
    @Override
    public boolean canShow(AiLabel label) {
        return label.startSound() != null;
    }

    @Override
    public void read(Source source, AiLabel label, Found found) throws IOException {
        try (MediaFile file = MediaFile.open(source, kind())) {
            Mp4 mp4 = Mp4.of(file);
            for (Mp4.Box box : mp4.boxes()) {
                if (mp4.isXmp(box)) {
                    Xmp.read(mp4.packet(box), "xmp", found);
                }
            }
        }
        if (!audio) {
            found.remark(
                    "영상 화면은 보지 않았습니다. 생성된 구간 내내 보이는 표시는 영상을 만드는 쪽에서 화면에 넣고 사람이 확인해야 합니다.",
                    "The frames were not looked at. A mark that is visible over the whole generated part must be burnt in"
                            + " by the pipeline that makes the video, and checked by a person.");
        }
    }

    @Override
    public void write(Source source, AiLabel label, Found there, OutputStream out) throws IOException {
        if (label.visible() && label.startSound() != null) {
            throw new LabelException(
                    "unsupported",
                    new BilingualText(
                            kind() + " 파일의 소리 앞에는 시작음을 붙일 수 없습니다.",
                            "No start sound can be put before the sound of this format (" + kind() + ")."),
                    new BilingualText(
                            "인코딩하기 전에 시작음을 붙이고, 표시는 withStartSound 없이 쓰세요.",
                            "Put it there before encoding, and write the label without withStartSound."));
        }
        try (MediaFile file = MediaFile.open(source, kind())) {
            Mp4 mp4 = Mp4.of(file);
            byte[] packet = null;
            for (Mp4.Box box : mp4.boxes()) {
                packet = packet == null && mp4.isXmp(box) ? mp4.packet(box) : packet;
            }
            packet = Xmp.merge(packet, label.statement(this, there), label.aigc(), kind());
            write(file, mp4, packet, out);
        }
    }

    private static void write(MediaFile file, Mp4 mp4, byte[] packet, OutputStream out) throws IOException {
        int fixed = mp4.fixed();
        for (Mp4.Box box : mp4.boxes().subList(0, fixed)) {
            if (mp4.isXmp(box)) {
                head(box, "free", out);
                zeros(box.end() - box.start() - 8, out);
            } else {
                copy(file, box, out);
            }
        }
        out.write(Mp4.xmpBox(packet));
        for (Mp4.Box box : mp4.boxes().subList(fixed, mp4.boxes().size())) {
            if (!mp4.isXmp(box)) {
                copy(file, box, out);
            }
        }
        file.copy(mp4.end(), file.size(), out);
    }

    /** A box that reached to the end of the file gets its size, as others follow it now. */
    private static void copy(MediaFile file, Mp4.Box box, OutputStream out) throws IOException {
        if (box.open()) {
            head(box, box.type(), out);
            file.copy(box.body(), box.end(), out);
        } else {
            file.copy(box.start(), box.end(), out);
        }
    }

    private static void head(Mp4.Box box, String type, OutputStream out) throws IOException {
        out.write(ByteBuffer.allocate(8)
                .putInt((int) (box.end() - box.start()))
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .array());
    }

    private static void zeros(long count, OutputStream out) throws IOException {
        byte[] piece = new byte[1 << 16];
        for (long left = count; left > 0; left -= piece.length) {
            out.write(piece, 0, (int) Math.min(left, piece.length));
        }
    }
}
