package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a mark on generated content says, and the way to put it there and to read it back. Immutable and safe to share;
 * every {@code with} method returns a changed copy.
 *
 * <p>The kind of content is found from its bytes; only text, Markdown, CSV and source code, whose bytes say nothing, are
 * known by the ending of the name. The original is only read. The copy appears under its name when it is complete, was
 * read back and bears its marks; whatever fails before leaves nothing there.
 *
 * <p>Limits: 512 MiB a file, 32 MiB of text, 128 MiB a picture file or PDF, 64 million pixels where a picture must be
 * drawn on; a document of parts unpacks to at most 512 MiB in 10,000 parts, each that is read to 16 MiB. Sound and video
 * are read piece by piece, never held whole; an ID3 tag, which is, is at most 16 MiB.
 *
 * <pre>{@code
 * LabelReport report = AiLabel.of("solar-open2").withProvider("Upstage").write(Path.of("a.png"), Path.of("b.png"));
 * }</pre>
 */
public final class AiLabel {

    /** Whether people may take generated pictures, sound or video for real. */
    public enum Realism {
        /** Nobody takes it for real: webtoons, icons, characters. */
        NOT_REALISTIC,
        /** It may be taken for real. */
        REALISTIC,
        /** Nobody judged it or nobody can control it; held to the stricter standard. */
        UNCONTROLLABLE
    }

    private static final class Values implements Cloneable {
        private @Nullable BilingualText text;
        private @Nullable String generator;
        private @Nullable String provider;
        private @Nullable Instant createdAt;
        private @Nullable String recordId;
        private @Nullable String sourceType;
        private Realism realism = Realism.UNCONTROLLABLE;
        private boolean artistic;
        private boolean visible = true;
        private boolean aigc;
        private @Nullable AiNotice notice;
        private @Nullable Path startSound;

        Values copy() {
            try {
                return (Values) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static final AiLabel PLAIN = new AiLabel(new Values());

    private final Values values;

    private AiLabel(Values values) {
        this.values = values;
    }

    /** A visible label with the usual wording that names no generator. */
    public static AiLabel of() {
        return PLAIN;
    }

    /** The same that names the model which generated the content, for instance {@code solar-open2}. */
    public static AiLabel of(String generator) {
        return PLAIN.withGenerator(generator);
    }

    /** Reads the marks of a file; of visible wordings it knows the usual ones and those the file itself records. */
    public static LabelReport verify(Path file) throws IOException {
        return PLAIN.find(file);
    }

    /** The same, and counts the wording of this label too, which plain text has no other place to record. */
    public LabelReport find(Path file) throws IOException {
        return Labelling.find(this, Source.of(file));
    }

    /**
     * Writes a marked copy of {@code in} to {@code out} and reads it back from there; replaces what {@code out} was.
     * Content that bears all the marks already is copied as it is.
     *
     * @throws LabelException if the content cannot be labelled; {@code out} is then as it was before
     * @throws IOException if a disk fails; {@code out} is then as it was before
     */
    public LabelReport write(Path in, Path out) throws IOException {
        return Labelling.write(this, in, out);
    }

    /** Plain text with a first line that says so. */
    public LabeledText text(String text) {
        return Labelling.text(this, "txt", text);
    }

    /** Markdown with a first paragraph that says so, after front matter if there is any. */
    public LabeledText markdown(String markdown) {
        return Labelling.text(this, "md", markdown);
    }

    /** A page or a part of one, with a visible paragraph, meta tags and JSON-LD. Needs jsoup. */
    public LabeledText html(String html) {
        return Labelling.text(this, "html", html);
    }

    /** A JSON document in an envelope: {@code {"aiLabel": {...}, "content": <the document, unchanged>}}. */
    public LabeledText json(String json) {
        return Labelling.text(this, "json", json);
    }

    /** A table with two more columns at its right end. The first row is taken for the names of the columns. */
    public LabeledText csv(String csv) {
        return Labelling.text(this, "csv", csv);
    }

    /**
     * Source code with comments that say so.
     *
     * @param extension of a file of that language without the dot, such as {@code java} or {@code py}
     */
    public LabeledText code(String source, String extension) {
        return Labelling.text(this, extension, source);
    }

    /**
     * The visible wording instead of the usual one; either language may be empty, but not both. Each is one line that names
     * AI: people have to learn from it what made the content.
     */
    public AiLabel withText(String ko, String en) {
        if (!ko.isEmpty() || en.isEmpty()) {
            Plain.require("AiLabel.text ko", ko);
        }
        if (!en.isEmpty()) {
            Plain.require("AiLabel.text en", en);
        }
        if (!ko.isEmpty() && !Wording.namesAi(ko) || !en.isEmpty() && !Wording.namesAi(en)) {
            throw LabelException.wrongUse(
                    new BilingualText(
                            "표시 문구에 인공지능이 만들었다는 말이 없습니다.", "The wording does not say that AI made the content."),
                    new BilingualText(
                            "'인공지능'이나 'AI'를 넣으세요. 예: 인공지능 생성물", "Name AI in it, as in: AI-generated content."));
        }
        return with(v -> v.text = new BilingualText(ko, en));
    }

    /** The model that generated the content. */
    public AiLabel withGenerator(String generator) {
        Plain.require("AiLabel.generator", generator);
        return with(v -> v.generator = generator);
    }

    /** Who offers the service that generated the content. */
    public AiLabel withProvider(String provider) {
        Plain.require("AiLabel.provider", provider);
        return with(v -> v.provider = provider);
    }

    /** When the content was generated; left out unless given, as nothing here reads a clock. */
    public AiLabel withCreatedAt(Instant createdAt) {
        Objects.requireNonNull(createdAt, "createdAt");
        return with(v -> v.createdAt = createdAt);
    }

    /** The id of the record of the call that generated the content. */
    public AiLabel withRecordId(String recordId) {
        Plain.require("AiLabel.recordId", recordId);
        return with(v -> v.recordId = recordId);
    }

    /** An IPTC or C2PA digital source type of generative AI; unless given, trained algorithmic media, or data for CSV and JSON. */
    public AiLabel withSourceType(String uri) {
        if (!Wording.isAiSource(uri)) {
            throw LabelException.wrongUse(
                    new BilingualText("생성형 인공지능의 디지털 출처 유형이 아닙니다.", "This is no digital source type of generative AI."),
                    new BilingualText(
                            "IPTC의 trainedAlgorithmicMedia 또는 compositeWithTrainedAlgorithmicMedia 주소를 쓰세요.",
                            "Use IPTC's address of trainedAlgorithmicMedia or compositeWithTrainedAlgorithmicMedia."));
        }
        return with(v -> v.sourceType = uri);
    }

    /** {@link Realism#UNCONTROLLABLE} unless a person judged otherwise. */
    public AiLabel withRealism(Realism realism) {
        Objects.requireNonNull(realism, "realism");
        return with(v -> v.realism = realism);
    }

    /** Whether the content is part of a work of art or another creative expression; false unless set. */
    public AiLabel withArtistic(boolean artistic) {
        return with(v -> v.artistic = artistic);
    }

    /** Whether people can see or hear the mark; true unless set. Where false, metadata alone is written. */
    public AiLabel withVisible(boolean visible) {
        return with(v -> v.visible = visible);
    }

    /** Whether metadata for China (key AIGC, GB 45438) is written as well; false unless set. */
    public AiLabel withAigc(boolean aigc) {
        return with(v -> v.aigc = aigc);
    }

    /** The notice that goes with the content; its hash and time are recorded in the content. */
    public AiLabel withNotice(AiNotice notice) {
        Objects.requireNonNull(notice, "notice");
        return with(v -> v.notice = notice);
    }

    /**
     * A sound of 0.3 to 60 seconds, spoken or tonal, to be put before a WAV (as a WAV of the same format) or before an
     * MP3 of a constant bit rate (as an MP3 of the same). Other sound and video are then refused. Of no effect on the
     * other kinds of content, or where the mark is not visible.
     */
    public AiLabel withStartSound(Path sound) {
        Objects.requireNonNull(sound, "sound");
        return with(v -> v.startSound = sound);
    }

    private AiLabel with(Consumer<Values> change) {
        Values copy = values.copy();
        change.accept(copy);
        return new AiLabel(copy);
    }

    /** The wording for a kind of media. */
    BilingualText text(Format format) {
        return values.text == null ? Wording.usual(format.media()) : values.text;
    }

    /** The wording the caller chose; null if the usual one. */
    @Nullable
    BilingualText ownText() {
        return values.text;
    }

    @Nullable
    String generator() {
        return values.generator;
    }

    boolean visible() {
        return values.visible;
    }

    /** Whether a notice goes along that was shown. */
    boolean tellsOfNotice() {
        return values.notice != null && values.notice.shownAt() != null;
    }

    boolean aigc() {
        return values.aigc;
    }

    @Nullable
    Path startSound() {
        return values.startSound;
    }

    /** All that metadata of this format will say; a visible mark that is there already stays proved. */
    Statement statement(Format format, Found there) {
        Values v = values;
        return new Statement(
                Wording.joined(text(format)),
                v.sourceType == null ? Wording.sourceType(format.media()) : v.sourceType,
                v.generator,
                v.provider,
                v.createdAt,
                v.recordId,
                v.realism,
                v.artistic,
                v.notice == null ? null : v.notice.sha256(),
                v.notice == null ? null : v.notice.shownAt(),
                there.proofs());
    }
}
