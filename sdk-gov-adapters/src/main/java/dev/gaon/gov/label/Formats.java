package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The formats there are. Those known by their bytes come before those known by a name alone. */
final class Formats {

    private static final List<Format> BY_BYTES = List.of(
            new PngFormat(),
            new JpegFormat(),
            new PdfFormat(),
            new OdtFormat(),
            new HwpxFormat(),
            new DocxFormat(),
            new WavFormat(),
            new Mp3Format(),
            new Mp4Format("audio"),
            new Mp4Format("video"));

    private static final List<Format> BY_NAME = byName();

    private Formats() {}

    private static List<Format> byName() {
        List<Format> formats = new ArrayList<>(List.of(new JsonFormat(), new CsvFormat()));
        formats.addAll(CommentFormat.all());
        formats.add(new HtmlFormat());
        formats.add(new PlainTextFormat());
        return List.copyOf(formats);
    }

    static Format of(Source file) throws IOException {
        for (List<Format> formats : List.of(BY_BYTES, BY_NAME)) {
            for (Format format : formats) {
                if (format.matches(file)) {
                    return format;
                }
            }
        }
        throw new LabelException(
                "unknown-format",
                new BilingualText(
                        "이 파일의 형식을 알 수 없거나 아직 지원하지 않습니다.", "The format of this file is unknown or not supported."),
                new BilingualText(
                        "바이트와 확장자가 지원하는 형식에 맞는지 확인하세요.",
                        "Check that its bytes and its ending belong to a supported format."));
    }
}
