package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The caller's sound that goes before a WAV of the same shape; measured to be long and loud enough to be heard. */
final class WavStart implements Closeable {

    private static final double LEAST_LOUDNESS = 0.00316; // 50 dB below full scale

    private final MediaFile file;
    private final Wav.Chunk data;
    private final WavShape shape;

    private WavStart(MediaFile file, Wav.Chunk data, WavShape shape) {
        this.file = file;
        this.data = data;
        this.shape = shape;
    }

    /** Refuses a sound that cannot stand before samples of {@code wanted} or that nobody would hear. */
    static WavStart open(Path path, WavShape wanted) throws IOException {
        Source source = Source.of(path);
        if (!source.says(0, "RIFF") || !source.says(8, "WAVE")) {
            throw unfit("WAV가 아닙니다", "is no WAV file", wanted);
        }
        MediaFile file = MediaFile.open(source, "start sound");
        try {
            Wav wav = Wav.of(file);
            Wav.Chunk data = wav.data();
            if (!wav.shape().equals(wanted)) {
                String own = wav.shape().inWords();
                throw unfit("본문과 형식이 다릅니다(" + own + ")", "has another format (" + own + ")", wanted);
            }
            if (data.length() % wanted.block() != 0) {
                throw unfit("마지막 표본이 잘렸습니다", "is cut off within a sample", wanted);
            }
            if (!isHeard(file, data.at(), data.end(), wanted)) {
                throw unfit("너무 짧거나, 길거나, 작습니다", "is too short, too long or too quiet", wanted);
            }
            return new WavStart(file, data, wanted);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static LabelException unfit(String ko, String en, WavShape wanted) {
        return LabelException.wrongUse(
                new BilingualText("시작음 파일은 쓸 수 없습니다: " + ko + ".", "The start sound cannot be used: it " + en + "."),
                new BilingualText(
                        "본문과 같은 형식의 WAV로 저장하세요(" + wanted.inWords() + ", 0.3초에서 60초까지, 실효값 -50 dBFS 이상).",
                        "Save it as a WAV file in the format of the content (" + wanted.inWords()
                                + ", 0.3 to 60 seconds, -50 dBFS RMS or louder)."));
    }

    private static boolean isHeard(MediaFile file, long from, long to, WavShape shape) throws IOException {
        if (!SoundProof.lasts(shape.seconds(to - from))) {
            return false;
        }
        int step = shape.bits() / 8;
        double[] sum = {0};
        file.each(from, to, step, (buffer, length) -> {
            ByteBuffer samples = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 0; at + step <= length; at += step) {
                double sample = shape.sample(samples, at);
                sum[0] += sample * sample;
            }
        });
        return Math.sqrt(sum[0] * step / (to - from)) >= LEAST_LOUDNESS;
    }

    /** Adds the audible mark if the samples are there. */
    static void find(MediaFile file, Wav wav, Found found) throws IOException {
        SoundProof proof = SoundProof.of(found);
        if (proof == null) {
            return;
        }
        long from = wav.data().at();
        boolean there = wav.shape().isPlain()
                && proof.length() <= wav.data().length()
                && proof.length() % wav.shape().block() == 0
                && isHeard(file, from, from + proof.length(), wav.shape())
                && file.sha256(from, from + proof.length()).equals(proof.sha256());
        if (there) {
            proof.kept("first " + proof.length() / wav.shape().block() + " samples", found);
        } else {
            SoundProof.lost(found);
        }
    }

    long length() {
        return data.length();
    }

    long samples() {
        return data.length() / shape.block();
    }

    SoundProof proof() throws IOException {
        return new SoundProof(data.length(), file.sha256(data.at(), data.end()));
    }

    void writeTo(OutputStream out) throws IOException {
        file.copy(data.at(), data.end(), out);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
