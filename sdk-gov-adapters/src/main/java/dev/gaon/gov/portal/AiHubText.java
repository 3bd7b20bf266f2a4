package dev.gaon.gov.portal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The catalogue of AI-Hub, written for people: lines {@code key, name}, and trees {@code └─ name | size | filekey}. */
final class AiHubText {

    private static final int MOST_DEPTH = 32;
    private static final Pattern ENTRY = Pattern.compile("\\s*(\\d{1,9})\\s*[,|\\t]\\s*(\\S.*)");
    private static final Pattern BRANCH = Pattern.compile("([\\s│|]*)(?:├|└)─*\\s*(\\S.*)");
    private static final Pattern DATE =
            Pattern.compile("(:\\s*)(\\d{4}[-./]\\d{2}[-./]\\d{2}[^,}\\]\"\\n]{0,40}?)(\\s*[,}\\]\\n])");

    private record Folder(int column, String name) {}

    private AiHubText() {}

    static ArrayNode list(String text) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        text.lines().forEach(line -> {
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches()) {
                rows.addObject()
                        .put("datasetkey", entry.group(1))
                        .put("name", entry.group(2).strip());
            }
        });
        return rows;
    }

    static ArrayNode tree(String text) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        Deque<Folder> open = new ArrayDeque<>();
        text.lines().forEach(line -> {
            Matcher branch = BRANCH.matcher(line);
            if (!branch.matches()) {
                return;
            }
            int column = branch.group(1).length();
            while (!open.isEmpty() && open.getLast().column() >= column) {
                open.removeLast();
            }
            String entry = branch.group(2);
            int key = entry.lastIndexOf('|');
            int size = entry.lastIndexOf('|', key - 1);
            if (size > 0 && entry.substring(key + 1).strip().matches("\\d{1,12}")) {
                String folders = open.stream().map(each -> each.name() + "/").collect(Collectors.joining());
                rows.addObject()
                        .put("path", folders + entry.substring(0, size).strip())
                        .put("size", entry.substring(size + 1, key).strip())
                        .put("filekey", entry.substring(key + 1).strip());
            } else if (open.size() < MOST_DEPTH) {
                open.addLast(new Folder(column, entry.strip()));
            }
        });
        return rows;
    }

    /** Puts quotes around dates that the portal wrote bare. */
    static String quotedDates(String json) {
        return DATE.matcher(json).replaceAll("$1\"$2\"$3");
    }
}
