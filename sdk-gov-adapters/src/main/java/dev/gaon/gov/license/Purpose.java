package dev.gaon.gov.license;

import java.util.Arrays;
import java.util.Locale;

/** What a work is wanted for. */
public enum Purpose {
    TRAIN_NONCOMMERCIAL,
    TRAIN_COMMERCIAL,
    /** Retrieval, quotation, and any other use that is neither training nor passing on. */
    QUOTE,
    /** Passing the works on, processed or not, for nothing. */
    REDISTRIBUTE,
    SELL,
    /** Training a model and giving its weights away. */
    PUBLISH_MODEL;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As data and the command line write it, for instance {@code train-commercial}. */
    public String word() {
        return word;
    }

    /**
     * The purpose of a word.
     *
     * @throws IllegalArgumentException if there is none of this word; the message lists them
     */
    public static Purpose of(String word) {
        for (Purpose each : values()) {
            if (each.word.equals(word)) {
                return each;
            }
        }
        String known =
                String.join(", ", Arrays.stream(values()).map(Purpose::word).toList());
        throw new IllegalArgumentException(
                "모르는 목적입니다. 다음 가운데 하나를 쓰세요: " + known + " / The purpose is unknown. Use one of: " + known);
    }

    /** True if the use rests on training, to which the AI type of KOGL speaks. */
    boolean trains() {
        return this == TRAIN_NONCOMMERCIAL || this == TRAIN_COMMERCIAL || this == PUBLISH_MODEL;
    }

    /**
     * True if this is the other purpose or a wider one, so that it is never decided more loosely for the same declared
     * facts. Publishing a model is wider than non-commercial training, and than commercial training where the use is
     * declared commercial; selling is wider than giving away. Quotation stands alone.
     */
    boolean covers(Purpose other, boolean commercial) {
        return this == other
                || switch (this) {
                    case TRAIN_COMMERCIAL -> other == TRAIN_NONCOMMERCIAL;
                    case PUBLISH_MODEL -> other == TRAIN_NONCOMMERCIAL || (commercial && other == TRAIN_COMMERCIAL);
                    case SELL -> other == REDISTRIBUTE;
                    default -> false;
                };
    }
}
