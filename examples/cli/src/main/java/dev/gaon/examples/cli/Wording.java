package dev.gaon.examples.cli;

import dev.gaon.ModelCard;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the words of the catalogue are called for people, in one language. Immutable. */
final class Wording {

    /** Marks of confidence, the surest first. */
    static final List<String> MARKS = List.of("D", "D2", "C", "M", "?");

    /** Folders of laws in the bundled rules, the nearest to a service in Korea first. */
    static final List<String> LAWS =
            List.of("ai-basic-act", "public-ai", "administration", "personal-information", "security", "eu", "china");

    private final Locale language;

    Wording(Locale language) {
        this.language = language;
    }

    String say(String ko, String en) {
        return new Text(ko, en).in(language);
    }

    String say(Text text) {
        return text.in(language);
    }

    Locale language() {
        return language;
    }

    String kind(String kind) {
        return switch (kind) {
            case "chat" -> say("대화", "chat");
            case "embedding" -> say("임베딩", "embedding");
            case "scoring" -> say("채점", "scoring");
            case "document" -> say("문서", "document");
            case "moderation" -> say("검열", "moderation");
            default -> kind;
        };
    }

    /** In at most eight columns. */
    String status(String state) {
        return switch (state) {
            case "live" -> say("운영", "live");
            case "ending" -> say("종료예정", "ending");
            case "retired" -> say("종료", "retired");
            case "self-hosted" -> say("직접설치", "weights");
            case "restricted" -> say("제한", "limited");
            case "unverified" -> say("미확인", "unsure");
            default -> state;
        };
    }

    /** An announced end that lies behind us is an end, whatever the day of the data. */
    String status(ModelCard.Status status) {
        boolean over = status.state().equals("ending")
                && status.date() != null
                && status.date().isBefore(LocalDate.now(ZoneId.of("Asia/Seoul")));
        return status(over ? "retired" : status.state());
    }

    String available(String state) {
        return switch (state) {
            case "ready" -> say("바로 쓸 수 있음", "ready");
            case "needs-key" -> say("키가 없음", "no key");
            case "needs-endpoint" -> say("서버 주소가 필요", "needs a server's address");
            case "waits-for-dialect" -> say("아직 말하지 못하는 전송 형식", "its wire format is not spoken yet");
            case "retired" -> say("끝남", "ended");
            case "no-endpoint" -> say("제공처를 모름", "nobody is known to serve it");
            default -> state;
        };
    }

    String standing(ModelCard.Programme programme) {
        String round =
                programme.round() == 0 ? "" : say(programme.round() + "차 평가 ", "round " + programme.round() + ": ");
        return round
                + switch (programme.standing()) {
                    case "continuing" -> say("진출", "continues");
                    case "eliminated" -> say("탈락", "eliminated");
                    case "not-selected" -> say("선정되지 않음", "not selected");
                    default -> programme.standing();
                };
    }

    String media(@Nullable Set<String> media) {
        return media == null
                ? "?"
                : String.join(" ", media.stream().map(this::medium).toList());
    }

    private String medium(String medium) {
        return switch (medium) {
            case "text" -> say("글", "text");
            case "image" -> say("그림", "image");
            case "audio" -> say("소리", "audio");
            case "video" -> say("영상", "video");
            case "document" -> say("문서", "doc");
            case "vector" -> say("벡터", "vector");
            default -> medium;
        };
    }

    static String mark(@Nullable Boolean known) {
        return known == null ? "?" : known ? "✓" : "-";
    }

    static String tokens(@Nullable Integer number) {
        if (number == null) {
            return "?";
        }
        return number >= 1_000_000 ? number / 1_000_000 + "M" : number >= 1_000 ? number / 1_000 + "K" : "" + number;
    }

    String commercial(ModelCard.Terms terms) {
        return terms.covers().equals("service") && terms.commercial().equals("unknown")
                ? say("서비스 약관", "service terms")
                : allowed(terms.commercial());
    }

    String allowed(String word) {
        return switch (word) {
            case "yes" -> say("가능", "yes");
            case "no" -> say("불가", "no");
            case "agreement" -> say("계약 필요", "by agreement");
            default -> say("모름", "not known");
        };
    }

    /** The folder of a law in a rule pack; one of a ministry's own is shown as it is called there. */
    String law(String folder) {
        return switch (folder) {
            case "ai-basic-act" -> say("인공지능기본법", "AI Basic Act");
            case "personal-information" -> say("개인정보 보호법", "Personal Information Protection Act");
            case "public-ai" -> say("공공AI법", "Public AI Act");
            case "administration" -> say("행정기본법", "Act on Public Administration");
            case "security" -> say("보안", "security");
            case "eu" -> say("EU 인공지능법", "EU AI Act");
            case "china" -> say("중국 표시 규정", "China's labelling rules");
            default -> folder;
        };
    }

    String confidence(String mark) {
        return switch (mark) {
            case "D" -> say("제조사의 문서나 저장소를 직접 읽음", "the vendor's own page or repository was read");
            case "D2" ->
                say("제조사 문서를 남의 사본이나 요약으로 읽음", "vendor documentation, read through somebody's copy or summary");
            case "C" ->
                say("코드, 기록된 응답, 제삼자의 측정에서 봄", "seen in code, in a recorded answer or a third party's measurement");
            case "M" -> say("기억이나 추론, 확인하지 않음", "from memory or inferred, not verified");
            default -> say("찾지 못함", "not found in what was read");
        };
    }
}
