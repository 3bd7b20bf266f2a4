package dev.gaon.gov.label;

import dev.gaon.gov.label.LabelReport.Reach;
import dev.gaon.gov.text.BilingualText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;

/** The one way of a label: look what is there, write what is missing, believe what is read back. */
final class Labelling {

    private Labelling() {}

    static LabelReport find(AiLabel label, Source file) throws IOException {
        Format format = Formats.of(file);
        return report(format, read(format, file, label), file, false);
    }

    static LabelReport write(AiLabel label, Path in, Path out) throws IOException {
        Source file = Source.of(in);
        NewFile.refuseSame(in, out);
        if (label.startSound() != null) {
            NewFile.refuseSame(label.startSound(), out);
        }
        Format format = Formats.of(file);
        Found there = read(format, file, label);
        boolean done = complete(format, label, there);
        return NewFile.write(
                out,
                stream -> mark(format, file, label, there, done, stream),
                written -> proved(label, format, Source.of(written, String.valueOf(out.getFileName())), done));
    }

    static LabeledText text(AiLabel label, String extension, String text) {
        try {
            Source given = Source.of("text." + extension, text.getBytes(StandardCharsets.UTF_8));
            Format format = Formats.of(given);
            Found there = read(format, given, label);
            boolean done = complete(format, label, there);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            mark(format, given, label, there, done, out);
            LabelReport report = proved(label, format, Source.of(given.name(), out.toByteArray()), done);
            return new LabeledText(done ? text : out.toString(StandardCharsets.UTF_8), report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void mark(Format format, Source file, AiLabel label, Found there, boolean done, OutputStream out)
            throws IOException {
        if (done) {
            try (InputStream in = file.open()) {
                in.transferTo(out);
            }
            return;
        }
        if (!label.visible() && !format.canTag()) {
            throw LabelException.wrongUse(
                    new BilingualText(
                            "이 형식에는 보이지 않는 표시를 둘 자리가 없습니다.", "This format has no place for an invisible mark."),
                    new BilingualText("보이는 표시를 켜세요: withVisible(true).", "Let it be visible: withVisible(true)."));
        }
        guarded(format, () -> format.write(file, label, there, out));
    }

    /** The marks count only as found in the bytes at hand, by the format that those bytes and that name stand for. */
    private static LabelReport proved(AiLabel label, Format format, Source written, boolean done) throws IOException {
        Format known = Formats.of(written);
        if (known != format) {
            throw LabelException.wrongUse(
                    new BilingualText(
                            "출력 이름의 확장자가 내용(" + format.kind() + ")과 맞지 않습니다.",
                            "The ending of the output's name does not fit its content (" + format.kind() + ")."),
                    new BilingualText("입력과 같은 확장자를 쓰세요.", "Use the same ending as the input."));
        }
        Found found = read(format, written, label);
        if (!complete(format, label, found)) {
            throw new LabelException(
                    "not-verified",
                    new BilingualText(
                            "표시를 썼지만 다시 읽어 확인하지 못해 결과를 남기지 않았습니다(" + format.kind() + ").",
                            "Marks were written but not found when read back, so no result was kept (" + format.kind()
                                    + ")."),
                    new BilingualText(
                            "다른 도구로 원본을 다시 저장한 뒤 시도하고, 그래도 안 되면 알려 주세요.",
                            "Save the original again with another tool and retry; report it if that does not help."));
        }
        return report(format, found, written, done);
    }

    private static boolean complete(Format format, AiLabel label, Found found) {
        boolean shown = !label.visible() || !format.canShow(label) || found.has(Reach.HUMAN);
        boolean tagged = !format.canTag() || found.has("digital-source-type") && (!label.aigc() || found.has("aigc"));
        boolean told = !label.tellsOfNotice() || found.statement() == null || found.has(Reach.NOTICE);
        return shown && tagged && told && (found.has(Reach.HUMAN) || found.has(Reach.MACHINE));
    }

    private static Found read(Format format, Source file, AiLabel label) throws IOException {
        Found found = new Found();
        guarded(format, () -> format.read(file, label, found));
        return found;
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Where a library is missing, its absence shows only when it is first needed. */
    private static void guarded(Format format, Step step) throws IOException {
        try {
            step.run();
        } catch (NoClassDefFoundError e) {
            String library = format.library();
            if (library == null) {
                throw e;
            }
            throw new LabelException(
                    "missing-library",
                    new BilingualText(
                            format.kind() + " 형식을 다루려면 라이브러리가 필요합니다: " + library + ".",
                            "The format " + format.kind() + " needs a library: " + library + "."),
                    new BilingualText("이 의존성을 프로젝트에 더하세요.", "Add this dependency to your project."),
                    e);
        } catch (StackOverflowError e) {
            throw LabelException.damaged(format.kind(), "nesting", e);
        } catch (OutOfMemoryError e) {
            // One part of it unpacks to more than there is, and was not kept; so there is memory again.
            throw LabelException.tooLarge(
                    new BilingualText("이 파일을 푸는 데 드는 메모리가", "The memory that unpacking this file takes"),
                    (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        }
    }

    private static LabelReport report(Format format, Found found, Source file, boolean done) throws IOException {
        return new LabelReport(
                format.kind(),
                format.media(),
                sha256(file),
                done,
                found.marks(),
                Markets.judge(found.facts(format.media(), format.kind())),
                found.remarks());
    }

    private static String sha256(Source file) throws IOException {
        try (InputStream in = file.open();
                DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), AiNotice.digest())) {
            in.transferTo(out);
            return HexFormat.of().formatHex(out.getMessageDigest().digest());
        }
    }
}
