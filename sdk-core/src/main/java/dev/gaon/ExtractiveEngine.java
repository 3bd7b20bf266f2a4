package dev.gaon;

import dev.gaon.AnswerScoring.Scored;
import dev.gaon.AnswerScoring.Verdict;
import dev.gaon.DocumentReader.Guide;
import dev.gaon.PassageIndex.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Answers a question by quoting documents, or says that it found nothing. Not a language model: it writes no
 * sentence of its own. Immutable, safe on any thread; it holds the texts and an index in memory, and nothing to close.
 *
 * <p>Documents in the language of the question are tried first, then the others. A blank question, one of more than
 * {@value Question#MAX_LENGTH} characters, and one without a content word are refused.
 */
final class ExtractiveEngine {

    /** Sentences quoted in all. */
    static final int MAX_SENTENCES = 3;
    /** A second place is quoted if it ranks at least this close to the best one (as a share of it) ... */
    static final double SECOND_PLACE = 0.9;
    /** ... and a neighbour of the best sentence if it covers, by itself, this share of what that one covers. */
    static final double NEIGHBOUR = 0.6;
    private static final double SAME_NAME = 0.1;
    private static final int MAX_QUOTE = 700;

    private final int documents;
    private final Shelf korean;
    private final Shelf english;

    private ExtractiveEngine(List<SourceDocument> read, List<Guide> unread, ClassLoader loader) {
        documents = read.size() + unread.size();
        korean = new Shelf(Language.KOREAN, read, unread, loader);
        english = new Shelf(Language.ENGLISH, read, unread, loader);
    }

    /** Over documents that were read already. */
    static ExtractiveEngine of(List<SourceDocument> documents) {
        return new ExtractiveEngine(documents, List.of(), null);
    }

    /**
     * Over the guides on the class path and documents of the user's. Guides whose file name says their language are
     * read when the first question needs that language, which makes the first answer come sooner.
     */
    static ExtractiveEngine bundled(ClassLoader loader, List<SourceDocument> more) {
        return new ExtractiveEngine(more, DocumentReader.guides(loader), loader);
    }

    /** How many documents it can quote. */
    int documents() {
        return documents;
    }

    Extract answer(String question) {
        Objects.requireNonNull(question, "question");
        Question asked = Question.of(question);
        if (asked.terms().isEmpty()) {
            return new Extract(question, List.of(), documents);
        }
        boolean inKorean = asked.language().equals(Language.KOREAN);
        Verdict verdict = new AnswerScoring(asked, (inKorean ? korean : english).index(), false).judge();
        if (!verdict.found()) {
            verdict = new AnswerScoring(asked, (inKorean ? english : korean).index(), true).judge();
        }
        return new Extract(question, cite(verdict.sentences(), asked), documents);
    }

    private static List<Citation> cite(List<Scored> ranked, Question question) {
        List<Citation> citations = new ArrayList<>();
        if (ranked.isEmpty()) {
            return citations;
        }
        Scored best = ranked.get(0);
        int[] span = {best.sentence(), best.sentence() + 1};
        widen(span, best, ranked);
        citations.add(citation(best.passage(), span[0], span[1]));
        int left = MAX_SENTENCES - (span[1] - span[0]);
        for (Scored next : ranked) {
            if (left == 0 || next.rank() < SECOND_PLACE * best.rank()) {
                break;
            }
            boolean quoted = next.passage().section() == best.passage().section() && next.sentence() >= span[0] && next.sentence() < span[1];
            Citation citation = quoted || !namesTheSame(next, best, question) ? null : citation(next.passage(), next.sentence(), next.sentence() + 1);
            if (citation != null && !quotes(citations, citation.quote())) {
                citations.add(citation);
                left--;
            }
        }
        return citations;
    }

    private static boolean quotes(List<Citation> citations, String quote) {
        for (Citation citation : citations) {
            if (citation.quote().contains(quote)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is about the same names and numbers, and not about the next model or the next type. */
    private static boolean namesTheSame(Scored next, Scored best, Question question) {
        for (int t = 0; t < question.terms().size(); t++) {
            Question.Kind kind = question.terms().get(t).kind();
            if ((kind == Question.Kind.NAME || kind == Question.Kind.NUMBER) && next.grades()[t] < best.grades()[t] - SAME_NAME) {
                return false;
            }
        }
        return true;
    }

    /** Takes in the sentence after or before if it says about as much of what was asked, and what a sentence that ends in a colon announces. */
    private static void widen(int[] span, Scored best, List<Scored> ranked) {
        Passage passage = best.passage();
        String text = passage.section().text();
        boolean announces = text.charAt(passage.sentences().end(best.sentence()) - 1) == ':';
        for (int i = 0; i < MAX_SENTENCES - 1; i++) {
            double after = announces ? best.own() : own(ranked, passage, span[1]);
            double before = announces ? 0 : own(ranked, passage, span[0] - 1);
            boolean forward = after >= before;
            if (Math.max(after, before) < NEIGHBOUR * best.own() || forward && span[1] >= passage.last()) {
                return;
            }
            int from = forward ? span[0] : span[0] - 1;
            int to = forward ? span[1] + 1 : span[1];
            if (passage.sentences().end(to - 1) - passage.sentences().start(from) > MAX_QUOTE) {
                return;
            }
            span[0] = from;
            span[1] = to;
        }
    }

    private static double own(List<Scored> ranked, Passage passage, int sentence) {
        for (Scored scored : ranked) {
            if (scored.passage() == passage && scored.sentence() == sentence) {
                return scored.own();
            }
        }
        return 0;
    }

    private static Citation citation(Passage passage, int from, int to) {
        SourceDocument document = passage.document();
        String heading = passage.section().heading();
        String quote = passage.section().text().substring(passage.sentences().start(from), passage.sentences().end(to - 1));
        return new Citation(document.id(), heading.isEmpty() ? document.title() : heading, oneLine(quote), document.source(), document.license(), document.attribution());
    }

    private static String oneLine(String quote) {
        StringBuilder line = new StringBuilder(quote.length());
        boolean space = false;
        for (int i = 0; i < quote.length(); i++) {
            char c = quote.charAt(i);
            if (Character.isWhitespace(c)) {
                space = line.length() > 0;
            } else {
                line.append(space ? " " : "").append(c);
                space = false;
            }
        }
        return line.toString();
    }

    /** The documents of one language and their index, which is built when the first question needs it. */
    private static final class Shelf {

        private final String language;
        private final ClassLoader loader;
        private final List<Guide> unread;
        private final List<SourceDocument> read = new ArrayList<>();
        private PassageIndex index;

        Shelf(String language, List<SourceDocument> read, List<Guide> unread, ClassLoader loader) {
            this.language = language;
            this.loader = loader;
            this.unread = unread;
            for (SourceDocument document : read) {
                add(document);
            }
        }

        synchronized PassageIndex index() {
            if (index == null) {
                for (Guide guide : unread) {
                    if (guide.language() == null || guide.language().equals(language)) {
                        add(guide.read(loader));
                    }
                }
                index = PassageIndex.of(read);
            }
            return index;
        }

        private void add(SourceDocument document) {
            if (document.language().equals(language)) {
                read.add(document);
            }
        }
    }
}
