package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** However the pieces are cut, the text ends before the first sequence and loses nothing else. */
class StopSequencesTest {

    private static final String TEXT = "하나 둘 <끝 <끝> 셋 🦙 STOP";

    private static String cut(int size, String... sequences) {
        StopSequences stops = new StopSequences(List.of(sequences));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < TEXT.length() && !stops.found(); i += size) {
            text.append(stops.next(TEXT.substring(i, Math.min(TEXT.length(), i + size))));
        }
        return text.append(stops.rest()).toString();
    }

    @Test
    void endsBeforeTheFirst() {
        for (int size = 1; size <= TEXT.length(); size++) {
            assertThat(cut(size, "<끝>")).isEqualTo("하나 둘 <끝 ");
            assertThat(cut(size, "STOP", "셋")).isEqualTo("하나 둘 <끝 <끝> ");
            assertThat(cut(size, "없음", "<끝!")).isEqualTo(TEXT);
            assertThat(cut(size)).isEqualTo(TEXT);
            assertThat(cut(size, "")).isEqualTo(TEXT);
        }
    }

    @Test
    void holdsBackNoMoreThanItMust() {
        StopSequences stops = new StopSequences(List.of("끝내기"));
        assertThat(stops.next("가나")).isEqualTo("가나");
        assertThat(stops.next("다끝")).isEqualTo("다");
        assertThat(stops.next("내")).isEmpty();
        assertThat(stops.next("다")).isEqualTo("끝내다");
        assertThat(stops.rest()).isEmpty();
    }
}
