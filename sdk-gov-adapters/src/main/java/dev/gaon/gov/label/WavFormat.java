package dev.gaon.gov.label;

import dev.gaon.gov.label.LabelReport.Reach;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * WAV: XMP in a {@code _PMX} chunk, and the wording as the comment that players show. Samples are copied bit for bit,
 * after the caller's start sound if there is one.
 */
final class WavFormat implements Format {

    private static final String XMP = "_PMX";

    /** They point at samples by number. */
    private static final Set<String> POINTING = Set.of("cue ", "smpl", "plst");

    /** A chunk of the original that is copied, or a whole new one with its pad byte. */
    private static final class Part {
        private final Wav.@Nullable Chunk copied;
        private final byte[] made;

        private Part(Wav.@Nullable Chunk copied, byte[] made) {
            this.copied = copied;
            this.made = made;
        }

        static Part of(Wav.Chunk copied) {
            return new Part(copied, new byte[0]);
        }

        static Part of(String id, byte[] content) {
            return new Part(null, Wav.chunk(id, content));
        }

        long length(Wav wav, @Nullable WavStart sound) {
            if (copied == null) {
                return made.length;
            }
            long length = content(copied, wav, sound);
            return 8 + length + (length & 1);
        }

        void write(MediaFile file, Wav wav, @Nullable WavStart sound, OutputStream out) throws IOException {
            out.write(made);
            if (copied == null) {
                return;
            }
            long length = content(copied, wav, sound);
            head(copied.id(), length, out);
            if (sound != null && copied.equals(wav.data())) {
                sound.writeTo(out);
            }
            file.copy(copied.at(), copied.end(), out);
            if ((length & 1) == 1) {
                out.write(0);
            }
        }

        private static long content(Wav.Chunk copied, Wav wav, @Nullable WavStart sound) {
            return copied.length() + (sound != null && copied.equals(wav.data()) ? sound.length() : 0);
        }
    }

    @Override
    public String kind() {
        return "wav";
    }

    @Override
    public String media() {
        return "audio";
    }

    @Override
    public boolean matches(Source file) {
        boolean riff = file.says(0, "RIFF") || file.says(0, "RF64") || file.says(0, "BW64") || file.says(0, "RIFX");
        return riff && file.says(8, "WAVE") && file.isFile();
    }

    @Override
    public boolean canShow(AiLabel label) {
        return label.startSound() != null;
    }

    @Override
    public void read(Source source, AiLabel label, Found found) throws IOException {
        try (MediaFile file = open(source)) {
            Wav wav = Wav.of(file);
            byte[] packet = xmp(file, wav);
            if (packet != null) {
                Xmp.read(packet, "xmp", found);
            }
            WavStart.find(file, wav, found);
        }
    }

    private MediaFile open(Source source) throws IOException {
        if (!source.says(0, "RIFF")) {
            throw new LabelException(
                    "unsupported",
                    new BilingualText(
                            "RF64, BW64, RIFX 방식의 WAV는 다루지 않습니다.",
                            "WAV files of the RF64, BW64 and RIFX forms are not supported."),
                    new BilingualText("일반 WAV(RIFF)로 저장하세요.", "Save it as an ordinary WAV file (RIFF)."));
        }
        return MediaFile.open(source, kind());
    }

    private static byte @Nullable [] xmp(MediaFile file, Wav wav) throws IOException {
        Wav.Chunk chunk = wav.first(XMP);
        return chunk == null ? null : file.bytes(chunk.at(), (int) Math.min(chunk.length(), Xmp.MAX_BYTES + 1));
    }

    @Override
    public void write(Source source, AiLabel label, Found there, OutputStream out) throws IOException {
        try (MediaFile file = open(source)) {
            Wav wav = Wav.of(file);
            Path given = label.visible() && !there.has(Reach.HUMAN) ? label.startSound() : null;
            try (WavStart sound = given == null ? null : start(given, wav)) {
                Statement statement = label.statement(this, there);
                if (sound != null) {
                    statement = sound.proof().in(statement);
                }
                byte[] packet = Xmp.merge(xmp(file, wav), statement, label.aigc(), kind());
                write(file, wav, sound, parts(file, wav, sound, packet, WavInfo.comment(label.text(this)), label), out);
            }
        }
    }

    private static WavStart start(Path given, Wav wav) throws IOException {
        if (!wav.shape().isPlain()) {
            throw new LabelException(
                    "unsupported",
                    new BilingualText(
                            "압축된 WAV(" + wav.shape().inWords() + ") 앞에는 시작음을 붙일 수 없습니다.",
                            "No start sound can be put before a compressed WAV ("
                                    + wav.shape().inWords() + ")."),
                    new BilingualText("PCM으로 저장한 뒤 다시 시도하세요.", "Save it as PCM, then retry."));
        }
        for (String id : POINTING) {
            if (wav.first(id) != null) {
                throw new LabelException(
                        "unsupported",
                        new BilingualText(
                                "시작음을 붙이면 이 파일의 큐·반복 지점(" + id.strip() + ")이 어긋납니다.",
                                "A start sound would move what this file's cue or loop points (" + id.strip()
                                        + ") point at."),
                        new BilingualText(
                                "편집기에서 그 지점들을 지우고 저장한 뒤 시도하세요.", "Save it without those points, then retry."));
            }
        }
        return WavStart.open(given, wav.shape());
    }

    private static List<Part> parts(
            MediaFile file, Wav wav, @Nullable WavStart sound, byte[] packet, String comment, AiLabel label)
            throws IOException {
        List<Part> parts = new ArrayList<>();
        boolean info = false;
        for (Wav.Chunk chunk : wav.chunks()) {
            if (!info && WavInfo.is(file, chunk)) {
                info = true;
                byte[] content = WavInfo.with(file, chunk, comment, label);
                parts.add(content == null ? Part.of(chunk) : Part.of("LIST", content));
            } else if (sound != null && chunk.id().equals("fact") && chunk.length() >= 4 && chunk.length() <= 4096) {
                byte[] fact = file.bytes(chunk.at(), (int) chunk.length());
                ByteBuffer count = ByteBuffer.wrap(fact).order(ByteOrder.LITTLE_ENDIAN);
                count.putInt(0, count.getInt(0) + (int) sound.samples());
                parts.add(Part.of("fact", fact));
            } else if (!chunk.id().equals(XMP)) {
                parts.add(Part.of(chunk));
            }
        }
        if (!info) {
            parts.add(Part.of("LIST", WavInfo.with(comment)));
        }
        parts.add(Part.of(XMP, packet));
        return parts;
    }

    private static void write(MediaFile file, Wav wav, @Nullable WavStart sound, List<Part> parts, OutputStream out)
            throws IOException {
        long size = 4;
        for (Part part : parts) {
            size += part.length(wav, sound);
        }
        if (size > 0xffff_ffffL) {
            throw LabelException.tooLarge(new BilingualText("시작음을 더한 WAV가", "The WAV with its start sound"), "4 GiB");
        }
        head("RIFF", size, out);
        out.write("WAVE".getBytes(StandardCharsets.US_ASCII));
        for (Part part : parts) {
            part.write(file, wav, sound, out);
        }
        file.copy(wav.end(), file.size(), out);
    }

    private static void head(String id, long length, OutputStream out) throws IOException {
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(id.getBytes(StandardCharsets.ISO_8859_1))
                .putInt((int) length)
                .array());
    }
}
