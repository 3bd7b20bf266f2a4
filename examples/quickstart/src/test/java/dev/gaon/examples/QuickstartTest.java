package dev.gaon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickstartTest {

    @Test
    void answersWithCitationsAndShowsTheRecordsOfBothCalls() {
        PrintStream before = System.out;
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try {
            Quickstart.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        String text = shown.toString(StandardCharsets.UTF_8);

        assertThat(text).contains("embedded-extractive", "제31조제2항", "인용한 문서: ai-basic-act-transparency.ko");
        assertThat(text).contains("공공누리 제1유형 저작물은 출처를 표시하면 상업적으로 이용할 수 있고");
        assertThat(text.lines().filter(line -> line.startsWith("{")))
                .hasSize(2)
                .allMatch(line -> line.contains("\"state\":\"ok\""))
                .anyMatch(line -> line.contains("\"streaming\":true"))
                .anyMatch(line -> line.contains("\"streaming\":false"))
                .noneMatch(line -> line.contains("공공누리"));
    }
}
