package dev.gaon.gov.law;

import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One rule of a pack, with every version it has had, so that an assessment as of an earlier day can be repeated. Immutable. */
public final class Rule {

    private final String id;
    private final String law;
    private final BilingualText title;
    private final String digest;
    private final List<Version> versions;
    private @Nullable SignOff signOff;

    /**
     * Where a rule comes from.
     *
     * @param locator the place within it, for instance {@code 제31조제1항} or {@code p.16}
     * @param kind statute, decree, guideline, casebook, notice, news or memory
     * @param seen when it was read
     */
    public record Source(BilingualText title, String locator, String kind, LocalDate seen) {}

    /** Something that law and guidelines leave open. */
    record Open(String about, @Nullable Condition when, BilingualText reason) {

        int holds(FactValues values) {
            return when == null ? Condition.TRUE : when.eval(values);
        }
    }

    /**
     * That a named person has compared a rule with the law.
     *
     * @param digest of the rule's file as that person read it: a change of the file ends the sign-off
     */
    record SignOff(String rule, String digest, String by, LocalDate on) {}

    private Rule(String id, String law, BilingualText title, String digest, List<Version> versions) {
        this.id = id;
        this.law = law;
        this.title = title;
        this.digest = digest;
        this.versions = versions;
    }

    static Rule read(PackFiles part, String path, Vocabulary vocabulary) {
        PackFiles.Place top = part.read(path, Set.of("id", "title", "versions"));
        String[] folders = path.split("/");
        String id = top.text("id");
        if (folders.length != 3 || !folders[2].equals(id + ".json")) {
            throw top.wrong("rules/법령/ID.json에 있어야 합니다: " + id, "must be at rules/LAW/ID.json: " + id);
        }
        List<Version> versions = new ArrayList<>();
        Rule rule = new Rule(
                id, folders[1], top.bilingual("title"), "sha256:" + PackFiles.sha256(part.bytes(path)), versions);
        for (PackFiles.Place each : top.list("versions")) {
            versions.add(new Version(rule, each, vocabulary));
        }
        if (versions.isEmpty()) {
            throw top.wrong("판이 하나는 있어야 합니다", "needs a version");
        }
        versions.sort(Comparator.comparing(Version::from));
        for (int i = 1; i < versions.size(); i++) {
            LocalDate end = versions.get(i - 1).to;
            if (end == null || !end.isBefore(versions.get(i).from)) {
                throw top.at("versions")
                        .wrong(
                                "판이 겹칩니다: " + versions.get(i - 1).from + "판이 " + versions.get(i).from + " 전날에 끝나야 합니다",
                                "versions overlap: that of " + versions.get(i - 1).from + " must end before "
                                        + versions.get(i).from);
            }
        }
        return rule;
    }

    /** For instance {@code KR-TR-01}. */
    public String id() {
        return id;
    }

    /** The folder of its law, for instance {@code ai-basic-act}. */
    public String law() {
        return law;
    }

    public BilingualText title() {
        return title;
    }

    /** Of the rule's file, {@code sha256:...}. */
    public String digest() {
        return digest;
    }

    /** By date; they do not overlap. */
    public List<Version> versions() {
        return List.copyOf(versions);
    }

    /** One that was given for another text neither makes the rule reviewed nor ends a sign-off that holds. */
    void signedOff(SignOff by) {
        if (by.digest().equals(digest)) {
            signOff = by;
        }
    }

    /** The version in force on a day; null if there is none. */
    @Nullable
    Version on(LocalDate day) {
        for (Version each : versions) {
            if (!day.isBefore(each.from) && (each.to == null || !day.isAfter(each.to))) {
                return each;
            }
        }
        return null;
    }

    /** The version to speak of where none is in force: the next to come, else the last that was. */
    Version nearest(LocalDate day) {
        return versions.stream()
                .filter(each -> each.from.isAfter(day))
                .findFirst()
                .orElse(versions.get(versions.size() - 1));
    }

    @Override
    public String toString() {
        return id;
    }

    /** What a rule says between two dates. Immutable. */
    public static final class Version {

        private static final Set<String> ABOUT = Set.of("duty", "sanction", "date");

        private final Rule rule;
        private final LocalDate from;
        private final @Nullable LocalDate to;
        private final String layer;
        private final BilingualText article;
        private final BilingualText who;
        private final BilingualText duty;
        private final BilingualText comply;
        private final BilingualText evidence;
        private final Sanction sanction;
        private final @Nullable BilingualText fine;
        private final @Nullable String grace;
        private final String confidence;
        private final boolean reviewed;
        private final boolean call;
        private final List<Source> sources;
        private final Condition applies;
        private final Condition satisfied;
        private final List<Open> open;

        private Version(Rule rule, PackFiles.Place at, Vocabulary vocabulary) {
            at.only(Set.of(
                    "from",
                    "to",
                    "layer",
                    "article",
                    "who",
                    "duty",
                    "applies",
                    "satisfied",
                    "comply",
                    "evidence",
                    "sanction",
                    "fine",
                    "grace",
                    "open",
                    "confidence",
                    "review",
                    "sources",
                    "call"));
            this.rule = rule;
            call = at.has("call") && at.truth("call");
            from = at.date("from");
            to = at.optionalDate("to");
            if (to != null && to.isBefore(from)) {
                throw at.wrong("끝나는 날이 시작하는 날보다 앞섭니다", "ends before it begins");
            }
            layer = at.text("layer");
            article = at.bilingual("article");
            who = at.bilingual("who");
            duty = at.bilingual("duty");
            comply = at.bilingual("comply");
            evidence = at.bilingual("evidence");
            sanction = at.oneOf("sanction", Sanction.values());
            fine = at.optionalBilingual("fine");
            grace = at.optional("grace");
            confidence = at.text("confidence");
            PackFiles.Place review = at.at("review");
            review.only(Set.of("state", "by", "on"));
            reviewed = review.text("state").equals("reviewed");
            if (reviewed) {
                review.text("by");
                review.date("on");
            } else if (!review.text("state").equals("draft")) {
                throw review.wrong("draft나 reviewed입니다", "draft or reviewed");
            }
            sources = at.list("sources").stream().map(Version::source).toList();
            applies = vocabulary.condition(at.at("applies"));
            satisfied = vocabulary.condition(at.at("satisfied"));
            open = at.list("open").stream()
                    .map(each -> {
                        each.only(Set.of("about", "when", "reason"));
                        if (!ABOUT.contains(each.text("about"))) {
                            throw each.at("about").wrong("duty, sanction, date 가운데 하나입니다", "duty, sanction or date");
                        }
                        return new Open(
                                each.text("about"),
                                each.has("when") ? vocabulary.condition(each.at("when")) : null,
                                each.bilingual("reason"));
                    })
                    .toList();
        }

        private static Source source(PackFiles.Place at) {
            at.only(Set.of("title", "locator", "kind", "seen"));
            return new Source(at.bilingual("title"), at.text("locator"), at.text("kind"), at.date("seen"));
        }

        public Rule rule() {
            return rule;
        }

        /** The first day in force, in Korea unless the law is another country's. */
        public LocalDate from() {
            return from;
        }

        /** The last day in force; null while no end is known. */
        public @Nullable LocalDate to() {
            return to;
        }

        /** Where it stands: {@code ACT}, {@code DECREE}, {@code GUIDE}, {@code NOTICE}, {@code PIPA}, {@code PUBAI} ... */
        public String layer() {
            return layer;
        }

        public BilingualText article() {
            return article;
        }

        /** Whom it binds. */
        public BilingualText who() {
            return who;
        }

        /** What must be done. */
        public BilingualText duty() {
            return duty;
        }

        /** How to comply: the next step. */
        public BilingualText comply() {
            return comply;
        }

        /** What to keep as proof. */
        public BilingualText evidence() {
            return evidence;
        }

        public Sanction sanction() {
            return sanction;
        }

        /** The amounts; null if none are named. */
        public @Nullable BilingualText fine() {
            return fine;
        }

        /** The id of a {@link Grace} of the pack; null if there is none. */
        public @Nullable String grace() {
            return grace;
        }

        /** {@code S} the statute was read, {@code G} an official guideline, {@code L} a summary, {@code N} news, {@code M} memory. */
        public String confidence() {
            return confidence;
        }

        /** True if a named person has compared it with the law: only then a guard may refuse by it. */
        public boolean reviewed() {
            return reviewed || rule.signOff != null;
        }

        /** True if a call to a model is itself what would break the rule, so that a guard may refuse it. */
        public boolean call() {
            return call;
        }

        public List<Source> sources() {
            return sources;
        }

        /** What law and guidelines leave open about it. */
        public List<BilingualText> openQuestions() {
            return open.stream().map(Open::reason).toList();
        }

        Condition applies() {
            return applies;
        }

        Condition satisfied() {
            return satisfied;
        }

        List<Open> open() {
            return open;
        }
    }
}
