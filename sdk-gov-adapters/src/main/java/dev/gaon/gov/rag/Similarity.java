package dev.gaon.gov.rag;

import dev.gaon.gov.license.Work;
import java.util.List;

/**
 * What an answer has in common with works. Immutable; it holds nothing of their texts.
 *
 * @param letters of the answer, as they are compared
 * @param complete false if the answer was longer than can be checked
 * @param matches works that the answer repeats, the longest run first
 */
public record Similarity(int letters, boolean complete, List<Match> matches) {

    public Similarity {
        matches = List.copyOf(matches);
    }

    /**
     * One work that the answer repeats.
     *
     * @param longest letters of the longest common run; 0 if only {@code close} counts
     * @param shared letters of the answer in common runs
     * @param share the same as a part of the answer, from 0 to 1
     * @param close the largest part of any {@value SimilarityCheck#WINDOW} letters of the answer that stands, in whatever
     *     order, near one place of the work, from 0 to 1
     * @param spans where the answer repeats it, at most 100
     */
    public record Match(Work work, int longest, int shared, double share, double close, List<Span> spans) {

        public Match {
            spans = List.copyOf(spans);
        }
    }

    /**
     * A part of the answer.
     *
     * @param start its first character
     * @param end after its last character
     */
    public record Span(int start, int end) {}
}
