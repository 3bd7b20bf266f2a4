package dev.gaon.gov.label;

/**
 * Text that bears its marks, and what was found when it was read back. Immutable.
 *
 * @param text to hand out; the given text itself if it bore the marks already
 * @param report what the marks are worth
 */
public record LabeledText(String text, LabelReport report) {}
