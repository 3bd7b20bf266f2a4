package dev.gaon;

import dev.gaon.AnswerScoring.Scored;
import dev.gaon.DocumentReader.Guide;
import dev.gaon.PassageIndex.Passage;
import dev.gaon.Question.Kind;
import dev.gaon.Question.Term;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers a question by quoting documents, or says that it found nothing. Not a language model: it writes no
 * sentence of its own. Safe on any thread; it keeps the texts in memory, and has nothing to close.
 *
 * <p>Documents in the language of the question are tried first, then the others. A blank question, one of more than
 * {@value Question#MAX_LENGTH} characters, and one without a content word are refused.
 */
final class ExtractiveEngine {

    /** Sentences quoted in all. */
    static final int MAX_SENTENCES = 3;
    /** A second place is quoted if it ranks at least this close to the best one (as a share of it) ... */
    static final double SECOND_PLACE = 0.85;
    /** ... and a neighbour of the best sentence if it covers, by itself, this share of what that one covers. */
    static final double NEIGHBOUR = 0.35;
    /** Another section as close as this gets a sentence of the three. */
    static final double RIVAL = 0.95;

    private static final double SAME_NAME = 0.1;
    private static final int MAX_QUOTE = 700;

    private final List<SourceDocument> own;
    private final List<String> ownSynonyms;
    private final @Nullable ClassLoader loader;
    private @Nullable Guides guides;
    private @Nullable PassageIndex korean;
    private @Nullable PassageIndex english;

    /**
     * Over a user's documents and the guides on the class path. The guides are found at the first question, and those
     * whose file name says their language are read when a question needs it.
     *
     * @param loader where to find the guides, or null for none
     */
    ExtractiveEngine(DocumentReader.Reading own, @Nullable ClassLoader loader) {
        this.own = own.documents();
        this.ownSynonyms = own.synonyms();
        this.loader = loader;
    }

    /** How many documents it can quote. */
    int documents() {
        return own.size()
                + (int) guides().all().stream()
                        .filter(guide -> !guide.isSynonyms())
                        .count();
    }

    Extract answer(String question) {
        Objects.requireNonNull(question, "question");
        Question asked = Question.of(question, guides().synonyms());
        Set<SourceDocument> withheld = new LinkedHashSet<>();
        List<Scored> found = quotable(new AnswerScoring(asked, index(asked.isKorean()), false).judge(), withheld);
        if (found.isEmpty()) {
            found = quotable(new AnswerScoring(asked, index(!asked.isKorean()), true).judge(), withheld);
        }
        return new Extract(asked.isKorean(), cite(found, asked), documents(), List.copyOf(withheld));
    }

    /** Without the documents that are never quoted; those that would have been are added to {@code withheld}. */
    private static List<Scored> quotable(List<Scored> ranked, Set<SourceDocument> withheld) {
        List<Scored> quotable = new ArrayList<>();
        for (Scored each : ranked) {
            SourceDocument document = each.passage().document();
            if (document.withheld() == null) {
                quotable.add(each);
            } else if (each.rank() >= SECOND_PLACE * ranked.get(0).rank()) {
                withheld.add(document);
            }
        }
        return quotable;
    }

    /** What the class path holds, and the synonyms of all. */
    private record Guides(List<Guide> all, Synonyms synonyms) {}

    private synchronized Guides guides() {
        if (guides == null) {
            List<Guide> all = loader == null ? List.of() : DocumentReader.guides(loader);
            List<String> lists = new ArrayList<>(ownSynonyms);
            all.stream().filter(Guide::isSynonyms).forEach(guide -> lists.add(guide.text()));
            guides = new Guides(all, new Synonyms(lists));
        }
        return guides;
    }

    private synchronized PassageIndex index(boolean ofKorean) {
        PassageIndex index = ofKorean ? korean : english;
        if (index == null) {
            String language = ofKorean ? SourceDocument.KOREAN : SourceDocument.ENGLISH;
            List<SourceDocument> documents = new ArrayList<>(own);
            for (Guide guide : guides().all()) {
                if (!guide.isSynonyms()
                        && (guide.language() == null || guide.language().equals(language))) {
                    documents.add(guide.read());
                }
            }
            documents.removeIf(document -> !document.language().equals(language));
            index = new PassageIndex(documents);
            korean = ofKorean ? index : korean;
            english = ofKorean ? english : index;
        }
        return index;
    }

    @SuppressWarnings("ReferenceEquality") // another document may hold a section of the same text
    private static List<Citation> cite(List<Scored> ranked, Question question) {
        List<Term> terms = question.terms();
        List<Citation> citations = new ArrayList<>();
        if (ranked.isEmpty()) {
            return citations;
        }
        Scored best = ranked.get(0);
        boolean rival = question.asks() == Question.Asks.OTHER
                && ranked.stream()
                        .anyMatch(next ->
                                next.passage().section() != best.passage().section()
                                        && next.rank() >= RIVAL * best.rank()
                                        && namesTheSame(next, best, terms));
        int[] span = widen(best, ranked, rival ? MAX_SENTENCES - 1 : MAX_SENTENCES);
        citations.add(citation(best.passage(), span[0], span[1]));
        int left = MAX_SENTENCES - (span[1] - span[0]);
        for (Scored next : ranked) {
            if (left == 0 || next.rank() < SECOND_PLACE * best.rank()) {
                break;
            }
            Citation citation = citation(next.passage(), next.sentence(), next.sentence() + 1);
            if (namesTheSame(next, best, terms)
                    && citations.stream().noneMatch(c -> c.quote().contains(citation.quote()))) {
                citations.add(citation);
                left--;
            }
        }
        return citations;
    }

    /** Whether it is about the same names and numbers, and not about the next model or the next type. */
    private static boolean namesTheSame(Scored next, Scored best, List<Term> terms) {
        for (int t = 0; t < terms.size(); t++) {
            Kind kind = terms.get(t).kind();
            boolean naming = kind == Kind.NAME || kind == Kind.NUMBER;
            if (naming && next.grades()[t] < best.grades()[t] - SAME_NAME) {
                return false;
            }
        }
        return true;
    }

    /** Takes in neighbours that say about as much, and what a sentence that ends in a colon announces. */
    private static int[] widen(Scored best, List<Scored> ranked, int most) {
        Passage passage = best.passage();
        Sentences sentences = passage.sentences();
        boolean announces = passage.section().text().charAt(sentences.end(best.sentence()) - 1) == ':';
        int from = best.sentence();
        int to = from + 1;
        while (to - from < most) {
            double after = to == passage.last() ? -1 : announces ? best.own() : worth(best, ranked, to);
            double before = from == passage.first() || announces ? -1 : worth(best, ranked, from - 1);
            boolean forward = after >= before;
            int start = forward ? from : from - 1;
            int end = forward ? to + 1 : to;
            if (Math.max(after, before) < NEIGHBOUR * best.own()
                    || sentences.end(end - 1) - sentences.start(start) > MAX_QUOTE) {
                break;
            }
            from = start;
            to = end;
        }
        return new int[] {from, to};
    }

    @SuppressWarnings("ReferenceEquality") // as above, of passages
    private static double worth(Scored best, List<Scored> ranked, int sentence) {
        for (Scored scored : ranked) {
            if (scored.passage() == best.passage() && scored.sentence() == sentence) {
                return scored.rightKind() && !best.rightKind() ? best.own() : scored.own();
            }
        }
        return -1;
    }

    private static Citation citation(Passage passage, int from, int to) {
        SourceDocument document = passage.document();
        String heading = passage.section().heading();
        String quote = passage.section()
                .text()
                .substring(passage.sentences().start(from), passage.sentences().end(to - 1));
        return new Citation(
                document.id(),
                heading.isEmpty() ? document.title() : heading,
                String.join(" ", quote.strip().split("\\s+")),
                document.source(),
                document.license(),
                document.attribution());
    }
}
