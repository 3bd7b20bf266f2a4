package dev.gaon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gaon.Citation;
import dev.gaon.Gaon;
import dev.gaon.GaonChatModel;
import dev.gaon.GaonResponseMetadata;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Counts how often the embedded default is right, wrong or silent on questions that were written before it was tuned.
 *
 * <p>{@code -Dgaon.evaluation=FILE} names another file of questions in this folder than the half it was tuned on.
 */
class EvaluationTest {

    private static final String FILE = System.getProperty("gaon.evaluation", "evaluation-tune.json");

    record Row(String id, String language, String question, boolean onTopic, boolean answerable, List<String> accept) {}

    /** What happened to the questions of one language. */
    private static final class Tally {
        private int right;
        private int wrong;
        private int refused;
        private int offTopicRefused;
        private int offTopicAnswered;

        int wrong() {
            return wrong + offTopicAnswered;
        }

        int all() {
            return right + wrong + refused + offTopicRefused + offTopicAnswered;
        }
    }

    @Test
    void isSeldomWrongAndRefusesWhatItCannotKnow() throws IOException {
        Map<String, Tally> tallies = new TreeMap<>();
        List<String> report = new ArrayList<>();
        try (Gaon gaon = Gaon.create()) {
            GaonChatModel model = gaon.chat("embedded-extractive");
            for (Row row : rows()) {
                judge(row, model, tallies.computeIfAbsent(row.language(), language -> new Tally()), report);
            }
        }
        print(tallies, report);
        int all = tallies.values().stream().mapToInt(Tally::all).sum();
        int wrong = tallies.values().stream().mapToInt(Tally::wrong).sum();
        int offTopicRefused = tallies.values().stream()
                .mapToInt(tally -> tally.offTopicRefused)
                .sum();
        int offTopicAnswered = tallies.values().stream()
                .mapToInt(tally -> tally.offTopicAnswered)
                .sum();
        assertThat(all).as("questions in " + FILE).isGreaterThan(40);
        assertThat(wrong).as("wrong answers").isLessThanOrEqualTo(all * 5 / 100);
        assertThat(offTopicRefused).as("refused off topic").isGreaterThanOrEqualTo((int)
                Math.ceil((offTopicRefused + offTopicAnswered) * 0.95));
    }

    private static void judge(Row row, GaonChatModel model, Tally tally, List<String> report) {
        ChatResponse response = model.chat(UserMessage.from(row.question()));
        GaonResponseMetadata metadata = (GaonResponseMetadata) response.metadata();
        List<String> quotes = metadata.citations().stream().map(Citation::quote).toList();
        if (!row.onTopic()) {
            tally.offTopicRefused += quotes.isEmpty() ? 1 : 0;
            tally.offTopicAnswered += quotes.isEmpty() ? 0 : 1;
        } else if (quotes.isEmpty()) {
            tally.refused++;
            report.add("refused " + row.id() + ": " + row.question());
            return;
        } else if (row.answerable() && quotes.stream().anyMatch(quote -> accepts(row, quote))) {
            tally.right++;
            return;
        } else {
            tally.wrong++;
        }
        if (!quotes.isEmpty()) {
            report.add("WRONG " + row.id() + ": " + row.question());
            metadata.citations()
                    .forEach(citation -> report.add(
                            "    " + citation.document() + " › " + citation.section() + ": " + citation.quote()));
        }
    }

    private static boolean accepts(Row row, String quote) {
        String seen = quote.strip().replaceAll("\\s+", " ");
        String bare = seen.replace("**", "").replace("`", "");
        return row.accept().stream().anyMatch(part -> seen.contains(part) || bare.contains(part));
    }

    private static void print(Map<String, Tally> tallies, List<String> report) {
        StringBuilder table = new StringBuilder(FILE + "\n      right wrong refused | off topic: refused answered\n");
        tallies.forEach((language, tally) -> table.append(String.format(
                "%4s  %5d %5d %7d | %18d %8d%n",
                language, tally.right, tally.wrong, tally.refused, tally.offTopicRefused, tally.offTopicAnswered)));
        report.forEach(line -> table.append(line).append('\n'));
        System.out.println(table);
    }

    private static List<Row> rows() throws IOException {
        try (InputStream in = EvaluationTest.class.getResourceAsStream(FILE)) {
            assertThat(in).as(FILE).isNotNull();
            return List.of(new ObjectMapper().readValue(in, Row[].class));
        }
    }
}
