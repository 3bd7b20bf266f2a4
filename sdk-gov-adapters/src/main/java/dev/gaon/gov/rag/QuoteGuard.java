package dev.gaon.gov.rag;

import dev.gaon.gov.license.LicenseAudit;
import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.text.BilingualText;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import dev.langchain4j.rag.content.aggregator.DefaultContentAggregator;
import dev.langchain4j.rag.content.injector.ContentInjector;
import dev.langchain4j.rag.query.Query;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between retrieval and the prompt: pieces of works that may not be quoted are left out, also before a re-ranking
 * model would see them, and what goes on is bounded. Immutable and safe to share; one serves all queries.
 *
 * <pre>{@code
 * QuoteGuard guard = QuoteGuard.builder(LicenseAudit.by(LicenseTerms.bundled()), () -> LocalDate.now(seoul)).build();
 * RetrievalAugmentor augmentor = DefaultRetrievalAugmentor.builder()
 *         .contentRetriever(retriever).contentAggregator(guard).contentInjector(guard.injector()).build();
 * }</pre>
 *
 * <p>Each piece is decided anew, as of the day of the query, from the work its metadata holds: what was decided when the
 * document came in does not outlive a change of the terms.
 */
public final class QuoteGuard implements ContentAggregator {

    private static final int CONTENTS = 10;
    private static final int CHARACTERS = 12_000;

    private final LicenseAudit audit;
    private final Supplier<LocalDate> today;
    private final Function<TextSegment, @Nullable Work> works;
    private final ContentAggregator ranking;
    private final Map<String, Boolean> use;
    private final boolean review;
    private final int contents;
    private final int characters;
    private final Locale locale;
    private final Consumer<QuoteReport> reports;

    private QuoteGuard(Builder builder) {
        audit = builder.audit;
        today = builder.today;
        works = builder.works;
        ranking = builder.ranking;
        use = new TreeMap<>(builder.use);
        review = builder.review;
        contents = builder.contents;
        characters = builder.characters;
        locale = builder.locale;
        reports = builder.reports;
    }

    /**
     * Everything but these two has a default.
     *
     * @param today the day that counts for a query, in Asia/Seoul
     */
    public static Builder builder(LicenseAudit audit, Supplier<LocalDate> today) {
        return new Builder(audit, today);
    }

    static boolean admits(Outcome outcome, boolean review) {
        return switch (outcome) {
            case ALLOW, ALLOW_WITH_DUTIES -> true;
            case REVIEW -> review;
            case DENY -> false;
        };
    }

    @Override
    public List<Content> aggregate(Map<Query, Collection<List<Content>>> queryToContents) {
        Map<Content, QuoteReport.LeftOut> refused = new LinkedHashMap<>();
        Map<Query, Collection<List<Content>>> admitted = new LinkedHashMap<>();
        queryToContents.forEach((query, lists) -> {
            List<List<Content>> kept = new ArrayList<>();
            for (List<Content> each : lists) {
                kept.add(each.stream().filter(one -> admit(one, refused)).toList());
            }
            admitted.put(query, kept);
        });
        List<QuoteReport.LeftOut> leftOut = new ArrayList<>(refused.values());
        List<Content> ranked = within(ranking.aggregate(admitted), leftOut);
        List<LicenseDecision> decisions = new ArrayList<>();
        for (Content each : ranked) {
            LicenseDecision decision = decide(each.textSegment());
            if (decision != null) {
                decisions.add(decision);
            }
        }
        reports.accept(new QuoteReport(decisions, leftOut));
        return ranked;
    }

    private boolean admit(Content content, Map<Content, QuoteReport.LeftOut> refused) {
        LicenseDecision decision = decide(content.textSegment());
        if (decision == null) {
            if (!review) {
                refused.put(
                        content,
                        new QuoteReport.LeftOut(
                                "",
                                null,
                                new BilingualText(
                                        "저작물을 알 수 없는 자료를 뺐습니다. 문서를 넣을 때 LicensedDocuments를 쓰세요.",
                                        "A piece of an unknown work was left out. Use LicensedDocuments when documents"
                                                + " come in.")));
            }
            return review;
        }
        if (!admits(decision.decision(), review)) {
            refused.put(content, new QuoteReport.LeftOut(decision.id(), decision, decision.summary()));
            return false;
        }
        return true;
    }

    /** In the order given, whole pieces only: a cut is a change, which some terms bar. */
    private List<Content> within(List<Content> ranked, List<QuoteReport.LeftOut> leftOut) {
        List<Content> fitting = new ArrayList<>();
        int left = characters;
        for (Content each : ranked) {
            int length = each.textSegment().text().length();
            if (fitting.size() < contents && length <= left) {
                fitting.add(each);
                left -= length;
            } else {
                LicenseDecision decision = decide(each.textSegment());
                leftOut.add(new QuoteReport.LeftOut(
                        decision == null ? "" : decision.id(),
                        decision,
                        new BilingualText(
                                "자료의 한도(" + contents + "건, " + characters + "자)를 넘는 자료를 뺐습니다.",
                                "A piece beyond the limit (" + contents + " pieces, " + characters
                                        + " characters) was left out.")));
            }
        }
        return fitting;
    }

    /** Null if the segment names no work. */
    @Nullable
    LicenseDecision decide(TextSegment segment) {
        Work work = works.apply(segment);
        return work == null ? null : decide(work);
    }

    LicenseDecision decide(Work work) {
        Work used = work;
        for (Map.Entry<String, Boolean> each : use.entrySet()) {
            used = used.withUse(each.getKey(), each.getValue());
        }
        return audit.decide(used, Purpose.QUOTE, today.get());
    }

    boolean admits(Outcome outcome) {
        return admits(outcome, review);
    }

    /**
     * Puts the pieces below the question, each numbered and with its source, between marks that no text can forge: they
     * carry a digest of all the pieces. It leaves out by the same rules, should it stand without this guard's aggregator.
     */
    public ContentInjector injector() {
        return new CitingInjector(this, locale);
    }

    Locale locale() {
        return locale;
    }

    /** What may go to the model, for an injector that stands alone. */
    List<Content> quotable(List<Content> given) {
        return within(
                given.stream()
                        .filter(each -> admit(each, new LinkedHashMap<>()))
                        .toList(),
                new ArrayList<>());
    }

    /** Collects what a guard is made of; used by one thread. */
    public static final class Builder {

        private final LicenseAudit audit;
        private final Supplier<LocalDate> today;
        private final Map<String, Boolean> use = new TreeMap<>();
        private Function<TextSegment, @Nullable Work> works = WorkMetadata::work;
        private ContentAggregator ranking = new DefaultContentAggregator();
        private Consumer<QuoteReport> reports = report -> {};
        private Locale locale = Locale.KOREAN;
        private boolean review;
        private int contents = CONTENTS;
        private int characters = CHARACTERS;

        private Builder(LicenseAudit audit, Supplier<LocalDate> today) {
            this.audit = Objects.requireNonNull(audit, "audit");
            this.today = Objects.requireNonNull(today, "today");
        }

        /** How to tell the work of a segment; default {@link WorkMetadata#work}. Null is an unknown work. */
        public Builder works(Function<TextSegment, @Nullable Work> resolver) {
            works = Objects.requireNonNull(resolver, "resolver");
            return this;
        }

        /** What merges and orders what was admitted; default LangChain4j's reciprocal rank fusion. */
        public Builder ranking(ContentAggregator aggregator) {
            ranking = Objects.requireNonNull(aggregator, "aggregator");
            return this;
        }

        /**
         * Declares something of this service's use of every work, as {@link Work#withUse}: {@code commercial}, or {@code
         * verbatim} where answers quote word for word. Default: what each work declares.
         */
        public Builder use(String name, boolean value) {
            use.put(name, value);
            return this;
        }

        /** Lets through what waits for a person, unknown works included; default false. */
        public Builder admitReview(boolean admit) {
            review = admit;
            return this;
        }

        /**
         * How much goes to the model: whole pieces in order of rank, default 10 pieces and 12,000 characters.
         *
         * @throws IllegalArgumentException if one is not positive
         */
        public Builder budget(int pieces, int characters) {
            if (pieces < 1 || characters < 1) {
                throw new IllegalArgumentException(new BilingualText(
                                "자료의 건수와 글자 수는 1 이상입니다.", "The number of pieces and of characters is at least 1.")
                        .both());
            }
            this.contents = pieces;
            this.characters = characters;
            return this;
        }

        /** The language of what is said to the model around the pieces: Korean, or else English; default Korean. */
        public Builder locale(Locale language) {
            locale = Objects.requireNonNull(language, "language");
            return this;
        }

        /** Who is told of every retrieval, on the thread of the query; what it throws ends the query. Default nobody. */
        public Builder onReport(Consumer<QuoteReport> listener) {
            reports = Objects.requireNonNull(listener, "listener");
            return this;
        }

        public QuoteGuard build() {
            return new QuoteGuard(this);
        }
    }
}
