package dev.gaon.gov.rag;

import dev.gaon.gov.rag.Similarity.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One answer on its way through a {@link SimilarityCheck}, in pieces as it comes. What it says does not depend on where the
 * pieces were cut. Used by one thread; memory does not grow with the answer.
 */
public final class SimilarityScan {

    /** From how many letters an unprotected text is recognised. */
    static final int UNPROTECTED = 20;

    private static final int MOST_CHARACTERS = 4_000_000;
    /** Places of one run that are followed. */
    private static final int MOST_PLACES = 64;
    /** A phrase in more places than this says nothing. */
    private static final int MOST_PHRASES = 32;
    /** Letters of a phrase that counts wherever in the window it stands. */
    private static final int PHRASE = 6;
    /** A place of a work, and what lies about it, is two of these. */
    private static final int BLOCK = 256;

    private static final int MOST_BLOCKS = 8_192;

    private final SimilarityCheck check;
    private final PlainLetters letters = new PlainLetters(this::letter);
    private final Runs free;
    private final Runs runs;
    private final Map<Integer, Window> windows = new HashMap<>();
    private final Map<Integer, Found> found = new TreeMap<>();
    private final char[] recent;
    private final int[] recentStarts;
    private int held;
    private int count;
    private int freeEnd;
    private long characters;
    private int tooClose;
    private boolean complete = true;

    SimilarityScan(SimilarityCheck check) {
        this.check = check;
        this.free = new Runs(check.unprotected, UNPROTECTED);
        this.runs = new Runs(check.texts, check.runs);
        this.recent = new char[4 * Math.max(check.runs, UNPROTECTED)];
        this.recentStarts = new int[recent.length];
    }

    /** What is found of one text. */
    private static final class Found {
        private int longest;
        private int shared;
        private int sharedTo;
        private double close;
        private boolean tooClose;
        private final List<int[]> spans = new ArrayList<>();
    }

    /** The last {@value SimilarityCheck#WINDOW} letters of the answer, a bit each: set where a phrase stands in a block. */
    private static final class Window {
        private final long[] bits = new long[SimilarityCheck.WINDOW / Long.SIZE];
        private int to;

        int add(int end) {
            int by = end - to;
            int words = Math.min(by / Long.SIZE, bits.length);
            int rest = by % Long.SIZE;
            for (int i = bits.length - 1; i >= 0; i--) {
                long high = i - words < 0 ? 0 : bits[i - words];
                long low = i - words - 1 < 0 || rest == 0 ? 0 : bits[i - words - 1] >>> (Long.SIZE - rest);
                bits[i] = high << rest | low;
            }
            to = end;
            bits[0] |= (1L << PHRASE) - 1;
            int covered = 0;
            for (long each : bits) {
                covered += Long.bitCount(each);
            }
            return covered;
        }
    }

    /**
     * Takes the next piece.
     *
     * @return this
     */
    public SimilarityScan append(CharSequence piece) {
        characters += piece.length();
        if (characters > MOST_CHARACTERS) {
            complete = false;
        } else {
            letters.append(piece);
        }
        return this;
    }

    /**
     * True once the answer so far is too close to a work, or too long to check: a stream is to be stopped, and the piece that
     * made it true not shown. The last character of a piece counts only with the next one, or at the end, so that a stream
     * of single letters shows at most one letter past the limit.
     */
    public boolean tooClose() {
        return tooClose > 0 || !complete;
    }

    /** The answer has ended; call it once. */
    public Similarity end() {
        letters.end();
        return found();
    }

    /** What was found so far. */
    public Similarity found() {
        List<Match> matches = new ArrayList<>();
        found.forEach((owner, each) -> {
            List<Similarity.Span> spans = each.spans.stream()
                    .map(span -> new Similarity.Span(span[0], span[1]))
                    .toList();
            matches.add(new Match(
                    check.works.get(owner),
                    each.longest,
                    each.shared,
                    count == 0 ? 0 : (double) each.shared / count,
                    each.close,
                    spans));
        });
        matches.sort(Comparator.comparingInt((Match each) -> -each.longest()).thenComparing(each -> -each.close()));
        return new Similarity(count, complete, matches);
    }

    private void letter(char letter, int start, int end) {
        if (held == recent.length) {
            int keep = recent.length / 2;
            System.arraycopy(recent, held - keep, recent, 0, keep);
            System.arraycopy(recentStarts, held - keep, recentStarts, 0, keep);
            held = keep;
        }
        recent[held] = letter;
        recentStarts[held] = start;
        held++;
        count++;
        free.letter(letter, true);
        if (free.size > 0) {
            freeEnd = count;
        }
        long phrases = held < PHRASE ? 0 : check.texts.find(recent, held - PHRASE, PHRASE);
        runs.letter(letter, TextIndex.size(phrases) > 0);
        int last = -1;
        int longest = 0;
        for (int i = 0; i < runs.size; i++) {
            int owner = check.owners[runs.texts[i]];
            int length = Math.min(runs.lengths[i], count - freeEnd);
            if (length >= check.runs && (owner != last || length > longest)) {
                run(owner, length, end);
                last = owner;
                longest = length;
            }
        }
        if (TextIndex.size(phrases) <= MOST_PHRASES && count - freeEnd >= PHRASE) {
            for (int i = TextIndex.first(phrases); i < TextIndex.last(phrases); i++) {
                phrase(check.texts.place(i));
            }
        }
    }

    private void run(int owner, int length, int end) {
        Found work = found.computeIfAbsent(owner, key -> new Found());
        work.longest = Math.max(work.longest, length);
        int from = count - length;
        work.shared += count - Math.max(from, work.sharedTo);
        boolean goesOn = !work.spans.isEmpty() && from <= work.sharedTo;
        work.sharedTo = count;
        if (goesOn) {
            work.spans.get(work.spans.size() - 1)[1] = end;
        } else if (work.spans.size() < 100) {
            work.spans.add(new int[] {recentStarts[Math.max(0, held - length)], end});
        }
        if (work.longest > check.limit) {
            tooClose(work);
        }
    }

    private void tooClose(Found work) {
        tooClose += work.tooClose ? 0 : 1;
        work.tooClose = true;
    }

    /** Grows whenever there is more to decide: another work, or one that became too close. */
    int events() {
        return found.size() + tooClose + (complete ? 0 : 1);
    }

    /** A phrase stands at a place of a text: both blocks that hold it take note. */
    private void phrase(int place) {
        int text = check.texts.text(place);
        int block = (place - check.texts.start(text)) / BLOCK;
        int base = check.texts.start(text) / BLOCK + text;
        for (int each = Math.max(0, block - 1); each <= block; each++) {
            Window window = windows.computeIfAbsent(base + each, key -> new Window());
            int covered = window.add(count);
            double part = (double) covered / SimilarityCheck.WINDOW;
            if (part >= check.close) {
                Found work = found.computeIfAbsent(check.owners[text], key -> new Found());
                work.close = Math.max(work.close, part);
                tooClose(work);
            }
        }
        if (windows.size() > MOST_BLOCKS) {
            windows.values().removeIf(each -> count - each.to >= SimilarityCheck.WINDOW);
        }
    }

    /** The runs that end at the last letter, by their place in the texts. */
    private final class Runs {

        private final TextIndex index;
        private final int depth;
        private final int[] nexts = new int[MOST_PLACES];
        private final int[] lengths = new int[MOST_PLACES];
        private final int[] texts = new int[MOST_PLACES];
        private int size;

        Runs(TextIndex index, int depth) {
            this.index = index;
            this.depth = depth;
        }

        /** @param begins false if no run can begin with what ends here */
        void letter(char letter, boolean begins) {
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (index.at(nexts[i]) == letter) {
                    nexts[kept] = nexts[i] + 1;
                    lengths[kept] = lengths[i] + 1;
                    texts[kept] = texts[i];
                    kept++;
                }
            }
            size = kept;
            if (begins && held >= depth && size < MOST_PLACES) {
                begin();
            }
        }

        /** Runs that reach the depth with this letter. */
        private void begin() {
            long range = index.find(recent, held - depth, depth);
            // backwards: of places that repeat themselves, the last in order go on longest
            for (int i = TextIndex.last(range) - 1; i >= TextIndex.first(range) && size < MOST_PLACES; i--) {
                int next = index.place(i) + depth;
                boolean known = false;
                for (int j = 0; j < size && !known; j++) {
                    known = nexts[j] == next;
                }
                if (!known) {
                    int first = index.place(i);
                    int length = depth;
                    while (length < held && first > 0 && index.at(first - 1) == recent[held - length - 1]) {
                        first--;
                        length++;
                    }
                    nexts[size] = next;
                    lengths[size] = length;
                    texts[size] = index.text(next - 1);
                    size++;
                }
            }
        }
    }
}
