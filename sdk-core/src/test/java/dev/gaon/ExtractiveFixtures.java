package dev.gaon;

import java.util.List;

/** Small documents written for the tests of the embedded default. */
final class ExtractiveFixtures {

    static final String LIBRARY_KO = """
            ---
            title: 한빛도서관 이용 안내
            language: ko
            source: https://library.example/guide
            license: CC-BY-4.0
            attribution: 한빛도서관
            ---
            # 한빛도서관 이용 안내

            ## 한빛도서관이란
            한빛도서관은 누구나 무료로 쓰는 공공도서관입니다. 시청이 운영합니다.

            ## 대출 권수와 기간
            회원은 책을 한 번에 7권까지 빌릴 수 있습니다. 대출 기간은 14일입니다. 예약한 사람이 없으면 대출을 7일 연장합니다.

            ## 연체료
            책을 늦게 반납하면 하루에 100원(100원)의 연체료를 냅니다. 연체료는 5,000원을 넘지 않습니다.

            ## 휴관일
            한빛도서관은 2026년 3월 2일에 다시 문을 엽니다. 매주 월요일에 쉽니다.

            ## 좌석 예약 프로그램
            좌석 예약은 `seat-007` 명령으로 합니다:

            ```
            seat-007 --room A
            ```

            ## 요금표
            | 종류 | 요금 |
            | --- | --- |
            | 복사 | 50원 |
            | 스캔 | 무료 |
            """;

    static final String LIBRARY_EN = """
            ---
            title: Guide to Hanbit Library
            language: en
            source: https://library.example/guide-en
            ---
            # Guide to Hanbit Library

            ## Borrowing
            Members may borrow up to 7 books at a time. The loan period is 14 days. Loans are renewed once for 7 days.

            ## Late fees
            A late fee of 100 won a day is charged for overdue books. The late fee cannot exceed 5,000 won.

            ## Reopening
            Hanbit Library reopens on 2 March 2026. It is closed on Mondays.

            ## Telescope lending
            The telescope is lent only to members above the age of 18.
            """;

    private ExtractiveFixtures() {}

    static List<SourceDocument> documents() {
        return List.of(MarkdownText.read("library.ko", LIBRARY_KO), MarkdownText.read("library.en", LIBRARY_EN));
    }

    static ExtractiveEngine engine() {
        return engine(documents());
    }

    static ExtractiveEngine engine(List<SourceDocument> documents) {
        return new ExtractiveEngine(new DocumentReader.Reading(documents, List.of("상한, 넘지"), List.of()), null);
    }
}
