package dev.gaon.gov.claim;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A Hugging Face README: its front matter, and what its text says of the licence and of where the data come from. */
final class HfCard {

    private static final Pattern HEADING = Pattern.compile("(#{1,6})[ \\t]+(.*)");
    private static final Pattern LICENSING =
            Pattern.compile("(?iu)licen[cs]|라이[선센]스|저작권|이용 ?조건|이용 ?허락|공공누리|terms of use|copyright");
    private static final String LIBRARY = "org.snakeyaml:snakeyaml-engine:3.2";
    private static final int LONGEST = 4_000;
    private static final int MOST_SECTIONS = 100;

    private final CardGraph matter;
    private final CardEntry entry = new CardEntry("hf-card");
    private StringBuilder section = new StringBuilder();
    private int sections;
    private int licensing;
    private @Nullable String heading;

    private HfCard(CardGraph matter) {
        this.matter = matter;
    }

    static boolean is(String text) {
        return matter(text) != null;
    }

    /** Where the front matter starts and ends, and where the text begins; null if there is none. */
    private static int @Nullable [] matter(String text) {
        int start = text.indexOf('\n') + 1;
        if (start == 0 || !text.substring(0, start).stripTrailing().equals("---")) {
            return null;
        }
        for (int at = start; at < text.length(); ) {
            int end = text.indexOf('\n', at) + 1;
            end = end == 0 ? text.length() : end;
            if (text.substring(at, end).stripTrailing().equals("---")) {
                return new int[] {start, at, end};
            }
            at = end;
        }
        return null;
    }

    static List<CardEntry> read(String text, @Nullable String url) {
        int[] cut = matter(text);
        HfCard card = new HfCard(cut == null ? new CardGraph() : yaml(text.substring(cut[0], cut[1])));
        card.matter();
        card.body(cut == null ? text : text.substring(cut[2]));
        CardEntry entry = card.entry;
        String pretty = card.matter.top().text("pretty_name");
        entry.named(pretty != null ? pretty : card.heading);
        entry.say("source", pretty);
        entry.say("source", url);
        entry.called(url);
        entry.at(url);
        return List.of(entry);
    }

    /** Caught out here: without the library the reader of YAML cannot even be loaded. */
    private static CardGraph yaml(String text) {
        try {
            return CardYaml.read(text);
        } catch (NoClassDefFoundError e) {
            throw CardFailure.of(
                    "YAML을 읽는 라이브러리가 없습니다. 의존성에 " + LIBRARY + "을 더하세요.",
                    "The library that reads YAML is missing. Add the dependency " + LIBRARY + ".",
                    e);
        }
    }

    /** Where the list of ids has no name for it, a card says {@code other} and names the licence beside it. */
    private void matter() {
        CardNode top = matter.top();
        List<Object> names = top.all("license_name");
        List<Object> links = top.all("license_link");
        List<Object> licences = top.all("license").stream()
                .filter(each -> !"other".equals(each) || (names.isEmpty() && links.isEmpty()))
                .toList();
        entry.licence(matter, "license", licences);
        entry.licence(matter, "license", names);
        entry.licence(matter, "href", links);
        top.all("license_details").forEach(each -> entry.tell("text", String.valueOf(each)));
        top.all("extra_gated_prompt", "extra_gated_heading").forEach(each -> entry.say("gate", String.valueOf(each)));
        top.all("source_datasets").forEach(each -> entry.say("source", String.valueOf(each)));
    }

    private void body(String text) {
        boolean code = false;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            code ^= line.startsWith("```") || line.startsWith("~~~");
            Matcher found = HEADING.matcher(line);
            if (!code && found.matches()) {
                close();
                int level = found.group(1).length();
                if (licensing == 0 || level <= licensing) {
                    licensing = LICENSING.matcher(found.group(2)).find() ? level : 0;
                }
                heading = heading == null ? found.group(2).strip() : heading;
            }
            section.append(line).append('\n');
        }
        close();
    }

    /** The text on licences is told whole; of the rest enough to see where the data come from. */
    private void close() {
        String text = section.toString();
        section = new StringBuilder();
        if (licensing > 0) {
            entry.tell("text", text);
        } else if (!text.isBlank() && sections++ < MOST_SECTIONS) {
            entry.say("source", CardText.clip(text, LONGEST));
        }
    }
}
