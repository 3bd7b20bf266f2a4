package dev.gaon.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.Endpoint;
import dev.gaon.ModelCard;
import dev.gaon.Models;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One model in full, as plain text: what it can do, who serves it, what its terms demand, and where all that is from. */
final class ModelSheet {

    private static final int LABEL = 12;

    private final Sheet sheet;
    private final ModelCard card;
    private final Models models;
    private final Wording words;
    private final Terminal terminal;
    private final int columns;
    private final StringBuilder out = new StringBuilder();

    ModelSheet(Sheet sheet, Models models, Terminal terminal) {
        this.sheet = sheet;
        this.card = sheet.card();
        this.models = models;
        this.words = new Wording(terminal.language());
        this.terminal = terminal;
        this.columns = Math.min(Math.max(terminal.columns(), 60), 120);
    }

    @Override
    public String toString() {
        out.setLength(0);
        out.append(Terminal.printable(card.id())).append(": ").append(names()).append('\n');
        String notice = models.availability(card).notice();
        if (notice != null) {
            line("!", words.say(Text.halves(notice)));
        }
        abilities();
        standing();
        terms();
        endpoints();
        list(words.say("메모", "notes"), sheet.notes().stream().map(words::say).toList());
        sources();
        return out.toString();
    }

    private String names() {
        String mine = card.name(words.language());
        String other = card.name("ko".equals(words.language().getLanguage()) ? Locale.ENGLISH : Locale.KOREAN);
        return Terminal.printable(mine.equals(other) ? mine : mine + " / " + other);
    }

    private void abilities() {
        JsonNode data = sheet.model();
        line(words.say("만든 곳", "owner"), card.owner(words.language()));
        line(words.say("종류", "kind"), words.kind(card.kind()));
        JsonNode size = data.path("size");
        if (size.isObject()) {
            String active = size.path("activeB").isNumber()
                    ? words.say(", 활성 ", ", active ") + size.path("activeB").asText() + "B"
                    : "";
            line(words.say("크기", "size"), size.path("totalB").asText() + "B" + active);
        }
        line(
                words.say("문맥", "context"),
                number(card.contextTokens()) + words.say(" 토큰, 답은 ", " tokens, answer ") + number(card.outputTokens()),
                Sheet.text(data.at("/context/note")));
        Set<String> output = new LinkedHashSet<>();
        data.at("/modalities/output").forEach(medium -> output.add(medium.asText()));
        String dimensions = card.dimensions() == null ? "" : " (" + card.dimensions() + ")";
        line(
                words.say("입출력", "in, out"),
                words.media(card.input()) + " -> " + (output.isEmpty() ? "?" : words.media(output)) + dimensions);
        String usual = data.at("/thinking/default").asText("");
        line(
                words.say("생각", "thinking"),
                card.thinkingLevels().isEmpty()
                        ? yes(sheet.thinks())
                        : String.join(", ", card.thinkingLevels())
                                + (usual.isEmpty() || usual.equals("null")
                                        ? ""
                                        : words.say(" (기본 ", " (default ") + usual + ")"),
                Sheet.text(data.at("/thinking/note")));
        line(words.say("도구", "tools"), yes(card.tools()));
        line(words.say("JSON 틀", "JSON schema"), yes(card.structuredOutput()));
    }

    private void standing() {
        LocalDate date = card.status().date();
        line(
                words.say("상태", "status"),
                words.status(card.status()) + (date == null ? "" : " " + date),
                Sheet.text(sheet.model().at("/status/note")));
        ModelCard.Programme programme = card.programme();
        if (programme != null) {
            String when = programme.date() == null ? "" : ", " + programme.date();
            line(words.say("국가대표", "programme"), programme.team() + ": " + words.standing(programme) + when);
        }
        Models.Availability availability = models.availability(card);
        line(
                words.say("사용", "use"),
                words.available(availability.state())
                        + (availability.detail().isEmpty() ? "" : ": " + availability.detail()));
    }

    private void terms() {
        ModelCard.Terms terms = card.terms();
        JsonNode file = sheet.terms();
        line(
                words.say("라이선스", "licence"),
                terms.name() + " [" + Sheet.confidence(sheet.model(), "/licence/id") + "]",
                Sheet.text(sheet.model().at("/licence/note")));
        line("", words.say("상업적 이용: ", "commercial use: ") + words.commercial(terms) + mark(file, "/commercial"));
        if (!terms.covers().equals("service")) {
            line(
                    "",
                    words.say("다시 배포: ", "handing on: ")
                            + words.allowed(terms.redistribution())
                            + mark(file, "/redistribution"));
        }
        if (terms.namePrefix() != null) {
            line(
                    "",
                    words.say(
                                    "파생 모델의 이름은 " + terms.namePrefix() + "(으)로 시작",
                                    "names of derived models begin with " + terms.namePrefix())
                            + mark(file, "/namePrefix"));
        }
        if (terms.notice() != null) {
            line("", words.say("밝힐 말: ", "words to show: ") + "\"" + terms.notice() + "\"" + mark(file, "/notice"));
        }
        List<String> conditions = terms.conditions(words.language());
        for (int i = 0; i < conditions.size(); i++) {
            line("", "- " + conditions.get(i) + mark(file, "/conditions/" + i));
        }
    }

    private static String mark(JsonNode file, String pointer) {
        return file.isMissingNode() ? "" : " [" + Sheet.confidence(file, pointer) + "]";
    }

    private void endpoints() {
        String label = words.say("제공처", "served by");
        for (Endpoint endpoint : card.endpoints()) {
            String variable = endpoint.keyVariable();
            String key = variable == null
                    ? ""
                    : ", " + variable + " "
                            + (terminal.environment(variable) == null
                                    ? words.say("없음", "not set")
                                    : words.say("있음", "set"));
            String wire = endpoint.wireModel() == null ? "" : ", " + words.say("모델 ", "model ") + endpoint.wireModel();
            String address = endpoint.uri() == null
                    ? words.say("직접 띄움", "your own server")
                    : endpoint.uri().toString();
            line(label, endpoint.provider() + ": " + address + ", " + endpoint.dialect() + wire + key);
            label = "";
        }
        list(words.say("다른 이름", "also called"), card.aliases());
    }

    private void sources() {
        Set<String> marks = new LinkedHashSet<>();
        sources(words.say("근거", "sources"), "", sheet.model(), marks);
        sources("", words.say("라이선스 ", "licence "), sheet.terms(), marks);
        for (String mark : Wording.MARKS) {
            if (marks.contains(mark)) {
                line("", mark + " = " + words.confidence(mark));
            }
        }
    }

    private void sources(String first, String file, JsonNode data, Set<String> marks) {
        String label = first;
        for (Sheet.Source source : Sheet.sources(data)) {
            marks.add(source.confidence());
            String what = source.text().isEmpty() ? "" : source.date() + " " + source.text() + ": ";
            line(label, "[" + source.confidence() + "] " + what + file + String.join(", ", source.places()));
            label = "";
        }
    }

    private String number(@Nullable Integer tokens) {
        return tokens == null ? words.say("모름", "not known") : String.format(Locale.ROOT, "%,d", tokens);
    }

    private String yes(@Nullable Boolean known) {
        return known == null ? words.say("모름", "not known") : known ? words.say("됨", "yes") : words.say("안 됨", "no");
    }

    private void list(String label, List<String> lines) {
        for (String one : lines) {
            line(label, one);
            label = "";
        }
    }

    private void line(String label, String value, Text note) {
        line(label, note.isEmpty() ? value : value + ". " + words.say(note));
    }

    private void line(String label, String value) {
        Table table = new Table(2, LABEL, columns - LABEL - 2);
        table.row("", label, value);
        out.append(table);
    }
}
