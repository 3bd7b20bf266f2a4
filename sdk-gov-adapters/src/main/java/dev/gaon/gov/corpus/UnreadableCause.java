package dev.gaon.gov.corpus;

import dev.gaon.gov.text.BilingualText;
import java.util.Locale;

/** Why a row of a corpus could not be decided. Such rows are counted and listed, never dropped. */
public enum UnreadableCause {
    MALFORMED("행의 꼴이 깨졌습니다. JSON이나 CSV로 읽을 수 있게 고치세요.", "The row is malformed. Make it readable as JSON or CSV."),
    WRONG_ENCODING("글자 부호가 맞지 않습니다. UTF-8로 저장하세요.", "The encoding is wrong. Save it as UTF-8."),
    WRONG_TYPE(
            "값의 종류가 맞지 않습니다. 글이나 참·거짓이어야 할 칸을 고치세요.",
            "A value has the wrong type. Mend the text or true-or-false cell."),
    NO_ID("id가 없습니다. 행마다 id를 주세요.", "It has no id. Give each row one."),
    TOO_LONG("값이 한도보다 깁니다. 표시가 있는 부분만 남기세요.", "A value is past the limit. Keep the part with the mark."),
    UNKNOWN_DATE("날짜로 읽을 수 없는 값입니다. 2026-05-01처럼 쓰세요.", "A value is no known date. Write it as in 2026-05-01."),
    CONTRADICTORY_DATES(
            "공표한 날보다 먼저 모은 것으로 적혔습니다. 날짜를 바로잡으세요.",
            "It says it was collected before it was published. Correct the dates."),
    BAD_EVIDENCE(
            "라이선스 표시를 읽을 수 없습니다. claims와 라이선스 칸을 고치세요.",
            "The licence evidence cannot be read. Mend the claims or licence columns.");

    private final BilingualText text;

    UnreadableCause(String ko, String en) {
        text = new BilingualText(ko, en);
    }

    /** What is wrong and what to do. */
    public BilingualText text() {
        return text;
    }

    /** As files write it, for instance {@code unknown-date}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
