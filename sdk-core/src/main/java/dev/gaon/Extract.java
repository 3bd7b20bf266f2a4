package dev.gaon;

import java.util.ArrayList;
import java.util.List;

/**
 * What the embedded default says to one question: quotations, or a refusal that says so. Immutable, safe on any
 * thread; made by {@link ExtractiveEngine}.
 *
 * @param question  as asked
 * @param citations one to three quotations, best first; empty for a refusal
 * @param documents how many documents the engine could read
 */
record Extract(String question, List<Citation> citations, int documents) {

    Extract {
        citations = List.copyOf(citations);
    }

    boolean found() {
        return !citations.isEmpty();
    }

    /** What is shown to the user, in the language of the question. */
    String text() {
        boolean korean = Language.ofQuestion(question).equals(Language.KOREAN);
        return found() ? ExtractText.answer(citations, korean) : ExtractText.refusal(documents, korean);
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
        return List.copyOf(pieces);
    }
}
