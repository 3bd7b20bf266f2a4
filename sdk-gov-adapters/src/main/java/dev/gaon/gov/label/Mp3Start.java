package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** The caller's MP3 whose frames go before those of an MP3 of the same shape; nothing is decoded. */
final class Mp3Start implements Closeable {

    private final MediaFile file;
    private final long from;
    private final long to;

    private Mp3Start(MediaFile file, long from, long to) {
        this.file = file;
        this.from = from;
        this.to = to;
    }

    /** Refuses a sound that cannot stand before {@code content}, and content that cannot stand behind another. */
    static Mp3Start open(Path path, Mp3Sound content) throws IOException {
        if (!content.isWhole()
                || !content.remarks().isEmpty() && !content.remarks().equals("Info")) {
            throw new LabelException(
                    "unsupported",
                    new BilingualText(
                            "이 MP3는 가변 비트레이트이거나 다른 MP3에서 잘라 낸 것이라 앞에 시작음을 붙일 수 없습니다.",
                            "No start sound can be put before this MP3: its bit rate varies, or it was cut out of another."),
                    new BilingualText(
                            "인코딩하기 전의 WAV에 시작음을 붙이거나, 고정 비트레이트로 저장하세요.",
                            "Put it before the WAV and encode again, or save it with a constant bit rate."));
        }
        Source source = Source.of(path);
        if (!Mp3Format.isMp3(source)) {
            throw unfit("MP3가 아닙니다", "is no MP3", content);
        }
        MediaFile file = MediaFile.open(source, "start sound");
        try {
            Mp3Sound sound = Mp3Sound.of(file, Id3.of(file).length());
            Mp3Sound.Run run = sound.run(file.size());
            if (!sound.shape().suits(content.shape())
                    || sound.shape().kbits() != content.shape().kbits()
                    || !run.even()) {
                String own = sound.shape().inWords() + (run.even() ? "" : ", VBR");
                throw unfit("본문과 형식이 다릅니다(" + own + ")", "has another format (" + own + ")", content);
            }
            if (!sound.isWhole()) {
                throw unfit("다른 MP3에서 잘라 낸 것입니다", "was cut out of another MP3", content);
            }
            if (!sound.isHeard(run)) {
                throw unfit("너무 짧거나, 길거나, 소리가 없습니다", "is too short, too long or silent", content);
            }
            return new Mp3Start(file, sound.audible(), run.end());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static LabelException unfit(String ko, String en, Mp3Sound content) {
        String wanted = content.shape().inWords();
        return LabelException.wrongUse(
                new BilingualText("시작음 파일은 쓸 수 없습니다: " + ko + ".", "The start sound cannot be used: it " + en + "."),
                new BilingualText(
                        "본문과 같은 형식으로 저장하세요(" + wanted + " 고정, 0.3초에서 60초까지).",
                        "Save it in the format of the content (" + wanted + " throughout, 0.3 to 60 seconds)."));
    }

    /** Adds the audible mark if its frames are there. */
    static void find(MediaFile file, Mp3Sound sound, Found found) throws IOException {
        SoundProof proof = SoundProof.of(found);
        if (proof == null) {
            return;
        }
        long end = sound.audible() + proof.length();
        Mp3Sound.Run run = sound.run(Math.min(end, file.size()));
        if (run.end() == end
                && sound.isWhole()
                && sound.isHeard(run)
                && file.sha256(sound.audible(), end).equals(proof.sha256())) {
            proof.kept("first " + run.frames() + " frames", found);
        } else {
            SoundProof.lost(found);
        }
    }

    SoundProof proof() throws IOException {
        return new SoundProof(to - from, file.sha256(from, to));
    }

    void writeTo(OutputStream out) throws IOException {
        file.copy(from, to, out);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
