package dev.gaon.gov.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.junit.jupiter.api.Test;

class LettersTest {

    /** A character that no font has a letter for. */
    private static final String NO_LETTER = "\uee3f\uee40\uee41";

    @Test
    void aWordingWithoutLettersGivesWayToTheNext() {
        assertThat(Letters.of(List.of(NO_LETTER, "AI-generated")).text()).isEqualTo("AI-generated");
        assertThat(Letters.of(List.of(NO_LETTER)).text()).isEqualTo("AI");
    }

    @Test
    void withoutAnyFontTheLettersAAndIAreDrawn() {
        Letters letters = Letters.drawn();
        Rectangle2D both = letters.outline("AI").getBounds2D();

        assertThat(letters.text()).isEqualTo("AI");
        assertThat(both.getHeight()).isEqualTo(72);
        assertThat(both.getWidth())
                .isGreaterThan(letters.outline("A").getBounds2D().getWidth() + 15);
        assertThat(letters.outline("A").contains(35, -20)).isTrue(); // its bar
        assertThat(letters.outline("A").contains(35, -40)).isFalse(); // its hole
        assertThat(letters.outline("AI").contains(90, -36)).isTrue();
        assertThat(letters.advance("A")).isLessThan(letters.advance("AI"));
    }
}
