package dev.gaon;

import java.util.ArrayList;
import java.util.List;

/**
 * What the embedded default says to one question: quotations, or a refusal that says so. Immutable, safe on any
 * thread; made by {@link ExtractiveEngine}.
 *
 * @param korean    the language of the question and of what is shown to the user: Korean, else English
 * @param citations one to three quotations, best first; empty for a refusal
 * @param documents how many documents the engine could read
 * @param withheld  documents that would have been quoted and may not be
 */
record Extract(boolean korean, List<Citation> citations, int documents, List<SourceDocument> withheld) {

    Extract {
        citations = List.copyOf(citations);
        withheld = List.copyOf(withheld);
    }

    boolean found() {
        return !citations.isEmpty();
    }

    /** What is shown to the user. */
    String text() {
        return (found() ? answer() : korean ? refusalInKorean() : refusalInEnglish()) + notQuoted();
    }

    /** Which documents may hold more, where they are, and why nothing of them is here. */
    private String notQuoted() {
        StringBuilder text = new StringBuilder();
        for (SourceDocument each : withheld) {
            text.append(text.isEmpty() ? korean ? "\n\n인용하지 않은 문서" : "\n\nNot quoted" : "")
                    .append("\n- ")
                    .append(each.id())
                    .append(each.source() == null ? "" : " — " + each.source())
                    .append(each.withheld() == null || each.withheld().isEmpty() ? "" : ": " + each.withheld());
        }
        return text.toString();
    }

    /** {@link #text()} cut after each run of white space: the pieces of a stream, which join to exactly that text. */
    List<String> pieces() {
        String text = text();
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i - 1)) && !Character.isWhitespace(text.charAt(i))) {
                pieces.add(text.substring(start, i));
                start = i;
            }
        }
        pieces.add(text.substring(start));
        return pieces;
    }

    /** The quotations, each with its mark, then what the marks mean. Quotes of one section share a mark. */
    private String answer() {
        StringBuilder text = new StringBuilder();
        List<String> sources = new ArrayList<>();
        for (Citation citation : citations) {
            String source = source(citation);
            if (!sources.contains(source)) {
                sources.add(source);
            }
            text.append(citation.quote())
                    .append(" [")
                    .append(sources.indexOf(source) + 1)
                    .append("]\n\n");
        }
        text.append(korean ? "출처" : "Sources");
        for (int i = 0; i < sources.size(); i++) {
            text.append("\n[").append(i + 1).append("] ").append(sources.get(i));
        }
        return text.toString();
    }

    private static String source(Citation citation) {
        String line = citation.document() + " › " + citation.section();
        if (citation.source() != null) {
            line += " — " + citation.source();
        }
        if (citation.license() != null && citation.attribution() != null) {
            return line + " (" + citation.license() + ", " + citation.attribution() + ")";
        }
        String terms = citation.license() != null ? citation.license() : citation.attribution();
        return terms == null ? line : line + " (" + terms + ")";
    }

    private String refusalInKorean() {
        return "읽을 수 있는 문서 " + documents + "건에서 답이 될 문장을 찾지 못했습니다. "
                + "지금 답하는 것은 문서에서 문장을 찾아 그대로 인용하는 기본 기능이며, 언어 모델이 아닙니다.\n\n"
                + "이렇게 해 보십시오.\n"
                + "1. 모델 쓰기: 환경 변수 UPSTAGE_API_KEY에 키를 넣고 GAON_MODEL=solar-pro4로 모델을 고릅니다.\n"
                + "2. 직접 운영하는 OpenAI 호환 서버 쓰기: 명령줄은 --endpoint URL, "
                + "Java는 Gaon.builder().endpoint(\"이름\", Endpoint.of(\"http://127.0.0.1:8080/v1\"))\n"
                + "3. 내 문서에서 찾기: 명령줄은 --docs FOLDER, Java는 Gaon.builder().documents(Path)";
    }

    private String refusalInEnglish() {
        return "Found no sentence that answers this in the " + documents + (documents == 1 ? " document" : " documents")
                + " that can be read here. What answers now is the default that quotes documents; "
                + "it is not a language model.\n\n"
                + "Three ways on:\n"
                + "1. Use a model: put a key in the environment variable UPSTAGE_API_KEY "
                + "and set GAON_MODEL=solar-pro4.\n"
                + "2. Use a server of your own that speaks the OpenAI format: --endpoint URL on the command line, "
                + "Gaon.builder().endpoint(\"name\", Endpoint.of(\"http://127.0.0.1:8080/v1\")) in Java.\n"
                + "3. Search your own documents: --docs FOLDER on the command line, "
                + "Gaon.builder().documents(Path) in Java.";
    }
}
