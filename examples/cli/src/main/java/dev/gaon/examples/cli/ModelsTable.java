package dev.gaon.examples.cli;

import dev.gaon.Endpoint;
import dev.gaon.ModelCard;
import dev.gaon.Models;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The models as plain text under the name of who made them: a line for each, in letters and marks on 80 columns and in
 * words from 120 on.
 */
final class ModelsTable {

    private static final int NARROWEST = 80;
    private static final int WIDE = 120;

    private final List<Sheet> sheets;
    private final Models models;
    private final Wording words;
    private final boolean wide;
    private final int columns;
    private final int[] widths;
    private final Map<String, Integer> states = new TreeMap<>();

    /** Variables of keys that are not set, and a provider that wants each. */
    private final Map<String, String> missing = new TreeMap<>();

    private Table table;

    /** @param columns of the terminal; fewer than 80 are taken for 80 */
    ModelsTable(List<Sheet> sheets, Models models, Wording words, int columns) {
        this.sheets = sheets;
        this.models = models;
        this.words = words;
        this.wide = columns >= WIDE;
        this.columns = wide ? WIDE : Math.max(columns, NARROWEST);
        this.widths = wide
                ? new int[] {31, 5, 13, 5, 5, 5, 17, 11, 28}
                : new int[] {27 + Math.min(4, this.columns - NARROWEST), 5, 5, 7, 14, 9, 13};
        this.table = new Table(widths);
    }

    @Override
    public String toString() {
        Map<String, List<Sheet>> byOwner = new LinkedHashMap<>();
        sheets.stream()
                .sorted(Comparator.comparing(
                        sheet -> sheet.card().owner(Locale.ENGLISH).toLowerCase(Locale.ROOT)))
                .forEach(sheet -> byOwner.computeIfAbsent(
                                sheet.card().owner(words.language()), owner -> new ArrayList<>())
                        .add(sheet));
        StringBuilder out = new StringBuilder();
        head();
        flush(out);
        byOwner.forEach((owner, theirs) -> {
            out.append('\n').append(owner).append(standing(theirs)).append('\n');
            theirs.forEach(this::row);
            flush(out);
        });
        out.append('\n');
        notices(out);
        StringBuilder sum = new StringBuilder();
        states.forEach((state, number) -> sum.append(sum.isEmpty() ? "" : ", ")
                .append(words.available(state))
                .append(' ')
                .append(number));
        if (!missing.isEmpty()) {
            List<String> keys = new ArrayList<>();
            missing.forEach((variable, provider) -> keys.add(variable + " (" + provider + ")"));
            paragraph(out, "", words.say("없는 키: ", "Keys not set: ") + String.join(", ", keys));
        }
        paragraph(
                out,
                "",
                words.say(
                        "모델 " + sheets.size() + "개: " + sum,
                        sheets.size() + (sheets.size() == 1 ? " model: " : " models: ") + sum));
        legend(out);
        return out.toString();
    }

    private void head() {
        String model = words.say("모델", "MODEL");
        String context = words.say("문맥", "CTX");
        String licence = words.say("라이선스", "LICENCE");
        String status = words.say("상태", "STATUS");
        String use = words.say("사용", "USE");
        if (wide) {
            table.row(
                    model,
                    context,
                    words.say("입력", "INPUT"),
                    words.say("생각", "THNK"),
                    words.say("도구", "TOOL"),
                    words.say("틀", "JSON"),
                    licence,
                    status,
                    use);
        } else {
            table.row(model, context, words.say("입력", "IN"), words.say("생도틀", "T T J"), licence, status, use);
        }
    }

    private void flush(StringBuilder out) {
        out.append(table);
        table = new Table(widths);
    }

    private void row(Sheet sheet) {
        ModelCard card = sheet.card();
        Models.Availability availability = models.availability(card);
        states.merge(availability.state(), 1, Integer::sum);
        int round = card.programme() == null ? 0 : card.programme().round();
        String name = round == 0 ? card.id() : card.id() + " *" + round;
        String context = Wording.tokens(card.contextTokens());
        String thinks = Wording.mark(sheet.thinks());
        String tools = Wording.mark(card.tools());
        String schema = Wording.mark(card.structuredOutput());
        String licence =
                card.licence().equals("NOASSERTION") ? "?" : card.licence().replaceFirst("^LicenseRef-", "");
        LocalDate date = card.status().date();
        String status = words.status(card.status());
        if (wide) {
            table.row(
                    name,
                    context,
                    words.media(card.input()),
                    thinks,
                    tools,
                    schema,
                    licence,
                    date == null ? status : status + " " + date,
                    use(card, availability));
        } else {
            table.row(
                    name,
                    context,
                    letters(card.input()),
                    thinks + " " + tools + " " + schema,
                    licence,
                    date == null ? status : status + " " + date.toString().substring(2),
                    use(card, availability));
        }
    }

    /** How the team fared last, behind its name: all its models share it. */
    private String standing(List<Sheet> theirs) {
        return theirs.stream()
                .map(sheet -> sheet.card().programme())
                .filter(Objects::nonNull)
                .max(Comparator.comparingInt(ModelCard.Programme::round))
                .map(programme -> " (" + words.say("국가대표 ", "national programme, ") + words.standing(programme) + ")")
                .orElse("");
    }

    private static String letters(@Nullable Set<String> media) {
        return media == null
                ? "?"
                : String.join(
                        "",
                        media.stream()
                                .map(medium -> medium.substring(0, 1).toUpperCase(Locale.ROOT))
                                .toList());
    }

    /** What is missing, and where: as much of it as the column holds. */
    private String use(ModelCard card, Models.Availability availability) {
        String detail = availability.detail();
        return switch (availability.state()) {
            case "ready" -> fit("✓", providers(card, endpoint -> endpoint.uri() != null));
            case "needs-key" -> {
                List<String> providers = providers(card, endpoint -> detail.equals(endpoint.keyVariable()));
                missing.put(detail, providers.get(0));
                yield fit(words.say("키", "key"), providers);
            }
            case "needs-endpoint" ->
                fit(
                        words.say("주소", "addr"),
                        providers(card, endpoint -> endpoint.uri() == null || endpoint.wireModel() == null));
            case "waits-for-dialect" ->
                fit(words.say("형식", "wire"), providers(card, endpoint -> detail.equals(endpoint.dialect())));
            case "retired" -> words.say("끝남", "ended");
            default -> "-";
        };
    }

    private static List<String> providers(ModelCard card, Predicate<Endpoint> which) {
        return card.endpoints().stream().filter(which).map(Endpoint::provider).toList();
    }

    /** As many of the names as the last column holds, and how many more there are. */
    private String fit(String word, List<String> providers) {
        int most = widths[widths.length - 1];
        for (int shown = providers.size(); shown > 0; shown--) {
            String rest = shown == providers.size() ? "" : " +" + (providers.size() - shown);
            String all = word + " " + String.join(", ", providers.subList(0, shown)) + rest;
            if (Table.width(all) <= most) {
                return all;
            }
        }
        return word + " " + providers.get(0).replaceFirst("-.*", "");
    }

    private void notices(StringBuilder out) {
        sheets.stream()
                .map(sheet -> models.availability(sheet.card()).notice())
                .filter(Objects::nonNull)
                .forEach(notice -> paragraph(out, "!", words.say(Text.halves(notice))));
    }

    private void legend(StringBuilder out) {
        if (!wide) {
            paragraph(
                    out,
                    "",
                    words.say(
                                    "입력: T 글, I 그림, A 소리, V 영상, D 문서. 생도틀: 생각, 도구, JSON 틀",
                                    "IN: text, image, audio, video, document. T T J: thinking, tools, JSON schema")
                            + words.say(" (✓ 됨, - 안 됨, ? 모름)", " (✓ yes, - no, ? not known)"));
        }
        paragraph(
                out,
                "",
                words.say(
                        "사용: ✓ 지금 부를 수 있음, 키·주소·형식은 없어서 못 부르는 것. *2: 국가대표 2차 평가에 나온 모델. 하나를 자세히: gaon models ID",
                        "USE: ✓ can be called now; key, addr and wire are what is missing. *2: shown in round 2 of the"
                                + " national programme. One in full: gaon models ID"));
    }

    private void paragraph(StringBuilder out, String mark, String text) {
        Table lines = new Table(2, columns - 2);
        lines.row(mark, text);
        out.append(lines);
    }
}
