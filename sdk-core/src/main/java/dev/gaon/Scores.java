package dev.gaon;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The formats in which servers score texts against a query, by the path that their provider files give. */
enum Scores {
    /** vLLM's pairs: one against many. */
    SCORE("score", "data", "score") {
        @Override
        void write(JsonGenerator json, String query, List<String> texts) throws IOException {
            json.writeStringField("text_1", query);
            array(json, "text_2", texts);
        }
    },
    /** That of Jina and Cohere. */
    RERANK("rerank", "results", "relevance_score") {
        @Override
        void write(JsonGenerator json, String query, List<String> texts) throws IOException {
            json.writeStringField("query", query);
            array(json, "documents", texts);
        }
    },
    /** NVIDIA's. */
    RANKING("ranking", "rankings", "logit") {
        @Override
        void write(JsonGenerator json, String query, List<String> texts) throws IOException {
            json.writeObjectFieldStart("query");
            json.writeStringField("text", query);
            json.writeEndObject();
            json.writeArrayFieldStart("passages");
            for (String text : texts) {
                json.writeStartObject();
                json.writeStringField("text", text);
                json.writeEndObject();
            }
            json.writeEndArray();
            // A passage that is too long is refused rather than judged by its beginning.
            json.writeStringField("truncate", "NONE");
        }
    };

    /** The name of its path in provider files. */
    final String purpose;

    /** The field of a reply that holds the list. */
    final String list;

    /** The field of an item that holds its score. */
    final String score;

    Scores(String purpose, String list, String score) {
        this.purpose = purpose;
        this.list = list;
        this.score = score;
    }

    /** All but the model. */
    abstract void write(JsonGenerator json, String query, List<String> texts) throws IOException;

    private static void array(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** Null if the endpoint scores nothing; a server known by its address only is asked in the commonest format. */
    static @Nullable Scores of(Endpoint endpoint) {
        for (Scores one : values()) {
            if (endpoint.offer().paths().containsKey(one.purpose)) {
                return one;
            }
        }
        return endpoint.offer().equals(Provider.OWN) ? RERANK : null;
    }
}
