package dev.gaon.gov.label;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the statement records of the caller's start sound: how many bytes from the start of the sound it takes, and their
 * hash. So a reader can tell that it is still there; what it says nobody here hears.
 */
record SoundProof(long length, String sha256) {

    private static final double LEAST_SECONDS = 0.3;
    private static final double MOST_SECONDS = 60;

    private static final String NAME = "sound";

    private static final Pattern FORM = Pattern.compile("(\\d{1,10}) ([0-9a-f]{64})");

    /** Whether it is long enough to be heard, and no longer than what stands before something else. */
    static boolean lasts(double seconds) {
        return seconds >= LEAST_SECONDS && !isTooLong(seconds);
    }

    static boolean isTooLong(double seconds) {
        return seconds > MOST_SECONDS;
    }

    /** Null if none is recorded. */
    static @Nullable SoundProof of(Found found) {
        Statement statement = found.statement();
        Matcher proof = FORM.matcher(statement == null ? "" : statement.proofs().getOrDefault(NAME, ""));
        return proof.matches() ? new SoundProof(Long.parseLong(proof.group(1)), proof.group(2)) : null;
    }

    Statement in(Statement statement) {
        return statement.with(NAME, length + " " + sha256);
    }

    void kept(String place, Found found) {
        found.sound(place, "sha256 " + sha256);
        found.remark(
                "시작음이 무엇을 말하는지는 듣지 않았습니다. 사람이 들어 확인하세요.",
                "What the start sound says was not listened to. Let a person check it.");
    }

    static void lost(Found found) {
        found.remark(
                "메타데이터가 말하는 시작음이 소리 첫머리에 없습니다.",
                "The start sound that the metadata speaks of is not at the start of the sound.");
    }
}
