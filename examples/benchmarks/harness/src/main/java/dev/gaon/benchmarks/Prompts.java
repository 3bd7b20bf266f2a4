package dev.gaon.benchmarks;

/** What is asked; the server does not care. */
final class Prompts {

    static final String SHORT = "공공누리 제1유형의 조건을 알려 줘";

    /** A little more than 1 MB of UTF-8, with line breaks and quotes that JSON must escape. */
    static final String LARGE = "이 문서를 \"요약\"해 줘: 공공누리는 네 가지 유형이 있다.\n".repeat(13_600);

    private Prompts() {}
}
