package dev.gaon;

import dev.gaon.Question.Kind;
import dev.gaon.Question.Term;
import dev.gaon.SourceDocument.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Passages of documents, each with its words in one string: a question looks through all of them, which takes a
 * millisecond for the guides and a fraction of a second for the largest folder. Immutable, safe on any thread.
 */
final class PassageIndex {

    /** A passage has so many sentences of one section at most. */
    static final int PASSAGE_SENTENCES = 8;

    private static final int MIN_PASSAGES = 100;
    /** In the choice of candidates, an alias and the halves of a compound count less than the word itself. */
    private static final double ALIAS = 0.6;

    private static final double FULL = 1;

    /** Sentences {@code first} to {@code last} (exclusive) of a section; {@code flat} has its heading and title too. */
    record Passage(SourceDocument document, Section section, Sentences sentences, int first, int last, String flat) {

        String sentence(int s) {
            return section.text().substring(sentences.start(s), sentences.end(s));
        }
    }

    private record Hit(Passage passage, double score) {}

    private final List<Passage> passages = new ArrayList<>();

    PassageIndex(List<SourceDocument> documents) {
        for (SourceDocument document : documents) {
            for (Section section : document.sections()) {
                Sentences sentences = Sentences.of(section.text());
                for (int first = 0; first < sentences.count(); first += PASSAGE_SENTENCES) {
                    int last = Math.min(sentences.count(), first + PASSAGE_SENTENCES);
                    String text = section.text().substring(sentences.start(first), sentences.end(last - 1));
                    String flat = Words.flat(document.title() + "\n" + section.heading() + "\n" + text);
                    passages.add(new Passage(document, section, sentences, first, last, flat));
                }
            }
        }
    }

    /** How telling each term is, from 0 to 1: the fewer passages have it, the more. */
    double[] rarity(List<Term> terms) {
        double[] rarity = new double[terms.size()];
        double all = Math.max(MIN_PASSAGES, passages.size());
        for (int t = 0; t < rarity.length; t++) {
            int frequency = 0;
            int aliased = 0;
            for (Passage passage : passages) {
                double score = score(terms.get(t), passage.flat());
                frequency += score == FULL ? 1 : 0;
                aliased += score == ALIAS ? 1 : 0;
            }
            frequency = frequency == 0 ? aliased : frequency;
            rarity[t] = Math.log(1 + (all - frequency + 0.5) / (frequency + 0.5)) / Math.log(2 * all + 2);
        }
        return rarity;
    }

    /** The passages that hold most of the terms, best first; ties keep the order of the documents. */
    List<Passage> search(List<Term> terms, double[] weights, int most) {
        List<Hit> hits = new ArrayList<>();
        for (Passage passage : passages) {
            double score = 0;
            for (int t = 0; t < weights.length; t++) {
                score += weights[t] == 0 ? 0 : weights[t] * score(terms.get(t), passage.flat());
            }
            if (score > 0) {
                hits.add(new Hit(passage, score));
            }
        }
        hits.sort(Comparator.comparingDouble(hit -> -hit.score()));
        List<Passage> best = new ArrayList<>();
        for (Hit hit : hits.subList(0, Math.min(most, hits.size()))) {
            best.add(hit.passage());
        }
        return best;
    }

    private static double score(Term term, String flat) {
        for (String form : term.forms()) {
            if (flat.contains(form)) {
                return FULL;
            }
        }
        for (String alias : term.aliases()) {
            if (flat.contains(alias)) {
                return ALIAS;
            }
        }
        String form = term.text();
        if (term.kind() == Kind.PREDICATE || form.length() < 4 || !Words.isHangul(form.charAt(0))) {
            return 0;
        }
        int pairs = 0;
        for (int i = 0; i + 2 <= form.length(); i++) {
            pairs += flat.contains(form.substring(i, i + 2)) ? 1 : 0;
        }
        return ALIAS / 2 * pairs / (form.length() - 1);
    }
}
