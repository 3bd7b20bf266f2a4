package dev.gaon;

/** A light stemmer for English: plurals, -ing, -ed and -ly, nothing that could join unrelated words. Stateless. */
final class EnglishWord {

    private EnglishWord() {}

    /** Stems the word in {@code chars[from, to)} in place and returns its new end. */
    static int stem(char[] chars, int from, int to) {
        int end = to;
        if (end - from < 4 || chars[from] >= '0' && chars[from] <= '9' || chars[end - 1] <= '9') {
            return end;
        }
        if (chars[end - 1] == 's') {
            char before = chars[end - 2];
            if (ends(chars, from, end, "ies") && end - from > 4) {
                end -= 2;
                chars[end - 1] = 'y';
            } else if (ends(chars, from, end, "sses")
                    || ends(chars, from, end, "xes")
                    || ends(chars, from, end, "ches")
                    || ends(chars, from, end, "shes")) {
                end -= 2;
            } else if (before != 's' && before != 'u' && before != 'i') {
                end -= 1;
            }
        }
        if (ends(chars, from, end, "ing") && end - from > 5) {
            end = restore(chars, from, end - 3);
        } else if (ends(chars, from, end, "ied") && end - from > 4) {
            end -= 2;
            chars[end - 1] = 'y';
        } else if (ends(chars, from, end, "ed") && end - from > 4 && chars[end - 3] != 'e') {
            end = restore(chars, from, end - 2);
        } else if (ends(chars, from, end, "ly") && end - from > 5) {
            end -= 2;
        }
        // "license" and "licensed", "use" and "using" meet without their last e; both spellings of licence meet too
        if (end - from > 3 && chars[end - 1] == 'e') {
            end--;
        }
        if (ends(chars, from, end, "licenc")) {
            chars[end - 1] = 's';
        }
        return end;
    }

    private static int restore(char[] chars, int from, int end) {
        boolean doubled = end - from > 3
                && chars[end - 1] == chars[end - 2]
                && ("lsz".indexOf(chars[end - 1]) < 0 || end - from > 5 && ends(chars, from, end, "ell"));
        return doubled ? end - 1 : end;
    }

    private static boolean ends(char[] chars, int from, int to, String suffix) {
        int start = to - suffix.length();
        if (start < from) {
            return false;
        }
        for (int i = 0; i < suffix.length(); i++) {
            if (chars[start + i] != suffix.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
