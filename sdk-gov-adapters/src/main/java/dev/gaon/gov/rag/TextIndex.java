package dev.gaon.gov.rag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every place of many texts, ordered by the letters that follow it, so that all places of a run of letters are found in a
 * few dozen steps whatever the texts are. Immutable, safe on any thread; six bytes for each letter.
 */
final class TextIndex {

    /** Parts the texts; no letter. */
    private static final char END = '\0';

    private final char[] letters;
    private final int[] places;
    private final int[] starts;
    /** For each letter, the end of the places that begin with it. */
    private final int[] ends = new int[Character.MAX_VALUE + 1];

    private final int depth;

    /**
     * @param texts as {@link PlainLetters} gives them
     * @param depth how many letters decide the order: runs of up to so many can be looked up
     */
    TextIndex(Iterable<String> texts, int depth) {
        this.depth = depth;
        StringBuilder all = new StringBuilder();
        List<Integer> begins = new ArrayList<>();
        for (String each : texts) {
            begins.add(all.length());
            all.append(each).append(END);
        }
        letters = new char[all.length()];
        all.getChars(0, letters.length, letters, 0);
        starts = begins.stream().mapToInt(Integer::intValue).toArray();
        places = order();
    }

    /** Sorts by one letter, then by two, four ... : each round knows the order of the halves. */
    private int[] order() {
        int n = letters.length;
        int[] order = new int[n];
        int[] rank = new int[n];
        int[] other = new int[n];
        int[] count = new int[Math.max(n, Character.MAX_VALUE + 1) + 1];
        for (char each : letters) {
            count[each + 1]++;
        }
        sum(count);
        for (int i = 0; i < n; i++) {
            order[count[letters[i]]++] = i;
        }
        System.arraycopy(count, 0, ends, 0, ends.length);
        int classes = 0;
        for (int i = 0; i < n; i++) {
            classes += i == 0 || letters[order[i]] != letters[order[i - 1]] ? 1 : 0;
            rank[order[i]] = classes - 1;
        }
        for (int half = 1; half < depth && classes < n; half *= 2) {
            int next = 0;
            for (int i = n - Math.min(half, n); i < n; i++) {
                other[next++] = i;
            }
            for (int each : order) {
                if (each >= half) {
                    other[next++] = each - half;
                }
            }
            Arrays.fill(count, 0, classes + 1, 0);
            for (int each : rank) {
                count[each + 1]++;
            }
            sum(count, classes);
            for (int each : other) {
                order[count[rank[each]]++] = each;
            }
            classes = 0;
            for (int i = 0; i < n; i++) {
                classes += i == 0 || !same(rank, order[i], order[i - 1], half) ? 1 : 0;
                other[order[i]] = classes - 1;
            }
            int[] swap = rank;
            rank = other;
            other = swap;
        }
        return order;
    }

    private static boolean same(int[] rank, int a, int b, int half) {
        boolean inside = a + half < rank.length && b + half < rank.length;
        return rank[a] == rank[b] && inside && rank[a + half] == rank[b + half];
    }

    private static void sum(int[] count) {
        sum(count, count.length - 1);
    }

    private static void sum(int[] count, int to) {
        for (int i = 1; i <= to; i++) {
            count[i] += count[i - 1];
        }
    }

    int letters() {
        return letters.length - starts.length;
    }

    char at(int place) {
        return letters[place];
    }

    /** Which text a place is in, from 0. */
    int text(int place) {
        int found = Arrays.binarySearch(starts, place);
        return found >= 0 ? found : -found - 2;
    }

    int start(int text) {
        return starts[text];
    }

    int place(int ordered) {
        return places[ordered];
    }

    /**
     * The ordered places whose next letters are those of {@code run}, as {@link #first} and {@link #last} (exclusive).
     *
     * @param run holds the letters
     * @param from where they begin in it
     * @param length at most the depth
     */
    long find(char[] run, int from, int length) {
        char first = run[from];
        int low = bound(run, from, length, ends[first - 1], ends[first], false);
        int high = bound(run, from, length, low, ends[first], true);
        return (long) low << 32 | high;
    }

    static int first(long range) {
        return (int) (range >>> 32);
    }

    static int last(long range) {
        return (int) range;
    }

    static int size(long range) {
        return last(range) - first(range);
    }

    private int bound(char[] run, int from, int length, int low, int high, boolean after) {
        int a = low;
        int b = high;
        while (a < b) {
            int middle = (a + b) >>> 1;
            int order = compare(places[middle], run, from, length);
            if (order < 0 || after && order == 0) {
                a = middle + 1;
            } else {
                b = middle;
            }
        }
        return a;
    }

    private int compare(int place, char[] run, int from, int length) {
        int end = Math.min(length, letters.length - place);
        for (int i = 0; i < end; i++) {
            int order = Character.compare(letters[place + i], run[from + i]);
            if (order != 0) {
                return order;
            }
        }
        return end < length ? -1 : 0;
    }
}
