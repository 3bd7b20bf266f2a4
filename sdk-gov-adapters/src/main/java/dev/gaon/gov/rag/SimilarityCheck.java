package dev.gaon.gov.rag;

import dev.gaon.gov.license.Work;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what an answer repeats of works, as the AI type of KOGL asks: no output that is the same as a work or substantially
 * similar. Immutable and safe to share; holds the works' letters in memory.
 *
 * <p>Letters and digits are compared, in NFKC and lower case; white space, punctuation and invisible characters are not.
 * <b>Guaranteed:</b> a common run of {@link Builder#runs} letters or more, outside the unprotected texts, is always found
 * and at least one of its works named; up to 64 works are named where more hold the same run. <b>Measured, not
 * guaranteed:</b> sentences whose words were moved or whose particles were changed show in {@link Similarity.Match#close}: of
 * forty passages of eight sentences, forty are too close with every tenth or every third particle changed, 38 with every tenth
 * word moved, 35 with both, 25 with every fifth word moved. Translations, summaries and free paraphrases are not found.
 *
 * <p>Memory is six bytes for each letter, measured as 2.1 MB for each megabyte of Korean text in UTF-8, and more while it is built
 * (by its arrays about three times as much). On one core, indexing takes 0.5 s a megabyte, and an answer of 2,000 characters 1 ms against one megabyte and 5 ms
 * against ten ({@code examples/benchmarks/similarity}).
 *
 * <p>No law or notice says how many letters are too many; the defaults rest on measurement and are settings.
 */
public final class SimilarityCheck {

    /** Letters looked at together for {@link Similarity.Match#close}: about four sentences. */
    public static final int WINDOW = 192;

    private static final int MOST_LETTERS = 256 << 20;
    private static final int RUNS = 30;
    private static final int LIMIT = 120;
    private static final double CLOSE = 0.85;

    final List<Work> works;
    /** Which work each text is of. */
    final int[] owners;

    final TextIndex texts;
    final TextIndex unprotected;
    final int runs;
    final int limit;
    final double close;

    private SimilarityCheck(Builder builder) {
        works = List.copyOf(builder.works.values());
        Map<String, Integer> numbers = new HashMap<>();
        builder.works.keySet().forEach(id -> numbers.put(id, numbers.size()));
        owners = builder.owners.stream().mapToInt(numbers::get).toArray();
        runs = builder.runs;
        limit = builder.limit;
        close = builder.close;
        texts = new TextIndex(builder.texts, runs);
        unprotected = new TextIndex(builder.unprotected, SimilarityScan.UNPROTECTED);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Checks a whole answer: the same as a {@link #scan()} that is given it at once. */
    public Similarity check(String answer) {
        return scan().append(answer).end();
    }

    /** Checks an answer that comes in pieces. */
    public SimilarityScan scan() {
        return new SimilarityScan(this);
    }

    /** True if the answer is too close to this work: a run past the limit, or the same letters in another order. */
    public boolean tooClose(Similarity.Match match) {
        return match.longest() > limit || match.close() >= close;
    }

    /** How many works it knows. */
    public int works() {
        return works.size();
    }

    /** Collects works; used by one thread. */
    public static final class Builder {

        private final Map<String, Work> works = new LinkedHashMap<>();
        private final List<String> owners = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();
        private final List<String> unprotected = new ArrayList<>();
        private long letters;
        private int runs = RUNS;
        private int limit = LIMIT;
        private double close = CLOSE;

        private Builder() {
            PackFiles.Place file = RagText.read("unprotected.json");
            for (PackFiles.Place each : file.list("texts")) {
                unprotected.add(PlainLetters.of(each.text("text")));
            }
        }

        /**
         * One work and its text; a work in several parts is given several times, under one id.
         *
         * @throws IllegalArgumentException past 268 million letters in all
         */
        public Builder work(Work work, String text) {
            String plain = PlainLetters.of(text);
            letters += plain.length() + 1;
            if (letters > MOST_LETTERS) {
                throw wrong(
                        "저작물의 글이 " + MOST_LETTERS + "자를 넘습니다. 나누어 만드세요.",
                        "The works have more than " + MOST_LETTERS + " letters. Make several checks.");
            }
            works.putIfAbsent(work.id(), work);
            owners.add(work.id());
            texts.add(plain);
            return this;
        }

        /**
         * A text that anybody may repeat, a statute for instance: runs inside it count for no work. Sentences of licence
         * notices are known. From {@value SimilarityScan#UNPROTECTED} letters on it is recognised.
         */
        public Builder unprotected(String text) {
            unprotected.add(PlainLetters.of(text));
            return this;
        }

        /**
         * From how many letters a common run counts: default 30, somewhat less than a Korean sentence of a report, and more
         * than names of laws and offices have.
         *
         * @throws IllegalArgumentException if not 12 to 1,024
         */
        public Builder runs(int letters) {
            if (letters < 12 || letters > 1_024) {
                throw wrong("12에서 1024 사이여야 합니다.", "It must be between 12 and 1024.");
            }
            runs = letters;
            return this;
        }

        /**
         * How long a run may be before the answer is too close: default 120 letters, about three sentences, room for a
         * quotation.
         *
         * @throws IllegalArgumentException if negative
         */
        public Builder limit(int letters) {
            if (letters < 0) {
                throw wrong("0 이상이어야 합니다.", "It must not be negative.");
            }
            limit = letters;
            return this;
        }

        /**
         * From what {@link Similarity.Match#close} on the answer is too close: default 0.85; more than 1 turns it off. Guides of one
         * author on one statute, which repeat its formulas, reach 0.77 among each other; unrelated text stays below 0.3.
         * Letters of runs count too, so that past 163 letters this binds before {@link #limit} does.
         *
         * @throws IllegalArgumentException if not positive
         */
        public Builder close(double part) {
            if (!(part > 0)) {
                throw wrong("0보다 커야 합니다.", "It must be positive.");
            }
            close = part;
            return this;
        }

        private static IllegalArgumentException wrong(String ko, String en) {
            return new IllegalArgumentException(
                    new BilingualText("유사성 검사를 만들 수 없습니다. " + ko, "The check cannot be made. " + en).both());
        }

        /** Orders the letters: about half a second for a megabyte. */
        public SimilarityCheck build() {
            return new SimilarityCheck(this);
        }
    }
}
