package dev.gaon.examples.cli;

import dev.gaon.ModelCard;
import dev.gaon.Models;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The models as plain text, at most 100 columns wide, under the name of who made them. */
final class ModelsTable {

    private static final int[] WIDTHS = {31, 5, 11, 14, 12, 8, 19};

    private final Models models;
    private final Locale language;
    private Table table;
    private final Map<String, Integer> states = new TreeMap<>();

    ModelsTable(Models models, Locale language) {
        this.models = models;
        this.language = language;
        this.table = new Table(WIDTHS);
    }

    private String say(String ko, String en) {
        return new Text(ko, en).in(language);
    }

    @Override
    public String toString() {
        Map<String, List<ModelCard>> byOwner = new LinkedHashMap<>();
        models.all().stream()
                .sorted((a, b) -> a.owner(Locale.ENGLISH).compareToIgnoreCase(b.owner(Locale.ENGLISH)))
                .forEach(card -> byOwner.computeIfAbsent(card.owner(language), owner -> new ArrayList<>())
                        .add(card));
        StringBuilder out = new StringBuilder();
        table.row(
                say("모델", "MODEL"),
                say("문맥", "CTX"),
                say("입력", "INPUT"),
                say("라이선스", "LICENCE"),
                say("상태", "STATUS"),
                say("사업", "PROGR."),
                say("사용", "AVAILABLE"));
        flush(out);
        byOwner.forEach((owner, cards) -> {
            out.append('\n').append(owner).append('\n');
            cards.forEach(this::row);
            flush(out);
        });
        int all = states.values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder sum = new StringBuilder();
        states.forEach((state, number) -> sum.append(sum.isEmpty() ? "" : ", ")
                .append(word(state))
                .append(' ')
                .append(number));
        out.append('\n')
                .append(say("모델 " + all + "개: " + sum, all + " models: " + sum))
                .append('\n');
        return out.toString();
    }

    private void flush(StringBuilder out) {
        out.append(table);
        table = new Table(WIDTHS);
    }

    private void row(ModelCard card) {
        Models.Availability availability = models.availability(card);
        states.merge(availability.state(), 1, Integer::sum);
        String input = card.input() == null ? "?" : String.join(" ", card.input());
        String status = status(card.status().state());
        table.row(
                card.id(),
                tokens(card.contextTokens()),
                card.kind().equals("chat") ? input : input + " (" + kind(card.kind()) + ")",
                card.licence().replaceFirst("^LicenseRef-", ""),
                card.status().date() == null
                        ? status
                        : status + " " + card.status().date(),
                card.programme() == null ? "" : programme(card, card.programme()),
                needed(availability));
    }

    /** The team stands above as the owner; it is named only where it differs. */
    private String programme(ModelCard card, ModelCard.Programme programme) {
        String owner = card.owner(Locale.ENGLISH).toLowerCase(Locale.ROOT);
        String team = owner.startsWith(programme.team().toLowerCase(Locale.ROOT)) ? "" : programme.team() + " ";
        String round = programme.round() == 0 ? "" : say(programme.round() + "차", "R" + programme.round() + " ");
        return team
                + round
                + switch (programme.standing()) {
                    case "continuing" -> say("진출", "in");
                    case "eliminated" -> say("탈락", "out");
                    case "not-selected" -> say("미선정", "not in");
                    default -> programme.standing();
                };
    }

    private static String tokens(@Nullable Integer number) {
        if (number == null) {
            return "?";
        }
        return number >= 1_000_000 ? number / 1_000_000 + "M" : number >= 1_000 ? number / 1_000 + "K" : "" + number;
    }

    private String kind(String kind) {
        return switch (kind) {
            case "embedding" -> say("임베딩", "embed");
            case "scoring" -> say("채점", "scoring");
            case "document" -> say("문서", "parsing");
            case "moderation" -> say("검열", "moderation");
            default -> kind;
        };
    }

    private String status(String state) {
        return switch (state) {
            case "live" -> say("운영", "live");
            case "ending" -> say("종료 예정", "ending");
            case "retired" -> say("종료", "retired");
            case "self-hosted" -> say("직접 설치", "self-hosted");
            case "restricted" -> say("제한", "restricted");
            case "unverified" -> say("미확인", "unverified");
            default -> state;
        };
    }

    /** What is missing, as short as it can be said. */
    private String needed(Models.Availability availability) {
        return switch (availability.state()) {
            case "needs-key" -> (availability.detail().length() > 15 ? "" : say("키 ", "key ")) + availability.detail();
            case "needs-endpoint" -> say("주소 (", "endpoint (") + availability.detail() + ")";
            case "waits-for-dialect" -> say("형식 대기 ", "waits for ") + availability.detail();
            default -> word(availability.state());
        };
    }

    private String word(String state) {
        return switch (state) {
            case "ready" -> say("준비됨", "ready");
            case "needs-key" -> say("키 필요", "needs key");
            case "needs-endpoint" -> say("주소 필요", "needs endpoint");
            case "waits-for-dialect" -> say("형식 대기", "waits for format");
            case "no-endpoint" -> say("제공처 없음", "nobody serves it");
            default -> state;
        };
    }
}
