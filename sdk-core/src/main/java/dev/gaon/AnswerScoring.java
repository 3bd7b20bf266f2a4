package dev.gaon;

import dev.gaon.PassageIndex.Passage;
import dev.gaon.Question.Asks;
import dev.gaon.Question.Kind;
import dev.gaon.Question.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which sentence answers a question, and whether any does. Every number that can be tuned is a named
 * constant here or in {@link TermMatch}. Used for one question on one thread.
 *
 * <p>Confidence is the share of the question's terms, weighted by how rare and how telling each is, that the
 * sentence and what surrounds it cover. A term that no candidate holds keeps its full weight, so a question about
 * something else stays below the bar however many common words it shares with the documents.
 */
final class AnswerScoring {

    // Passages looked at closely.
    static final int CANDIDATES = 40;

    // The bar.
    static final double MIN_CONFIDENCE = 0.64;
    /** In the other language's documents, where only names and synonyms can be found. */
    static final double MIN_CONFIDENCE_FOREIGN = 0.75;
    /** A long question says some things that no document says: each noun above so many lowers the bar. */
    static final int FEW_TERMS = 4;

    static final double PER_TERM = 0.04;
    static final double MIN_CONFIDENCE_LONG = 0.48;
    /** The most telling term has to be covered at least so well; of a long question, one of the two most telling. */
    static final double MIN_KEY_TERM = 0.59;
    /** A name (HCX-007, GPT) or a number (31조) has to be covered at least so well, whatever else is. */
    static final double MIN_NAME = 0.55;
    /** "Who is the minister?" needs the word itself, not 장관 at the end of a ministry's name. */
    static final double MIN_ROLE = 0.95;
    /** A term less rare than this stands in so many passages that it does not tell them apart. */
    static final double EVERYWHERE = 0.2;
    /** Of a short question, every noun worth more than SPECIFIC that other passages know is covered so well. */
    static final double MIN_KNOWN = 0.51;

    static final double SPECIFIC = 0.34;
    /** Nouns, names and numbers that no candidate covers, at most this share of all of them. */
    static final double MAX_MISSING = 0.4;

    // What a match is worth by where it stands.
    static final double IN_HEADING = 0.95;
    static final double IN_TITLE = 0.8;
    static final double NAME_IN_TITLE = 0.5;
    static final double IN_NEIGHBOUR = 0.8;
    static final double IN_SECTION = 0.7;

    // What a term is worth by its kind, times its rarity.
    static final double NAME_WEIGHT = 1.2;
    static final double PREDICATE_WEIGHT = 0.35;
    static final double WEAK_WEIGHT = 0.25;
    /** Rarity of the most frequent term, as a share of the rarest one's. */
    static final double MIN_RARITY = 0.3;
    /** A verb or a weak word that no candidate has is often just said in another way. */
    static final double MISSING_VERB_RARITY = 0.4;

    // Which of the confident sentences to quote.
    static final double OWN_COVERAGE = 0.35;
    static final double HEADING_COVERAGE = 0.2;
    /** Neighbouring terms of the question that stand side by side, in the sentence or in the heading. */
    static final double TOGETHER = 0.12;

    static final double HEADING_FOCUS = 0.1;
    static final double RIGHT_KIND = 0.12;
    static final double FIRST_IN_SECTION = 0.03;
    static final double TOO_SHORT = -0.15;
    static final double NOT_PROSE = -0.06;

    private static final double COVERED = 0.5;

    /** A sentence: its confidence and the coverage it has by itself (both 0 to 1), and its rank among the others. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    record Scored(
            Passage passage,
            int sentence,
            double confidence,
            double own,
            double rank,
            boolean rightKind,
            double[] grades) {}

    private final List<Term> terms;
    private final Asks asks;
    private final PassageIndex index;
    private final boolean foreign;
    private final double[] weights;
    /** How well the best place among the candidates covers each term. */
    private final double[] reach;

    private final boolean[] common;

    /** @param foreign whether the documents are in another language, so that the verbs cannot be found */
    AnswerScoring(Question question, PassageIndex index, boolean foreign) {
        this.terms = question.terms();
        this.asks = question.asks();
        this.index = index;
        this.foreign = foreign;
        this.weights = new double[terms.size()];
        this.reach = new double[terms.size()];
        this.common = new boolean[terms.size()];
    }

    /** Sentences worth quoting, best first; empty if the question is refused. */
    List<Scored> judge() {
        double[] rarity = index.rarity(terms);
        boolean telling = false;
        for (int t = 0; t < weights.length; t++) {
            weights[t] = rarity[t] * kindWeight(terms.get(t).kind());
            common[t] = rarity[t] < EVERYWHERE;
            telling |= terms.get(t).isTopic() && (!common[t] || asks != Asks.OTHER);
        }
        if (!telling) {
            return List.of();
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Passage passage : index.search(terms, weights, CANDIDATES)) {
            candidates.add(new Candidate(passage));
        }
        for (int t = 0; t < weights.length; t++) {
            Kind kind = terms.get(t).kind();
            boolean light = !terms.get(t).isTopic();
            double worth = reach[t] >= COVERED ? Math.max(MIN_RARITY, rarity[t]) : light ? MISSING_VERB_RARITY : 1;
            weights[t] = light && foreign ? 0 : worth * kindWeight(kind);
        }
        List<Scored> kept = new ArrayList<>();
        for (Candidate candidate : candidates) {
            candidate.score(kept);
        }
        kept.sort(Comparator.comparingDouble(sentence -> -sentence.rank()));
        kept.removeIf(sentence -> !accepts(sentence));
        return kept;
    }

    private boolean accepts(Scored sentence) {
        if (!sentence.rightKind() && (asks == Asks.CONSEQUENCE || asks == Asks.WHEN || asks == Asks.HOW_MUCH)) {
            return false;
        }
        int key = -1;
        int second = -1;
        boolean lacks = false;
        double missing = 0;
        double all = 0;
        for (int t = 0; t < weights.length; t++) {
            Term term = terms.get(t);
            if (!term.isTopic()) {
                continue;
            }
            boolean named = term.kind() == Kind.NAME && !common[t] || term.kind() == Kind.NUMBER;
            boolean role = asks == Asks.WHO && WordLists.isRole(term.text());
            if (sentence.grades()[t] < (named ? MIN_NAME : role ? MIN_ROLE : 0)) {
                return false;
            }
            all++;
            lacks |= !common[t] && reach[t] >= COVERED && weights[t] > SPECIFIC && sentence.grades()[t] < MIN_KNOWN;
            missing += reach[t] < COVERED ? 1 : 0;
            if (key < 0 || weights[t] > weights[key]) {
                second = key;
                key = t;
            } else if (second < 0 || weights[t] > weights[second]) {
                second = t;
            }
        }
        boolean keyCovered = sentence.grades()[key] >= MIN_KEY_TERM
                || reach[key] < COVERED
                || all >= FEW_TERMS && sentence.grades()[second] >= MIN_KEY_TERM;
        double bar = foreign
                ? MIN_CONFIDENCE_FOREIGN
                : Math.max(MIN_CONFIDENCE_LONG, MIN_CONFIDENCE - PER_TERM * Math.max(0, all - FEW_TERMS));
        lacks &= all <= FEW_TERMS && asks != Asks.CONSEQUENCE;
        return keyCovered && !lacks && missing <= MAX_MISSING * all && sentence.confidence() >= bar;
    }

    private static double kindWeight(Kind kind) {
        return switch (kind) {
            case NAME -> NAME_WEIGHT;
            case NOUN, NUMBER -> 1;
            case PREDICATE -> PREDICATE_WEIGHT;
            case WEAK -> WEAK_WEIGHT;
        };
    }

    /** The grades of every term in every field of one passage. */
    private final class Candidate {

        private final Passage passage;
        private final double[] title;
        private final double[] heading;
        private final double[][] sentences;
        private final double[] together;
        private final double headingTogether;

        Candidate(Passage passage) {
            this.passage = passage;
            Words over = Words.of(passage.section().heading());
            title = grades(Words.of(passage.document().title()));
            heading = grades(over);
            headingTogether = together(over);
            sentences = new double[passage.last() - passage.first()][];
            together = new double[sentences.length];
            for (int s = 0; s < sentences.length; s++) {
                Words words = Words.of(passage.sentence(passage.first() + s));
                sentences[s] = grades(words);
                together[s] = together(words);
            }
        }

        private double together(Words words) {
            int pairs = 0;
            for (int t = 1; t < terms.size(); t++) {
                pairs += TermMatch.together(terms.get(t - 1), terms.get(t), words) ? 1 : 0;
            }
            return terms.size() < 2 ? 0 : pairs / (double) (terms.size() - 1);
        }

        private double[] grades(Words words) {
            double[] grades = new double[terms.size()];
            for (int t = 0; t < grades.length; t++) {
                grades[t] = TermMatch.grade(terms.get(t), words);
                reach[t] = Math.max(reach[t], grades[t]);
            }
            return grades;
        }

        /** The share of the heading that the question asked about: of two sections, the plainer one. */
        private double focus() {
            int asked = 0;
            for (int t = 0; t < heading.length; t++) {
                asked += heading[t] >= TermMatch.ALIAS ? terms.get(t).text().length() : 0;
            }
            return Math.min(
                    1, asked / (double) Math.max(1, passage.section().heading().length()));
        }

        /** A title may name several: that is not enough to know that the passage is about this one. */
        private double inTitle(int term) {
            boolean several = passage.document().title().matches(".*[,·].*");
            return several || terms.get(term).kind() == Kind.NAME ? NAME_IN_TITLE : IN_TITLE;
        }

        void score(List<Scored> into) {
            double all = 0;
            for (double weight : weights) {
                all += weight;
            }
            double focus = focus();
            for (int s = 0; s < sentences.length; s++) {
                double confidence = 0;
                double own = 0;
                double topic = 0;
                double[] best = new double[weights.length];
                for (int t = 0; t < weights.length; t++) {
                    best[t] = Math.max(sentences[s][t], Math.max(IN_HEADING * heading[t], inTitle(t) * title[t]));
                    for (int other = 0; other < sentences.length; other++) {
                        double near = Math.abs(other - s) == 1 ? IN_NEIGHBOUR : IN_SECTION;
                        best[t] = Math.max(best[t], other == s ? 0 : near * sentences[other][t]);
                    }
                    confidence += weights[t] * best[t] / all;
                    own += weights[t] * sentences[s][t] / all;
                    topic += weights[t] * heading[t] / all;
                }
                String text = passage.sentence(passage.first() + s);
                boolean fits = AnswerKind.fits(text, asks, terms);
                double rank = confidence
                        + OWN_COVERAGE * own
                        + HEADING_COVERAGE * topic
                        + TOGETHER * Math.max(together[s], headingTogether)
                        + HEADING_FOCUS * focus
                        + (fits ? RIGHT_KIND : 0)
                        + (s == 0 && passage.first() == 0 ? FIRST_IN_SECTION : 0)
                        + (text.length() < 12 ? TOO_SHORT : 0)
                        + (text.startsWith("    ") || text.contains(" | ") ? NOT_PROSE : 0);
                into.add(new Scored(passage, passage.first() + s, confidence, own, rank, fits, best));
            }
        }
    }
}
