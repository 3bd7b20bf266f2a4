package dev.gaon;

import dev.gaon.PassageIndex.Hit;
import dev.gaon.PassageIndex.Passage;
import dev.gaon.Question.Asks;
import dev.gaon.Question.Kind;
import dev.gaon.Question.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which sentence answers a question, and whether any does. Every number that can be tuned is a named
 * constant here or in {@link TermMatch}. Stateless; safe on any thread.
 *
 * <p>Confidence is the share of the question's terms, weighted by how rare and how telling each is, that the
 * sentence and what surrounds it cover. A term that no candidate holds keeps its full weight, so a question about
 * something else stays below the bar however many common words it shares with the documents.
 */
final class AnswerScoring {

    // Passages looked at closely.
    static final int CANDIDATES = 30;

    // The bar.
    static final double MIN_CONFIDENCE = 0.66;
    /** The most telling term has to be covered at least so well. */
    static final double MIN_KEY_TERM = 0.6;
    /** A name (HCX-007, GPT) or a number (31조) has to be covered at least so well, whatever else is. */
    static final double MIN_NAME = 0.55;
    /** A sentence without a date for "when", or without an amount for "how much", has to be this certain. */
    static final double MIN_WITHOUT_KIND = 0.9;
    /** "Who is the minister?" needs the word itself, not 장관 at the end of a ministry's name. */
    static final double MIN_ROLE = 0.95;
    /** Nouns, names and numbers that no candidate covers, at most this share of all of them. */
    static final double MAX_MISSING = 0.4;

    // What a match is worth by where it stands.
    static final double IN_SENTENCE = 1.0;
    static final double IN_HEADING = 0.95;
    static final double IN_TITLE = 0.8;
    static final double IN_NEIGHBOUR = 0.8;
    static final double IN_SECTION = 0.7;

    // What a term is worth by its kind, times its rarity.
    static final double NAME_WEIGHT = 1.2;
    static final double NOUN_WEIGHT = 1.0;
    static final double NUMBER_WEIGHT = 1.0;
    static final double PREDICATE_WEIGHT = 0.4;
    static final double WEAK_WEIGHT = 0.3;
    /** Rarity of the most frequent term, as a share of the rarest one's. */
    static final double MIN_RARITY = 0.3;
    /** A verb or a weak word that no candidate has is often just said in another way. */
    static final double MISSING_VERB_RARITY = 0.5;
    /** In the index, a match of an alias counts this much. */
    static final float ALIAS_LOOKUP = 0.5f;

    // Which of the confident sentences to quote.
    static final double OWN_COVERAGE = 0.35;
    static final double HEADING_COVERAGE = 0.15;
    /** Neighbouring terms of the question that stand side by side, in the sentence or in the heading. */
    static final double TOGETHER = 0.12;
    static final double HEADING_FOCUS = 0.1;
    static final double RIGHT_KIND = 0.12;
    static final double FIRST_IN_SECTION = 0.03;
    static final double RANK = 0.08;
    static final double TOO_SHORT = -0.15;
    static final double NOT_PROSE = -0.06;

    private static final double COVERED = 0.5;

    /** A sentence: its confidence and the coverage it has by itself (both 0 to 1), and its rank among the others. */
    record Scored(Passage passage, int sentence, double confidence, double own, double rank, boolean rightKind, double[] grades) {}

    /** What was found: sentences worth quoting, best first; empty if the question is refused. */
    record Verdict(List<Scored> sentences, double confidence) {
        boolean found() {
            return !sentences.isEmpty();
        }
    }

    private final Question question;
    private final PassageIndex index;
    private final double[] weights;
    private final boolean foreign;

    /** @param foreign whether the documents are in another language than the question, so that its verbs cannot be found */
    AnswerScoring(Question question, PassageIndex index, boolean foreign) {
        this.foreign = foreign;
        this.question = question;
        this.index = index;
        this.weights = new double[question.terms().size()];
    }

    Verdict judge() {
        List<Term> terms = question.terms();
        boolean topic = false;
        for (Term term : terms) {
            topic |= term.kind() != Kind.WEAK && term.kind() != Kind.PREDICATE;
        }
        if (!topic) {
            return new Verdict(List.of(), 0);
        }
        List<Scored> scored = new ArrayList<>();
        List<Hit> hits = search();
        double[] reach = new double[terms.size()];
        List<Section> sections = new ArrayList<>();
        for (Hit hit : hits) {
            Section section = new Section(hit, terms);
            sections.add(section);
            for (int t = 0; t < reach.length; t++) {
                for (double[] sentence : section.sentences) {
                    reach[t] = Math.max(reach[t], sentence[t]);
                }
                reach[t] = Math.max(reach[t], Math.max(section.heading[t], section.title[t]));
            }
        }
        weigh(reach);
        for (Section section : sections) {
            section.score(scored, hits.get(0).score());
        }
        // the best confidence decides whether to answer, the rank which sentence to quote
        double confidence = 0;
        List<Scored> kept = new ArrayList<>();
        for (Scored sentence : scored) {
            confidence = Math.max(confidence, sentence.confidence());
            int at = accepts(sentence, reach) ? kept.size() : -1;
            while (at > 0 && kept.get(at - 1).rank() < sentence.rank()) {
                at--;
            }
            if (at >= 0) {
                kept.add(at, sentence);
            }
        }
        return new Verdict(kept, confidence);
    }

    private List<Hit> search() {
        List<Term> terms = question.terms();
        int size = 0;
        for (Term term : terms) {
            size += term.keys().length + term.aliasKeys().length;
        }
        long[] keys = new long[size];
        float[] keyWeights = new float[size];
        int n = 0;
        for (Term term : terms) {
            for (long key : term.keys()) {
                keys[n] = key;
                keyWeights[n++] = (float) kindWeight(term.kind());
            }
            for (long key : term.aliasKeys()) {
                keys[n] = key;
                keyWeights[n++] = ALIAS_LOOKUP * (float) kindWeight(term.kind()) / Math.max(1, term.aliases().size());
            }
        }
        return index.search(keys, keyWeights, CANDIDATES);
    }

    private void weigh(double[] reach) {
        double most = index.idf(0);
        for (int t = 0; t < weights.length; t++) {
            Term term = question.terms().get(t);
            boolean light = term.kind() == Kind.PREDICATE || term.kind() == Kind.WEAK;
            double rarity = reach[t] < COVERED ? light ? MISSING_VERB_RARITY : 1 : Math.max(MIN_RARITY, index.idf(Math.max(1, index.frequency(term.keys()))) / most);
            boolean untranslated = foreign && light;
            weights[t] = untranslated ? 0 : rarity * kindWeight(term.kind());
        }
    }

    private boolean accepts(Scored sentence, double[] reach) {
        boolean measured = question.asks() == Asks.WHEN || question.asks() == Asks.HOW_MUCH;
        if (sentence.confidence() < (measured && !sentence.rightKind() ? MIN_WITHOUT_KIND : MIN_CONFIDENCE)) {
            return false;
        }
        double heaviest = 0;
        double missing = 0;
        double all = 0;
        int key = -1;
        for (int t = 0; t < weights.length; t++) {
            Kind kind = question.terms().get(t).kind();
            if (kind == Kind.WEAK || kind == Kind.PREDICATE) {
                continue;
            }
            if ((kind == Kind.NAME || kind == Kind.NUMBER) && sentence.grades()[t] < MIN_NAME) {
                return false;
            }
            boolean role = question.asks() == Asks.WHO && QuestionWords.isRole(question.terms().get(t).text());
            if (role && sentence.grades()[t] < MIN_ROLE) {
                return false;
            }
            all++;
            missing += reach[t] < COVERED ? 1 : 0;
            if (weights[t] > heaviest) {
                heaviest = weights[t];
                key = t;
            }
        }
        boolean keyCovered = key < 0 || sentence.grades()[key] >= MIN_KEY_TERM || reach[key] < COVERED;
        return keyCovered && missing <= MAX_MISSING * all;
    }

    private static double kindWeight(Kind kind) {
        return switch (kind) {
            case NAME -> NAME_WEIGHT;
            case NOUN -> NOUN_WEIGHT;
            case NUMBER -> NUMBER_WEIGHT;
            case PREDICATE -> PREDICATE_WEIGHT;
            case WEAK -> WEAK_WEIGHT;
        };
    }

    /** The grades of every term in every field of one passage. */
    private final class Section {

        private final Hit hit;
        private final double[] title;
        private final double[] heading;
        private final double[][] sentences;
        private final double[] together;
        private final double headingTogether;

        Section(Hit hit, List<Term> terms) {
            this.hit = hit;
            Passage passage = hit.passage();
            Words over = Words.of(passage.section().heading());
            title = grades(terms, Words.of(passage.document().title()));
            heading = grades(terms, over);
            sentences = new double[passage.last() - passage.first()][];
            together = new double[sentences.length];
            for (int s = 0; s < sentences.length; s++) {
                Words words = Words.of(text(s));
                sentences[s] = grades(terms, words);
                together[s] = together(terms, words);
            }
            headingTogether = together(terms, over);
        }

        private String text(int s) {
            Passage passage = hit.passage();
            return passage.section().text().substring(passage.sentences().start(passage.first() + s), passage.sentences().end(passage.first() + s));
        }

        private static double together(List<Term> terms, Words words) {
            int pairs = 0;
            for (int t = 1; t < terms.size(); t++) {
                pairs += TermMatch.together(terms.get(t - 1), terms.get(t), words) ? 1 : 0;
            }
            return terms.size() < 2 ? 0 : pairs / (double) (terms.size() - 1);
        }

        private static double[] grades(List<Term> terms, Words words) {
            double[] grades = new double[terms.size()];
            for (int t = 0; t < grades.length; t++) {
                grades[t] = TermMatch.grade(terms.get(t), words);
            }
            return grades;
        }

        /** The share of the heading that the question asked about: of two sections, the plainer one. */
        private double focus() {
            int asked = 0;
            for (int t = 0; t < heading.length; t++) {
                asked += heading[t] >= TermMatch.ALIAS ? question.terms().get(t).text().length() : 0;
            }
            return Math.min(1, asked / (double) Math.max(1, hit.passage().section().heading().length()));
        }

        void score(List<Scored> into, float bestHit) {
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
                    double grade = Math.max(IN_SENTENCE * sentences[s][t], Math.max(IN_HEADING * heading[t], IN_TITLE * title[t]));
                    for (int other = 0; other < sentences.length; other++) {
                        double near = Math.abs(other - s) == 1 ? IN_NEIGHBOUR : IN_SECTION;
                        grade = Math.max(grade, other == s ? 0 : near * sentences[other][t]);
                    }
                    best[t] = grade;
                    confidence += weights[t] * grade;
                    own += weights[t] * sentences[s][t];
                    topic += weights[t] * heading[t];
                }
                String text = text(s);
                boolean fits = AnswerKind.fits(text, hit.passage().section().heading(), question);
                double rank = confidence / all + OWN_COVERAGE * own / all + HEADING_COVERAGE * topic / all + TOGETHER * Math.max(together[s], headingTogether) + RANK * hit.score() / bestHit
                        + HEADING_FOCUS * focus + (fits ? RIGHT_KIND : 0)
                        + (s == 0 && hit.passage().first() == 0 ? FIRST_IN_SECTION : 0)
                        + (text.length() < 12 ? TOO_SHORT : 0) + (text.startsWith("    ") || text.contains(" | ") ? NOT_PROSE : 0);
                into.add(new Scored(hit.passage(), hit.passage().first() + s, confidence / all, own / all, rank, fits, best));
            }
        }
    }
}
