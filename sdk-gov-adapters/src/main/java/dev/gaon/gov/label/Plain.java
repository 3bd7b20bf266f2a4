package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;

/** Texts that callers give and that end up inside files: one line, no invisible characters, not endless. */
final class Plain {

    private static final int LIMIT = 500;

    private Plain() {}

    static String require(String name, String text) {
        if (text.isBlank() || text.length() > LIMIT || text.codePoints().anyMatch(Plain::refused)) {
            throw LabelException.wrongUse(
                    new BilingualText(
                            name + "은(는) 비어 있거나 500자를 넘거나 줄바꿈·제어 문자를 담을 수 없습니다.",
                            name
                                    + " must not be blank, longer than 500 characters or hold line breaks or control characters."),
                    new BilingualText("한 줄로 된 짧은 글을 주세요.", "Give one short line."));
        }
        return text;
    }

    private static boolean refused(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> c == 0xfffe || c == 0xffff;
        };
    }
}
