package dev.gaon.gov.bom;

import dev.gaon.gov.corpus.CorpusGroup;
import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The licences of a corpus by the part that stands under each, and what those on no SPDX list mean. */
final class Licenses {

    /**
     * @param declared false for a state that no one declares, such as having no mark
     * @param seeAlso addresses of the full text
     */
    record Custom(BilingualText text, List<String> seeAlso, boolean declared) {}

    /** Rows under one licence expression. */
    static final class Part {
        final String expression;
        final String fallback;
        final List<String> ids;
        final Map<Outcome, Long> decisions = new EnumMap<>(Outcome.class);
        final Map<String, Long> sources = new TreeMap<>();
        final Set<String> duties = new TreeSet<>();
        long personalData;

        private Part(CorpusGroup first) {
            expression = first.license();
            fallback = first.licenseFallback();
            ids = first.licenses();
        }

        private void add(CorpusGroup group) {
            decisions.merge(group.decision(), group.rows(), Long::sum);
            sources.merge(group.source(), group.rows(), Long::sum);
            if (group.usable()) {
                duties.addAll(group.duties());
            }
            if (group.notes().contains("personal-data")) {
                personalData += group.rows();
            }
        }

        long rows() {
            return decisions.values().stream().mapToLong(Long::longValue).sum();
        }

        /** The sources with most rows, so many of them. */
        List<String> mainSources(int most) {
            return sources.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(most)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        /** True if somebody declared these terms. */
        boolean declared() {
            return ids.stream().allMatch(id -> {
                Custom custom = CUSTOM.get(id);
                return custom == null ? !id.equals(NO_ASSERTION) : custom.declared();
            });
        }

        String said() {
            StringBuilder said = new StringBuilder();
            decisions.forEach((decision, rows) -> said.append(said.length() == 0 ? "" : "; ")
                    .append(decision.label().en())
                    .append(": ")
                    .append(rows));
            return rows() + " rows (" + said + ")";
        }
    }

    static final String NO_ASSERTION = "NOASSERTION";

    private static final Map<String, Custom> CUSTOM = read();

    private Licenses() {}

    private static Map<String, Custom> read() {
        try (InputStream in = Licenses.class.getResourceAsStream("licenses.json")) {
            if (in == null) {
                throw new IllegalStateException("licenses.json is not beside " + Licenses.class);
            }
            Map<String, Custom> read = new TreeMap<>();
            PackFiles.document("bom/licenses.json", in.readAllBytes())
                    .each("licenses")
                    .forEach((id, at) -> {
                        at.only(Set.of("text", "seeAlso", "declared", "source", "confidence", "seen"));
                        read.put(
                                id,
                                new Custom(
                                        at.bilingual("text"), List.copyOf(at.texts("seeAlso")), at.truth("declared")));
                    });
            return Map.copyOf(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By licence expression. */
    static List<Part> parts(CorpusSummary corpus) {
        Map<String, Part> parts = new TreeMap<>();
        corpus.groups()
                .forEach(each -> parts.computeIfAbsent(each.license(), key -> new Part(each))
                        .add(each));
        return List.copyOf(parts.values());
    }

    /** Of every licence that the corpus names, SPDX ids and others. */
    static Set<String> ids(CorpusSummary corpus) {
        Set<String> ids = new TreeSet<>();
        corpus.groups().forEach(each -> ids.addAll(each.licenses()));
        ids.remove(NO_ASSERTION);
        return ids;
    }

    static boolean listed(String id) {
        return !id.startsWith("LicenseRef-");
    }

    /** What a licence on no list means; in the words of the terms where nothing more is known. */
    static Custom custom(CorpusSummary corpus, String id) {
        Custom custom = CUSTOM.get(id);
        return custom == null ? new Custom(corpus.license(id), List.of(), true) : custom;
    }

    static BilingualText personalData(CorpusSummary corpus) {
        CorpusSummary.PersonalData rows = corpus.personalData();
        return new BilingualText(
                "개인정보: 있거나 의심되거나 먼저 확인해야 하는 행 " + rows.noted() + ", 밝히지 않은 행 " + rows.unstated() + ", 없다고 밝힌 행 "
                        + rows.free(),
                "Personal data: declared, suspected or to be looked for first in " + rows.noted()
                        + " rows; not stated in " + rows.unstated() + "; declared absent in " + rows.free());
    }
}
