package dev.gaon;

import java.util.function.Consumer;

/**
 * Parts reasoning that a server leaves inside the answer's text, as {@code <think>...</think>} at its beginning, from the
 * answer. Servers do so when they run without a reasoning parser. Used by one thread.
 *
 * <p>Only a tag at the very beginning counts: an answer may speak of the tag. Reasoning whose opening tag is part of the
 * prompt template, so that only the closing one comes, cannot be told from an answer while it streams and stays text.
 */
final class InlineThinking {

    private static final String OPENING = "<think>";
    private static final String CLOSING = "</think>";

    /** An answer that begins with more white space than this has no tag behind it: all of it would have to be held. */
    private static final int MOST_SPACE = 256;

    private enum Place {
        BEGINNING,
        INSIDE,
        BEHIND,
        ANSWER
    }

    private final Consumer<String> thinking;
    private final Consumer<String> answer;
    private Place place = Place.BEGINNING;

    /** What cannot be told yet: the beginning of a tag, or white space that may lead to one. */
    private String held = "";

    InlineThinking(Consumer<String> thinking, Consumer<String> answer) {
        this.thinking = thinking;
        this.answer = answer;
    }

    /** True once every further piece is answer, as it is. */
    boolean decided() {
        return place == Place.ANSWER;
    }

    /** The server parts reasoning itself: tags in its answers are text. */
    void partedByServer() {
        if (place == Place.BEGINNING) {
            end();
        }
    }

    void accept(String piece) {
        String text = held.isEmpty() ? piece : held + piece;
        held = "";
        if (place == Place.BEGINNING) {
            text = beginning(text);
        }
        if (place == Place.INSIDE) {
            text = inside(text);
        }
        if (place == Place.BEHIND) {
            text = text.stripLeading();
            place = text.isEmpty() ? Place.BEHIND : Place.ANSWER;
        }
        if (place == Place.ANSWER && !text.isEmpty()) {
            answer.accept(text);
        }
    }

    /** What follows the opening tag, or all of it if there is none. */
    private String beginning(String text) {
        String begun = text.stripLeading();
        if (text.length() - begun.length() > MOST_SPACE) {
            place = Place.ANSWER;
            return text;
        }
        if (begun.startsWith(OPENING)) {
            place = Place.INSIDE;
            return begun.substring(OPENING.length());
        }
        if (OPENING.startsWith(begun)) {
            held = text;
            return "";
        }
        place = Place.ANSWER;
        return text;
    }

    /** What follows the closing tag; nothing while it has not come. */
    private String inside(String text) {
        int end = text.indexOf(CLOSING);
        if (end >= 0) {
            think(text.substring(0, end));
            place = Place.BEHIND;
            return text.substring(end + CLOSING.length());
        }
        int kept = Math.min(text.length(), CLOSING.length() - 1);
        while (!CLOSING.startsWith(text.substring(text.length() - kept))) {
            kept--;
        }
        held = text.substring(text.length() - kept);
        think(text.substring(0, text.length() - kept));
        return "";
    }

    private void think(String text) {
        if (!text.isEmpty()) {
            thinking.accept(text);
        }
    }

    /** The reply is over: what was held back is what it looks like. */
    void end() {
        String rest = held;
        held = "";
        if (place == Place.INSIDE) {
            think(rest);
        } else if (!rest.isEmpty()) {
            answer.accept(rest);
        }
        place = Place.ANSWER;
    }
}
