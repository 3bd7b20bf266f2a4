package dev.gaon.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.Endpoint;
import dev.gaon.ModelCard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The catalogue as a page in Markdown: what needs attention, then all models under who made them, then terms and sources.
 * The same data gives the same page on any day and whatever keys there are.
 */
final class ModelsPage {

    /** What can be used comes first. */
    private static final List<String> STATES =
            List.of("live", "ending", "self-hosted", "restricted", "unverified", "retired");

    private final List<Sheet> sheets;
    private final Wording words;
    private final StringBuilder out = new StringBuilder();

    ModelsPage(List<Sheet> sheets, Wording words) {
        this.sheets = sheets;
        this.words = words;
    }

    @Override
    public String toString() {
        out.setLength(0);
        line("# " + words.say("모델", "Models"));
        line("");
        line(
                words.say(
                        "이 쪽은 `gaon models --lang ko --markdown`이 카탈로그(`sdk-core/src/main/resources/dev/gaon/catalogue`)에서 만듭니다. 손으로 고치지 마십시오.",
                        "This page is made from the catalogue (`sdk-core/src/main/resources/dev/gaon/catalogue`) by `gaon models --lang en --markdown`; do not edit it."));
        line(
                words.say("모델 " + sheets.size() + "개. 가장 새로운 출처: ", sheets.size() + " models. The newest source: ")
                        + newest()
                        + words.say(
                                ". 지금 쓸 수 있는지는 `gaon models`, 하나의 모든 것은 `gaon models ID`가 말합니다. 라이선스에 관한 것은 법률 자문이 아닙니다.",
                                ". Whether one can be used now says `gaon models`, all of one `gaon models ID`. What is said of licences is no legal advice."));
        attention();
        owners();
        terms();
        sources();
        return out.toString();
    }

    private String newest() {
        return sheets.stream()
                .flatMap(sheet -> Sheet.sources(sheet.model()).stream())
                .map(Sheet.Source::date)
                .max(Comparator.naturalOrder())
                .orElse("?");
    }

    private void attention() {
        line("");
        line("## " + words.say("살펴볼 것", "What needs attention"));
        group(words.say("끝났거나 끝나는 것", "Ended or ending"), sheet -> {
            ModelCard.Status status = sheet.card().status();
            if (!List.of("ending", "retired").contains(status.state())) {
                return "";
            }
            String successor = status.successor() == null
                    ? ""
                    : words.say(" 대신 `" + status.successor() + "`.", " Use `" + status.successor() + "` instead.");
            String note = words.say(Sheet.text(sheet.model().at("/status/note")));
            return words.status(status.state()) + " " + status.date() + ". " + note + successor;
        });
        group(
                words.say("상업적으로 쓸 수 없거나 계약이 필요한 가중치", "Weights not for commercial use, or by agreement only"),
                sheet ->
                        List.of("no", "agreement").contains(sheet.card().terms().commercial())
                                ? words.commercial(sheet.card().terms()) + ": " + terms(sheet)
                                : "");
        group(
                words.say("조건을 확인하지 못한 가중치", "Weights whose terms were not checked"),
                sheet -> sheet.card().terms().commercial().equals("unknown")
                                && !sheet.card().terms().covers().equals("service")
                        ? terms(sheet)
                        : "");
        group(
                words.say("일부만 쓸 수 있는 것", "Open to some only"),
                sheet -> sheet.card().status().state().equals("restricted")
                        ? words.say(Sheet.text(sheet.model().at("/status/note")))
                        : "");
        group(
                words.say("확인하지 못한 것", "Not verified"),
                sheet -> sheet.card().status().state().equals("unverified")
                        ? orDash(words.say(Sheet.text(sheet.model().at("/status/note"))))
                        : "");
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    /** Models for which there is the same to say share a line. */
    private void group(String title, Function<Sheet, String> what) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (Sheet sheet : sheets) {
            String said = what.apply(sheet);
            if (!said.isEmpty()) {
                lines.computeIfAbsent(said, one -> new ArrayList<>())
                        .add("`" + sheet.card().id() + "`");
            }
        }
        if (!lines.isEmpty()) {
            line("");
            line("**" + title + "**");
            line("");
            lines.forEach((said, ids) -> line("- " + String.join(", ", ids) + (said.equals("-") ? "" : ": " + said)));
        }
    }

    private void owners() {
        Map<String, List<Sheet>> byOwner = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sheets.forEach(sheet -> byOwner.computeIfAbsent(sheet.card().owner(Locale.ENGLISH), owner -> new ArrayList<>())
                .add(sheet));
        byOwner.forEach((owner, theirs) -> {
            String korean = theirs.get(0).card().owner(Locale.KOREAN);
            line("");
            line("## " + (korean.equals(owner) ? owner : words.say(korean + " / " + owner, owner)));
            line("");
            theirs.stream()
                    .map(sheet -> sheet.card().programme())
                    .filter(Objects::nonNull)
                    .max(Comparator.comparingInt(ModelCard.Programme::round))
                    .ifPresent(programme -> {
                        line(words.say("독자 AI 파운데이션 모델 사업: ", "National programme: ")
                                + words.standing(programme)
                                + (programme.date() == null ? "" : " (" + programme.date() + ")"));
                        line("");
                    });
            table(theirs);
        });
    }

    private void table(List<Sheet> theirs) {
        row(
                words.say("상태", "status"),
                words.say("모델", "model"),
                words.say("종류", "kind"),
                words.say("문맥", "context"),
                words.say("입력", "input"),
                words.say("생각", "thinking"),
                words.say("도구", "tools"),
                words.say("JSON 틀", "JSON schema"),
                words.say("라이선스", "licence"),
                words.say("사업", "programme"),
                words.say("제공처", "served by"));
        line("|---".repeat(11) + "|");
        theirs.stream()
                .sorted(Comparator.comparingInt(
                        (Sheet sheet) -> STATES.indexOf(sheet.card().status().state())))
                .forEach(this::row);
    }

    private void row(Sheet sheet) {
        ModelCard card = sheet.card();
        ModelCard.Status status = card.status();
        String korean = card.name(Locale.KOREAN);
        String english = card.name(Locale.ENGLISH);
        String name = korean.equals(english) ? english : words.say(korean + " / " + english, english);
        ModelCard.Programme programme = card.programme();
        List<String> providers =
                card.endpoints().stream().map(Endpoint::provider).distinct().toList();
        row(
                words.status(status.state())
                        + (status.date() == null ? "" : " " + status.date())
                        + low(sheet, "/status"),
                "`" + card.id() + "`<br>" + name,
                words.kind(card.kind()),
                Wording.tokens(card.contextTokens()) + low(sheet, "/context/tokens"),
                words.media(card.input()) + low(sheet, "/modalities"),
                Wording.mark(sheet.thinks()) + low(sheet, "/thinking"),
                Wording.mark(card.tools()) + low(sheet, "/tools"),
                Wording.mark(card.structuredOutput()) + low(sheet, "/structuredOutput"),
                card.licence().replaceFirst("^LicenseRef-", "") + low(sheet, "/licence/id"),
                programme == null || programme.round() == 0
                        ? ""
                        : words.say(programme.round() + "차", "round " + programme.round()),
                String.join(", ", providers));
    }

    /** Values that rest on less than the vendor's own words carry their mark. */
    private static String low(Sheet sheet, String pointer) {
        String mark = Sheet.confidence(sheet.model(), pointer);
        return mark.equals("C") || mark.equals("M") ? " <sup>" + mark + "</sup>" : "";
    }

    private void row(String... cells) {
        line("| " + String.join(" | ", cells).replaceAll("(?<! )\\|(?! )", "\\\\|") + " |");
    }

    private void terms() {
        line("");
        line("## " + words.say("라이선스가 요구하는 것", "What the licences demand"));
        line("");
        row(
                words.say("라이선스", "licence"),
                words.say("상업적 이용", "commercial use"),
                words.say("다시 배포", "handing on"),
                words.say("파생 모델의 이름", "names of derived models"),
                words.say("밝힐 말", "words to show"),
                words.say("그 밖에", "besides"),
                words.say("모델 수", "models"));
        line("|---".repeat(7) + "|");
        Map<String, List<Sheet>> byTerms = new TreeMap<>();
        sheets.forEach(sheet -> byTerms.computeIfAbsent(sheet.card().licence(), id -> new ArrayList<>())
                .add(sheet));
        byTerms.forEach((id, theirs) -> {
            ModelCard.Terms terms = theirs.get(0).card().terms();
            JsonNode file = theirs.get(0).terms();
            List<String> conditions = terms.conditions(words.language());
            List<String> marked = new ArrayList<>();
            for (int i = 0; i < conditions.size(); i++) {
                marked.add(conditions.get(i) + mark(file, "/conditions/" + i));
            }
            row(
                    terms.name() + "<br>`" + id + "`",
                    words.commercial(terms) + mark(file, "/commercial"),
                    terms.covers().equals("service")
                            ? "-"
                            : words.allowed(terms.redistribution()) + mark(file, "/redistribution"),
                    terms.namePrefix() == null ? "-" : terms.namePrefix() + "…" + mark(file, "/namePrefix"),
                    terms.notice() == null ? "-" : terms.notice() + mark(file, "/notice"),
                    String.join("<br>", marked),
                    "" + theirs.size());
        });
    }

    private static String mark(JsonNode file, String pointer) {
        String mark = Sheet.confidence(file, pointer);
        return mark.equals("?") ? "" : " <sup>" + mark + "</sup>";
    }

    private String terms(Sheet sheet) {
        return sheet.card().licence().equals("NOASSERTION")
                ? words.allowed("unknown")
                : sheet.card().terms().name();
    }

    private void sources() {
        line("");
        line("## " + words.say("출처와 신뢰도", "Sources and how sure they are"));
        line("");
        line(
                words.say(
                        "표에는 C와 M만 적었습니다. 표시가 없는 값은 D나 D2이고, `?`는 모른다는 뜻입니다.",
                        "The tables show C and M only: a value without a mark is D or D2, and `?` stands for what is not known."));
        line("");
        row(words.say("표시", "mark"), words.say("뜻", "meaning"));
        line("|---|---|");
        Wording.MARKS.forEach(mark -> row(mark, words.confidence(mark)));
        for (Sheet sheet : sheets) {
            line("");
            line("<details><summary><code>" + sheet.card().id() + "</code></summary>");
            line("");
            for (Sheet.Source source : Sheet.sources(sheet.model())) {
                String what =
                        source.text().isEmpty() ? words.confidence("?") : source.text() + " (" + source.date() + ")";
                line("- **" + source.confidence() + "** " + what + ": " + String.join(", ", source.places()));
            }
            sheet.notes().forEach(note -> line("- " + words.say(note)));
            line("");
            line("</details>");
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
