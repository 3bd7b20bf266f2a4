package dev.gaon.examples.cli;

import dev.gaon.gov.license.Purpose;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What works are wanted for, and on which day. */
@SuppressWarnings("UnusedVariable") // picocli writes the options
final class Wanted {

    @Option(
            names = "--purpose",
            required = true,
            paramLabel = "PURPOSE",
            description = {
                "train-commercial, train-noncommercial, quote, redistribute, sell, publish-model",
                "what they are wanted for"
            })
    private String purpose = "";

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = {"이날의 조건으로 (기본: 서울의 오늘)", "by the terms of this day (default: today in Seoul)"})
    private @Nullable String asOf;

    Purpose purpose() {
        try {
            return Purpose.of(purpose);
        } catch (IllegalArgumentException e) {
            throw Failure.wrongUse("wrong-use", e);
        }
    }

    LocalDate day(LicenseCommand license) {
        return license.day("--as-of", asOf, "기준일: ", "As of ");
    }
}
