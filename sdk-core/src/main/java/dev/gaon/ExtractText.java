package dev.gaon;

import java.util.ArrayList;
import java.util.List;

/** Writes an {@link Extract} for people, in Korean or English. Stateless. */
final class ExtractText {

    private ExtractText() {}

    /** The quotations, each with its mark, then what the marks mean. Quotes of one section share a mark. */
    static String answer(List<Citation> citations, boolean korean) {
        StringBuilder text = new StringBuilder();
        List<String> sources = new ArrayList<>();
        for (Citation citation : citations) {
            String source = source(citation);
            if (!sources.contains(source)) {
                sources.add(source);
            }
            text.append(citation.quote()).append(" [").append(sources.indexOf(source) + 1).append("]\n\n");
        }
        text.append(korean ? "출처" : "Sources");
        for (int i = 0; i < sources.size(); i++) {
            text.append("\n[").append(i + 1).append("] ").append(sources.get(i));
        }
        return text.toString();
    }

    static String refusal(int documents, boolean korean) {
        if (korean) {
            return "읽을 수 있는 문서 " + documents + "건에서 답이 될 문장을 찾지 못했습니다. 지금 답하는 것은 문서에서 문장을 찾아 그대로 인용하는 기본 기능이며, 언어 모델이 아닙니다.\n\n"
                    + "이렇게 해 보십시오.\n"
                    + "1. 모델 쓰기: 키를 환경 변수(예: UPSTAGE_API_KEY)에 넣고 모델을 고릅니다. 명령줄: --model solar-open2, Java: gaon.chat(\"solar-open2\")\n"
                    + "2. 직접 운영하는 OpenAI 호환 서버 쓰기. 명령줄: --endpoint URL, Java: Gaon.builder()의 endpoint 설정\n"
                    + "3. 내 문서에서 찾기. 명령줄: --docs FOLDER, Java: Gaon.builder()의 documents 설정";
        }
        return "Found no sentence that answers this in the " + documents + (documents == 1 ? " document" : " documents")
                + " that can be read here. What answers now is the default that quotes documents; it is not a language model.\n\n"
                + "Three ways on:\n"
                + "1. Use a model: put a key in its environment variable (such as UPSTAGE_API_KEY) and choose a model. Command line: --model solar-open2, Java: gaon.chat(\"solar-open2\")\n"
                + "2. Use a server of your own that speaks the OpenAI format. Command line: --endpoint URL, Java: the endpoint setting of Gaon.builder()\n"
                + "3. Search your own documents. Command line: --docs FOLDER, Java: the documents setting of Gaon.builder()";
    }

    private static String source(Citation citation) {
        StringBuilder line = new StringBuilder(citation.document()).append(" › ").append(citation.section());
        if (citation.source() != null) {
            line.append(" — ").append(citation.source());
        }
        if (citation.license() != null || citation.attribution() != null) {
            line.append(" (");
            if (citation.license() != null) {
                line.append(citation.license()).append(citation.attribution() != null ? ", " : "");
            }
            line.append(citation.attribution() != null ? citation.attribution() : "").append(')');
        }
        return line.toString();
    }
}
