package dev.gaon;

import java.util.List;

/**
 * Ends a text before the first of these sequences, however its pieces are cut: what could be the beginning of one is held
 * back until more is known. Used by one thread.
 */
final class StopSequences {

    private final List<String> sequences;
    private final StringBuilder held = new StringBuilder();
    private boolean found;

    StopSequences(List<String> sequences) {
        this.sequences =
                sequences.stream().filter(sequence -> !sequence.isEmpty()).toList();
    }

    /** The text that can go on; may be empty. */
    String next(String piece) {
        held.append(piece);
        int end = held.length();
        for (String sequence : sequences) {
            int at = held.indexOf(sequence);
            if (at >= 0 && at <= end) {
                end = at;
                found = true;
            }
        }
        int passed = found ? end : held.length() - beginning();
        String text = held.substring(0, passed);
        held.delete(0, found ? held.length() : passed);
        return text;
    }

    /** How much of the end of what is held could begin a sequence. */
    private int beginning() {
        int longest = 0;
        for (String sequence : sequences) {
            for (int length = Math.min(sequence.length() - 1, held.length()); length > longest; length--) {
                if (held.substring(held.length() - length).equals(sequence.substring(0, length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    boolean found() {
        return found;
    }

    /** What was held back for nothing, when no more comes. */
    String rest() {
        String text = held.toString();
        held.setLength(0);
        return text;
    }
}
