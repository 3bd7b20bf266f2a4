package dev.gaon;

import dev.gaon.SourceDocument.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An inverted index (BM25) over passages: up to {@value #PASSAGE_SENTENCES} sentences of one section, with its
 * heading and the document's title counted in. Immutable once built, safe on any thread; owned by its engine.
 * Postings are arrays of int: a term's passages, ascending, each with its weight.
 */
final class PassageIndex {

    static final int PASSAGE_SENTENCES = 6;
    private static final int HEADING_WEIGHT = 2;
    private static final int TITLE_WEIGHT = 1;
    private static final int MIN_PASSAGES = 100;
    private static final float K1 = 1.2f;
    private static final float B = 0.5f;

    /** Sentences {@code first} to {@code last} (exclusive) of a section. */
    record Passage(SourceDocument document, Section section, Sentences sentences, int first, int last) {}

    /** A passage and its BM25 score. */
    record Hit(Passage passage, float score) {}

    private final List<Passage> passages = new ArrayList<>();
    private final KeyTable terms = new KeyTable();
    private int[] offsets;
    private int[] postings;
    private int[] lengths;
    private float averageLength;

    private PassageIndex() {}

    static PassageIndex of(List<SourceDocument> documents) {
        PassageIndex index = new PassageIndex();
        new Builder(index).build(documents);
        return index;
    }

    int size() {
        return passages.size();
    }

    /** In how many passages a term may stand: those that hold the rarest of its keys. */
    int frequency(long[] keys) {
        int least = keys.length == 0 ? 0 : Integer.MAX_VALUE;
        for (long key : keys) {
            int term = terms.find(key);
            least = Math.min(least, term < 0 ? 0 : (offsets[term + 1] - offsets[term]) / 2);
        }
        return least;
    }

    /** The best passages. Ties keep the order of the documents. */
    List<Hit> search(long[] keys, float[] weights, int most) {
        float[] scores = new float[passages.size()];
        for (int k = 0; k < keys.length; k++) {
            int term = terms.find(keys[k]);
            if (term >= 0) {
                int frequency = (offsets[term + 1] - offsets[term]) / 2;
                float idf = (float) idf(frequency) * weights[k];
                for (int i = offsets[term]; i < offsets[term + 1]; i += 2) {
                    int passage = postings[i];
                    float tf = postings[i + 1];
                    scores[passage] += idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * lengths[passage] / averageLength));
                }
            }
        }
        return best(scores, most);
    }

    /** Rarity of a term; a handful of passages is counted as {@value #MIN_PASSAGES}, else every word in it would be common. */
    double idf(int frequency) {
        return Math.log(1 + (Math.max(MIN_PASSAGES, passages.size()) - frequency + 0.5) / (frequency + 0.5));
    }

    private List<Hit> best(float[] scores, int most) {
        List<Hit> best = new ArrayList<>(most + 1);
        for (int p = 0; p < scores.length; p++) {
            boolean full = best.size() == most;
            if (scores[p] > 0 && (!full || scores[p] > best.get(most - 1).score())) {
                int at = best.size();
                while (at > 0 && best.get(at - 1).score() < scores[p]) {
                    at--;
                }
                best.add(at, new Hit(passages.get(p), scores[p]));
                if (full) {
                    best.remove(most);
                }
            }
        }
        return best;
    }

    /** Collects (term, passage, weight) in reading order, then sorts them by term in one counting pass. */
    private static final class Builder implements IndexKeys.Sink {

        private final PassageIndex index;
        private final Words words = new Words();
        private int[] seen = new int[1 << 14];
        private int seenCount;
        private int[] weight = new int[1 << 12];
        private int[] touched = new int[1 << 10];
        private int touchedCount;
        private int[] lengths = new int[256];
        private int add;
        private int length;

        Builder(PassageIndex index) {
            this.index = index;
        }

        void build(List<SourceDocument> documents) {
            for (SourceDocument document : documents) {
                for (Section section : document.sections()) {
                    Sentences sentences = Sentences.of(section.text());
                    for (int first = 0; first < sentences.count(); first += PASSAGE_SENTENCES) {
                        int last = Math.min(sentences.count(), first + PASSAGE_SENTENCES);
                        passage(new Passage(document, section, sentences, first, last));
                    }
                }
            }
            index.lengths = Arrays.copyOf(lengths, index.passages.size());
            long total = 0;
            for (int each : index.lengths) {
                total += each;
            }
            index.averageLength = Math.max(1, total / (float) Math.max(1, index.passages.size()));
            sort();
        }

        private void passage(Passage passage) {
            length = 0;
            field(passage.document().title(), 0, passage.document().title().length(), TITLE_WEIGHT);
            field(passage.section().heading(), 0, passage.section().heading().length(), HEADING_WEIGHT);
            field(passage.section().text(), passage.sentences().start(passage.first()), passage.sentences().end(passage.last() - 1), 1);
            int number = index.passages.size();
            if (number == lengths.length) {
                lengths = Arrays.copyOf(lengths, number * 2);
            }
            lengths[number] = length;
            index.passages.add(passage);
            for (int i = 0; i < touchedCount; i++) {
                int term = touched[i];
                if (seenCount + 3 > seen.length) {
                    seen = Arrays.copyOf(seen, seen.length + seen.length / 2);
                }
                seen[seenCount++] = term;
                seen[seenCount++] = number;
                seen[seenCount++] = weight[term];
                weight[term] = 0;
            }
            touchedCount = 0;
        }

        private void field(String text, int from, int to, int fieldWeight) {
            add = fieldWeight;
            words.clear();
            words.scan(text, from, to);
            IndexKeys.emit(words, this);
        }

        @Override
        public void key(long key) {
            int term = index.terms.add(key);
            if (term >= weight.length) {
                weight = Arrays.copyOf(weight, weight.length * 2);
            }
            if (weight[term] == 0) {
                if (touchedCount == touched.length) {
                    touched = Arrays.copyOf(touched, touched.length * 2);
                }
                touched[touchedCount++] = term;
            }
            weight[term] += add;
            length += add;
        }

        private void sort() {
            int[] offsets = new int[index.terms.size() + 1];
            for (int i = 0; i < seenCount; i += 3) {
                offsets[seen[i] + 1] += 2;
            }
            for (int t = 1; t < offsets.length; t++) {
                offsets[t] += offsets[t - 1];
            }
            int[] next = Arrays.copyOf(offsets, offsets.length);
            int[] postings = new int[seenCount / 3 * 2];
            for (int i = 0; i < seenCount; i += 3) {
                int at = next[seen[i]];
                postings[at] = seen[i + 1];
                postings[at + 1] = seen[i + 2];
                next[seen[i]] = at + 2;
            }
            index.offsets = offsets;
            index.postings = postings;
        }
    }
}
