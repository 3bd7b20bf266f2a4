package dev.gaon.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gaon.Decision;
import dev.gaon.Gaon;
import org.junit.jupiter.api.Test;

class FailureTest {

    private static Failure refusedBy(Decision decision) {
        try (Gaon gaon = Gaon.builder().guard((endpoint, context) -> decision).build()) {
            return Failure.of(
                    catchThrowable(() -> gaon.chat("embedded-extractive").chat("질문")));
        }
    }

    @Test
    void aRefusalAndAReviewDifferInTheirExitCodes() {
        Failure denied = refusedBy(Decision.deny("rule", "안 됩니다.", "It is refused.", "이렇게 하세요.", "Do this."));
        Failure review = refusedBy(Decision.review("rule", "사람이 봐야 합니다.", "A person must decide.", "물어보세요.", "Ask."));

        assertThat(denied.kind()).isEqualTo("denied");
        assertThat(denied.exit()).isEqualTo(1);
        assertThat(review.exit()).isEqualTo(3);
        assertThat(review.message().ko()).isEqualTo("사람이 봐야 합니다.");
        assertThat(review.fix().en()).isEqualTo("Ask.");
    }
}
