package dev.gaon.gov.label;

import dev.gaon.gov.label.LabelReport.Reach;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * MP3: XMP in a {@code PRIV} frame of the ID3v2 tag, the source type and the wording in frames that players show. The
 * sound is copied bit for bit, behind the frames of the caller's start sound if there is one.
 */
final class Mp3Format implements Format {

    private static final String SOURCE_TYPE = "DigitalSourceType";
    private static final String AIGC = "AIGC";

    @Override
    public String kind() {
        return "mp3";
    }

    @Override
    public String media() {
        return "audio";
    }

    @Override
    public boolean matches(Source source) {
        return source.isFile() && isMp3(source);
    }

    static boolean isMp3(Source source) {
        byte[] head = source.head();
        return Id3.is(head) || Mp3Sound.isFrame(ByteBuffer.wrap(head), 0, source.size());
    }

    @Override
    public boolean canShow(AiLabel label) {
        return label.startSound() != null;
    }

    @Override
    public void read(Source source, AiLabel label, Found found) throws IOException {
        try (MediaFile file = MediaFile.open(source, kind())) {
            Id3 tag = Id3.of(file);
            Mp3Sound sound = Mp3Sound.of(file, tag.length());
            for (Id3Frame frame : tag.frames()) {
                byte[] packet = frame.xmp(tag.version());
                if (packet != null) {
                    Xmp.read(packet, "xmp", found);
                }
                Id3Frame.Named named = frame.named(tag.version());
                if (named != null && named.name().equals(SOURCE_TYPE)) {
                    found.sourceType("id3", named.value());
                } else if (named != null && named.name().equals(AIGC)) {
                    found.aigc("id3", named.value());
                }
            }
            Mp3Start.find(file, sound, found);
        }
    }

    @Override
    public void write(Source source, AiLabel label, Found there, OutputStream out) throws IOException {
        Path given = label.visible() && !there.has(Reach.HUMAN) ? label.startSound() : null;
        try (MediaFile file = MediaFile.open(source, kind())) {
            Id3 tag = Id3.of(file);
            Mp3Sound sound = Mp3Sound.of(file, tag.length());
            Statement statement = label.statement(this, there);
            try (Mp3Start start = given == null ? null : Mp3Start.open(given, sound)) {
                statement = start == null ? statement : start.proof().in(statement);
                out.write(tag.with(frames(tag, statement, label)));
                if (start == null) {
                    file.copy(tag.length(), file.size(), out);
                } else {
                    file.copy(tag.length(), sound.first(), out);
                    // The encoder's own count of frames would be wrong now, so it is left out.
                    start.writeTo(out);
                    file.copy(sound.audible(), file.size(), out);
                }
            }
        }
    }

    private List<Id3Frame> frames(Id3 tag, Statement statement, AiLabel label) throws IOException {
        int version = tag.version();
        List<Id3Frame> frames = new ArrayList<>();
        byte[] packet = null;
        for (Id3Frame frame : tag.frames()) {
            byte[] xmp = frame.xmp(version);
            packet = packet == null ? xmp : packet;
            if (xmp == null && !isOurs(frame, version, label.aigc())) {
                frames.add(frame);
            }
        }
        frames.add(Id3Frame.xmp(Xmp.merge(packet, statement, label.aigc(), kind())));
        frames.add(Id3Frame.named("TXXX", "", SOURCE_TYPE, statement.sourceType(), version));
        if (label.aigc()) {
            frames.add(Id3Frame.named("TXXX", "", AIGC, statement.aigc(), version));
        }
        String language = label.text(this).ko().isEmpty() ? "eng" : "kor";
        frames.add(Id3Frame.named("COMM", language, Statement.NAME, statement.text(), version));
        return frames;
    }

    private static boolean isOurs(Id3Frame frame, int version, boolean aigc) {
        Id3Frame.Named named = frame.named(version);
        String name = named == null ? "" : named.name();
        return frame.id().equals("COMM")
                ? name.equals(Statement.NAME)
                : name.equals(SOURCE_TYPE) || aigc && name.equals(AIGC);
    }
}
