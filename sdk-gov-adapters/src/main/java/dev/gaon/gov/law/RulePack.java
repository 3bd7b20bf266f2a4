package dev.gaon.gov.law;

import dev.gaon.gov.pack.PackFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rules as dated data, with the vocabulary in which they speak, grace, sign-offs and waivers, under one digest.
 *
 * <p>Immutable and safe to share; reading one takes some milliseconds, so keep it. {@link #bundled()} holds the rules that
 * come with this library, all drafts; a ministry joins packs of its own with {@link #with}: more rules and facts, its
 * sign-offs of rules (which make a draft a reviewed rule, for exactly the text that was read), and its waivers.
 */
public final class RulePack {

    static final String ROOT = "dev/gaon/gov";

    private static final Pattern DATA = Pattern.compile(
            "(vocabulary|texts|sign-offs|waivers)\\.json|(rules/[^/]+|policies|high-impact)/[^/]+\\.json");

    private final List<PackFiles> parts;
    private final Vocabulary vocabulary;
    private final Map<String, Rule> rules = new TreeMap<>();
    private final Map<String, Grace> graces = new LinkedHashMap<>();
    private final List<Waiver> waivers = new ArrayList<>();
    private final String digest;

    private RulePack(List<PackFiles> parts) {
        this.parts = parts;
        this.vocabulary = new Vocabulary(parts);
        StringBuilder digests = new StringBuilder();
        for (PackFiles part : parts) {
            digests.append(part.id()).append(' ').append(part.digest()).append('\n');
            for (String path : part.files().keySet()) {
                if (path.startsWith("rules/")) {
                    add(part, path);
                } else if (path.startsWith("policies/")) {
                    PackFiles.Place top = part.read(path, part.names(path));
                    part.names(path).forEach(id -> add(Grace.read(id, top.at(id)), top.at(id)));
                }
            }
        }
        for (PackFiles part : parts) {
            signOffsAndWaivers(part);
        }
        rules.values().forEach(rule -> rule.versions().forEach(this::requireGrace));
        digest = parts.size() == 1
                ? parts.get(0).digest()
                : "sha256:" + PackFiles.sha256(digests.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void add(PackFiles part, String path) {
        Rule rule = Rule.read(part, path, vocabulary);
        if (rules.putIfAbsent(rule.id(), rule) != null) {
            throw part.read(path, part.names(path))
                    .wrong("이미 있는 규칙입니다: " + rule.id(), "this rule is there already: " + rule.id());
        }
    }

    private void add(Grace grace, PackFiles.Place at) {
        if (graces.putIfAbsent(grace.id(), grace) != null) {
            throw at.wrong("이미 있는 유예입니다: " + grace.id(), "this grace is there already: " + grace.id());
        }
    }

    private void signOffsAndWaivers(PackFiles part) {
        if (part.has("sign-offs.json")) {
            PackFiles.Place top = part.read("sign-offs.json", Set.of("signOffs"));
            for (PackFiles.Place at : top.list("signOffs")) {
                at.only(Set.of("rule", "digest", "by", "on"));
                rule(at).signedOff(new Rule.SignOff(at.text("rule"), at.text("digest"), at.text("by"), at.date("on")));
            }
        }
        if (part.has("waivers.json")) {
            PackFiles.Place top = part.read("waivers.json", Set.of("waivers"));
            for (PackFiles.Place at : top.list("waivers")) {
                rule(at);
                waivers.add(Waiver.read(at));
            }
        }
    }

    private Rule rule(PackFiles.Place at) {
        Rule rule = rules.get(at.text("rule"));
        if (rule == null) {
            throw at.wrong("그런 규칙이 없습니다: " + at.text("rule"), "there is no such rule: " + at.text("rule"));
        }
        return rule;
    }

    private void requireGrace(Rule.Version version) {
        if (version.grace() != null && !graces.containsKey(version.grace())) {
            throw new IllegalArgumentException("규칙 묶음을 쓸 수 없습니다: " + version.rule() + ": 모르는 유예 " + version.grace()
                    + " / The rule pack cannot be used: " + version.rule() + ": unknown grace " + version.grace());
        }
    }

    /** The rules that come with this library: the AI Basic Act and its neighbours, drafts of nobody's sign-off. */
    public static RulePack bundled() {
        return new RulePack(List.of(PackFiles.bundled(ROOT)));
    }

    static RulePack of(List<PackFiles> parts) {
        return new RulePack(parts);
    }

    /**
     * These rules and those of a folder with a {@code pack.json}.
     *
     * @throws IllegalArgumentException if a file is missing, wrong or not what the pack's digest says, if a rule, fact or
     *     grace is there already, or if versions of a rule overlap; the message names file and place
     */
    public RulePack with(Path folder) {
        List<PackFiles> more = new ArrayList<>(parts);
        more.add(PackFiles.in(folder));
        return new RulePack(List.copyOf(more));
    }

    /**
     * Writes the list and digest of a folder's files into its {@code pack.json}, which names {@code id}, {@code version}
     * and {@code title}.
     *
     * @return the digest
     */
    public static String seal(Path folder) {
        return PackFiles.seal(folder, path -> DATA.matcher(path).matches() && !path.endsWith(".cases.json"));
    }

    /** Of all that decides, {@code sha256:...}. */
    public String digest() {
        return digest;
    }

    /** The id and version of each pack joined, for people. */
    public List<String> names() {
        return parts.stream().map(part -> part.id() + " " + part.version()).toList();
    }

    /** By id. */
    public Collection<Rule> rules() {
        return Collections.unmodifiableCollection(rules.values());
    }

    /** Null if there is none of this id. */
    public @Nullable Rule rule(String id) {
        return rules.get(id);
    }

    /** What can be declared of a service, in the order of the packs. */
    public List<Fact> facts() {
        return Collections.unmodifiableList(vocabulary.facts());
    }

    /** Null if there is none of this name. */
    public @Nullable Fact fact(String name) {
        return vocabulary.fact(name);
    }

    /** By id. */
    public Map<String, Grace> graces() {
        return Collections.unmodifiableMap(graces);
    }

    List<Waiver> waivers() {
        return waivers;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    List<PackFiles> parts() {
        return parts;
    }

    @Override
    public String toString() {
        return names() + " " + digest;
    }
}
