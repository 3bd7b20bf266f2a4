package dev.gaon.gov.label;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;

/**
 * JSON: an envelope {@code {"aiLabel": {...}, "content": ...}}, the document in it unchanged to the last digit. Its marks
 * are for software: a document that only programs read shows nothing to people.
 */
final class JsonFormat implements Format {

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1000)
                    .maxStringLength(TextFile.MAX_BYTES)
                    .maxNumberLength(1 << 20)
                    .build())
            .build());

    @Override
    public String kind() {
        return "json";
    }

    @Override
    public String media() {
        return "data";
    }

    @Override
    public boolean canShow(AiLabel label) {
        return false;
    }

    @Override
    public boolean matches(Source file) {
        return file.extension().equals("json");
    }

    @Override
    public void read(Source file, AiLabel label, Found found) throws IOException {
        String text = TextFile.of(file).text();
        requireOneValue(text);
        try (JsonParser parser = JSON.createParser(text)) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            if (object
                    && parser.nextToken() == JsonToken.FIELD_NAME
                    && parser.currentName().equals("aiLabel")) {
                parser.nextToken();
                JsonNode node = JSON.readTree(parser);
                boolean more = parser.nextToken() == JsonToken.FIELD_NAME;
                if (more && parser.currentName().equals("AIGC")) {
                    parser.nextToken();
                    found.aigc("envelope", JSON.readTree(parser).toString());
                    more = parser.nextToken() == JsonToken.FIELD_NAME;
                }
                if (more && parser.currentName().equals("content")) {
                    found.statement("envelope", node.toString());
                }
            }
        }
        Statement statement = found.statement();
        if (statement != null) {
            found.sourceType("envelope", statement.sourceType());
        }
    }

    /** To its end, so that a broken document is never taken for a sound one. */
    private static void requireOneValue(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            boolean one = parser.nextToken() != null;
            parser.skipChildren();
            if (!one || parser.nextToken() != null) {
                throw LabelException.damaged("json", "not one value");
            }
        } catch (JsonProcessingException e) {
            throw LabelException.damaged("json", "line " + line(e), e);
        }
    }

    private static int line(JsonProcessingException e) {
        return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    }

    @Override
    public void write(Source file, AiLabel label, Found there, OutputStream out) throws IOException {
        TextFile text = TextFile.of(file);
        String content = there.statement() == null ? text.text().strip() : content(text.text());
        Statement statement = label.statement(this, there);
        String aigc = label.aigc() ? "\"AIGC\": " + statement.aigc() + ", " : "";
        text.write("{\"aiLabel\": " + statement.json() + ", " + aigc + "\"content\": " + content + "}\n", out);
    }

    /** Of an envelope, where it is the last member. */
    private static String content(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean content = parser.currentName().equals("content");
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                if (content && parser.nextToken() == JsonToken.END_OBJECT) {
                    return text.substring(start, text.lastIndexOf('}')).strip();
                }
            }
        }
        throw LabelException.damaged("json", "content is not last");
    }
}
