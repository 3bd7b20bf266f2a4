package dev.gaon.gov.law;

import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page that Decree 27(1) asks to post for high-impact AI: the main content of the risk and explanation plans, the
 * user-protection plan, and the name and contact of the person who supervises it. Immutable; used by any thread.
 *
 * <p>It holds only what it was given; whether that is true and enough is for the operator to say. Post it at the office or on
 * the website, best one page for each system, where users find it easily.
 */
public final class HighImpactPosting {

    private static final int MOST_TEXT = 100_000;
    private static final String TRAINING_DATA = "trainingData";
    private static final Pattern MOBILE =
            Pattern.compile("(?<!\\d)(?:\\+?82[-. ()]*0?|0)1[016789][-. ()]*\\d{3,4}[-. ]*\\d{4}(?!\\d)");
    private static final Pattern MAIL = Pattern.compile("(?<![\\w.+-])[\\w.+-]++@([\\w-]+(?:\\.[\\w-]+)+)");
    private static final Set<String> PRIVATE_MAIL = Set.of(
            "gmail.com",
            "naver.com",
            "daum.net",
            "hanmail.net",
            "kakao.com",
            "nate.com",
            "outlook.com",
            "outlook.kr",
            "hotmail.com",
            "live.com",
            "msn.com",
            "yahoo.com",
            "yahoo.co.kr",
            "icloud.com",
            "me.com",
            "proton.me",
            "protonmail.com",
            "qq.com",
            "163.com");
    private static final String STYLE = """
            body{font-family:system-ui,sans-serif;line-height:1.6;max-width:45rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
            h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}dt{font-weight:bold}dd{margin:0 0 .5rem}
            .note,footer{color:#444;font-size:.9rem}
            """;

    private record Part(
            String id, BilingualText title, @Nullable BilingualText tradeSecretNote, String source) {}

    private final Builder given;
    private final List<Part> parts = new ArrayList<>();
    private final BilingualText overseerNote;
    private final Set<String> leftOut;

    private HighImpactPosting(Builder given, RulePack pack) {
        this.given = given;
        this.leftOut = Set.copyOf(given.leftOut);
        PackFiles.Place posting = HighImpactDuties.duties(pack).at("posting");
        BilingualText note = new BilingualText("", "");
        for (PackFiles.Place at : posting.list("parts")) {
            at.only(Set.of("id", "item", "fact", "what", "tradeSecretNote", "source", "note"));
            parts.add(new Part(
                    at.text("id"), at.bilingual("what"), at.optionalBilingual("tradeSecretNote"), at.text("source")));
            note = Objects.requireNonNullElse(at.optionalBilingual("note"), note);
        }
        overseerNote = note;
        requireAll();
    }

    private void requireAll() {
        for (Part part : parts) {
            if (blank(text(part.id()).ko())) {
                throw missing(part);
            }
            if (leftOut.contains(part.id()) && part.tradeSecretNote() == null) {
                throw new IllegalArgumentException(new BilingualText(
                                "뺄 수 없는 항목입니다: " + part.title().ko() + " (" + part.source() + "). leavesOut에서 지우세요.",
                                "This cannot be left out: " + part.title().en() + " (" + part.source()
                                        + "). Take it out of leavesOut.")
                        .both());
            }
            if (part.id().equals("overseer") && blank(given.contact)) {
                throw missing(part);
            }
        }
        for (String id : leftOut) {
            if (parts.stream().noneMatch(part -> part.id().equals(id))) {
                throw new IllegalArgumentException(new BilingualText(
                                "게시할 항목이 아닙니다. risk, explanation, protection 가운데 하나를 쓰세요.",
                                "No part of the posting. Use risk, explanation or protection.")
                        .both());
            }
        }
    }

    private static IllegalArgumentException missing(Part part) {
        return new IllegalArgumentException(new BilingualText(
                        "게시할 내용이 비어 있습니다: " + part.title().ko() + " (" + part.source() + "). 내용을 채우세요.",
                        "This part of the posting is empty: " + part.title().en() + " (" + part.source()
                                + "). Fill it in.")
                .both());
    }

    /** True without a letter or digit: a dash is no contact. */
    private static boolean blank(String text) {
        return text.codePoints().noneMatch(Character::isLetterOrDigit);
    }

    private BilingualText text(String part) {
        return given.texts.getOrDefault(part, new BilingualText("", ""));
    }

    /**
     * Begins a page.
     *
     * @param service the system it speaks of
     * @param operator who provides it
     * @param on the day of posting, shown on the page
     */
    public static Builder of(BilingualText service, BilingualText operator, LocalDate on) {
        return new Builder(service, operator, on);
    }

    /** What to look at before posting; empty if nothing was noticed. A contact that looks like a private one is not refused. */
    public List<BilingualText> warnings() {
        List<BilingualText> warnings = new ArrayList<>();
        BilingualText name = text("overseer");
        String shown = Normalizer.normalize(name.ko() + "\n" + name.en() + "\n" + given.contact, Normalizer.Form.NFKC);
        if (MOBILE.matcher(shown).find()) {
            warnings.add(advise("개인 휴대전화 번호처럼 보입니다.", "This looks like a personal mobile number."));
        }
        Matcher mail = MAIL.matcher(shown);
        while (mail.find()) {
            if (PRIVATE_MAIL.contains(mail.group(1).toLowerCase(Locale.ROOT))) {
                warnings.add(advise("개인 전자우편 주소처럼 보입니다.", "This looks like a personal mail address."));
                break;
            }
        }
        return List.copyOf(warnings);
    }

    private BilingualText advise(String ko, String en) {
        return new BilingualText(ko + " " + overseerNote.ko(), en + " " + overseerNote.en());
    }

    /**
     * The page in one language: a whole HTML document that loads nothing and runs no script.
     *
     * @param locale Korean, or any other for English
     * @throws IllegalArgumentException if a text is empty in that language
     */
    public String html(Locale locale) {
        boolean ko = locale.getLanguage().equals("ko");
        String service = written(given.service, locale);
        String title = ko ? service + ": 고영향 인공지능 조치 게시" : service + ": high-impact AI measures";
        StringBuilder out = new StringBuilder(4_096);
        out.append("<!doctype html>\n<html lang=\"")
                .append(ko ? "ko" : "en")
                .append("\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" ")
                .append("content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>")
                .append(escape(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(escape(title))
                .append("</h1>\n<p>")
                .append(
                        ko
                                ? "이 서비스는 고영향 인공지능을 기반으로 운용됩니다. 안전성과 신뢰성을 확보하려고 한 조치를 알립니다."
                                : "This service runs on high-impact AI. These are the measures taken for its safety and reliability.")
                .append("</p>\n<dl>\n");
        term(out, ko ? "운영하는 곳" : "Provided by", written(given.operator, locale));
        out.append("<dt>")
                .append(ko ? "게시일" : "Posted on")
                .append("</dt>\n<dd><time datetime=\"")
                .append(given.on)
                .append("\">")
                .append(given.on)
                .append("</time></dd>\n</dl>\n");
        for (Part part : parts) {
            section(out, part, locale, ko);
        }
        return out.append("</main>\n<footer>\n<p>")
                .append(
                        ko
                                ? "인공지능기본법 시행령 제27조제1항에 따른 게시"
                                : "Posted under Article 27(1) of the Enforcement Decree of the AI Basic Act")
                .append("</p>\n</footer>\n</body>\n</html>\n")
                .toString();
    }

    private void section(StringBuilder out, Part part, Locale locale, boolean ko) {
        out.append("<section aria-labelledby=\"")
                .append(part.id())
                .append("\">\n<h2 id=\"")
                .append(part.id())
                .append("\">")
                .append(escape(part.title().in(locale)))
                .append("</h2>\n");
        String text = written(text(part.id()), locale);
        if (part.id().equals("overseer")) {
            out.append("<dl>\n");
            term(out, ko ? "성명" : "Name", text);
            term(out, ko ? "연락처" : "Contact", given.contact);
            out.append("</dl>\n");
        } else {
            paragraphs(out, text);
        }
        if (part.id().equals("explanation") && given.texts.containsKey(TRAINING_DATA)) {
            out.append(ko ? "<h3>학습용데이터의 개요</h3>\n" : "<h3>Overview of the training data</h3>\n");
            paragraphs(out, written(text(TRAINING_DATA), locale));
        }
        BilingualText note = part.tradeSecretNote();
        if (note != null && leftOut.contains(part.id())) {
            out.append("<p class=\"note\">").append(escape(note.in(locale))).append("</p>\n");
        }
        out.append("</section>\n");
    }

    private static void paragraphs(StringBuilder out, String text) {
        for (String paragraph : text.strip().split("\\R\\s*\\R")) {
            out.append("<p>")
                    .append(escape(paragraph.strip()).replaceAll("\\R", "<br>\n"))
                    .append("</p>\n");
        }
    }

    private static void term(StringBuilder out, String term, String text) {
        out.append("<dt>")
                .append(term)
                .append("</dt>\n<dd>")
                .append(escape(text.strip()))
                .append("</dd>\n");
    }

    private static String written(BilingualText text, Locale locale) {
        String shown = text.in(locale);
        if (blank(shown)) {
            throw new IllegalArgumentException(new BilingualText(
                            "이 언어로 적은 글이 없습니다: " + text.ko() + ". 두 언어로 적거나 다른 언어의 쪽을 만드세요.",
                            "A text is empty in this language: " + text.ko()
                                    + ". Write it in both, or make the other page.")
                    .both());
        }
        return shown;
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints()
                .filter(c -> c == '\n' || c == '\r' || c == '\t' || !Character.isISOControl(c))
                .forEach(c -> {
                    switch (c) {
                        case '&' -> out.append("&amp;");
                        case '<' -> out.append("&lt;");
                        case '>' -> out.append("&gt;");
                        case '"' -> out.append("&quot;");
                        case '\'' -> out.append("&#39;");
                        default -> out.appendCodePoint(c);
                    }
                });
        return out.toString();
    }

    /** Collects the texts of one page. One thread. */
    public static final class Builder {

        private final BilingualText service;
        private final BilingualText operator;
        private final LocalDate on;
        private final Map<String, BilingualText> texts;
        private final Set<String> leftOut;
        private String contact;

        private Builder(BilingualText service, BilingualText operator, LocalDate on) {
            this.service = Objects.requireNonNull(service, "service");
            this.operator = Objects.requireNonNull(operator, "operator");
            this.on = Objects.requireNonNull(on, "on");
            this.texts = new HashMap<>();
            this.leftOut = new LinkedHashSet<>();
            this.contact = "";
            if (blank(service.ko()) || blank(operator.ko())) {
                throw new IllegalArgumentException(
                        new BilingualText("서비스나 운영하는 곳의 이름이 비어 있습니다.", "The service or its operator has no name.")
                                .both());
            }
        }

        private Builder(Builder other) {
            this.service = other.service;
            this.operator = other.operator;
            this.on = other.on;
            this.texts = new HashMap<>(other.texts);
            this.leftOut = new LinkedHashSet<>(other.leftOut);
            this.contact = other.contact;
        }

        /** The main content of the risk-management plan: policy and organisation. An empty line begins a paragraph. */
        public Builder risk(BilingualText summary) {
            return put("risk", summary);
        }

        /** The main content of the explanation plan. */
        public Builder explanation(BilingualText summary) {
            return put("explanation", summary);
        }

        /**
         * The overview of the training data, as far as it can be given; it stands with the explanation plan, which Article
         * 34(1)2 asks to hold it. For a corpus that was audited see {@code TrainingDataOverview.summary()}.
         */
        public Builder trainingData(BilingualText overview) {
            return put(TRAINING_DATA, overview);
        }

        /** The user-protection plan. */
        public Builder protection(BilingualText plan) {
            return put("protection", plan);
        }

        /**
         * Who supervises the AI.
         *
         * @param contact an official one that the organisation chose: it will be public
         */
        public Builder overseer(BilingualText name, String contact) {
            this.contact = bounded(contact);
            return put("overseer", name);
        }

        /** Marks parts from which trade secrets were left out: {@code risk}, {@code explanation}, {@code protection}. */
        public Builder leavesOut(String... parts) {
            leftOut.addAll(List.of(parts));
            return this;
        }

        private Builder put(String part, BilingualText text) {
            texts.put(part, new BilingualText(bounded(text.ko()), bounded(text.en())));
            return this;
        }

        private static String bounded(String text) {
            if (text.length() > MOST_TEXT) {
                throw new IllegalArgumentException(new BilingualText(
                                "글이 " + MOST_TEXT + "자를 넘습니다. 줄이세요.",
                                "A text is longer than " + MOST_TEXT + " characters. Shorten it.")
                        .both());
            }
            return text;
        }

        /**
         * The page in the words of the bundled rules.
         *
         * @throws IllegalArgumentException if a part or the overseer's contact is empty in Korean
         */
        public HighImpactPosting build() {
            return build(RulePack.bundled());
        }

        /** The page in the words of a pack; throws as {@link #build()}. */
        public HighImpactPosting build(RulePack pack) {
            return new HighImpactPosting(new Builder(this), pack);
        }
    }
}
