package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.gaon.ChatDelta.Finish;
import dev.gaon.ChatDelta.Text;
import dev.gaon.ChatDelta.Thinking;
import dev.gaon.ChatDelta.ToolCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads replies, each stream in every way it can be cut, with one outcome; those in the OpenAI shape are made here. */
abstract class OpenAiReplies {

    static final String DONE = "data: [DONE]\n\n";
    static final String STOP = delta("{}", "\"stop\"");

    /** What came of a reply: its deltas and how it ended. */
    record Outcome(List<ChatDelta> deltas, String end) {

        String text() {
            return joined(delta -> delta instanceof Text piece ? piece.text() : "");
        }

        String thinking() {
            return joined(delta -> delta instanceof Thinking piece ? piece.text() : "");
        }

        private String joined(Function<ChatDelta, String> of) {
            StringBuilder all = new StringBuilder();
            deltas.forEach(delta -> all.append(of.apply(delta)));
            return all.toString();
        }

        /** "index id name arguments", one for each call. */
        List<String> calls() {
            List<String[]> calls = new ArrayList<>();
            for (ChatDelta delta : deltas) {
                if (delta instanceof ToolCall piece) {
                    while (calls.size() <= piece.index()) {
                        calls.add(new String[] {null, null, ""});
                    }
                    String[] call = calls.get(piece.index());
                    call[0] = call[0] == null ? piece.id() : call[0];
                    call[1] = call[1] == null ? piece.name() : call[1];
                    call[2] += piece.arguments();
                }
            }
            return calls.stream()
                    .map(call -> String.join(" ", call[0], call[1], call[2]))
                    .toList();
        }

        Finish finish() {
            return last(Finish.class);
        }

        <T extends ChatDelta> T last(Class<T> type) {
            List<T> all =
                    deltas.stream().filter(type::isInstance).map(type::cast).toList();
            return all.isEmpty() ? null : all.get(all.size() - 1);
        }
    }

    static Outcome read(byte[] stream, Quirks quirks) {
        return read(stream, deltas -> decoder(quirks, deltas));
    }

    /** @param reader makes the decoder that puts its deltas into a list */
    static Outcome read(byte[] stream, Function<List<ChatDelta>, Dialect.Decoder> reader) {
        Outcome first = null;
        for (InputStream feed : Feeds.of(stream)) {
            List<ChatDelta> deltas = new ArrayList<>();
            Outcome outcome = new Outcome(deltas, end(feed, reader.apply(deltas)));
            assertThat(outcome).as(feed.toString()).isEqualTo(first == null ? outcome : first);
            first = outcome;
        }
        return first;
    }

    static Outcome read(String... events) {
        return read(String.join("", events).getBytes(StandardCharsets.UTF_8), Quirks.NONE);
    }

    static Dialect.Decoder decoder(Quirks quirks, List<ChatDelta> deltas) {
        Provider own = Provider.OWN;
        Provider provider = new Provider(
                own.id(),
                own.name(),
                own.dialect(),
                null,
                null,
                null,
                "",
                null,
                false,
                own.until(),
                quirks,
                own.notStarted(),
                null,
                own.paths(),
                "");
        return new OpenAiDialect(Limits.DEFAULT)
                .decoder(Endpoint.of("http://127.0.0.1/v1").withProvider(provider), Limits.DEFAULT, deltas::add);
    }

    static String end(InputStream stream, Dialect.Decoder decoder) {
        SseReader reader = new SseReader(stream, 1 << 20);
        try {
            while (reader.next() && decoder.event(reader.name(), reader.data(), reader.offset(), reader.length())) {
                // Until the server says that it is over.
            }
            return decoder.finished() ? "finished" : "incomplete";
        } catch (Dialect.ReplyError e) {
            return "error " + e.code() + " " + e.getMessage();
        } catch (JsonProcessingException e) {
            return reader.cutOff() ? "incomplete" : "malformed";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Outcome whole(String body) {
        return whole(body, deltas -> decoder(Quirks.NONE, deltas));
    }

    static Outcome whole(String body, Function<List<ChatDelta>, Dialect.Decoder> reader) {
        List<ChatDelta> deltas = new ArrayList<>();
        Dialect.Decoder decoder = reader.apply(deltas);
        String end;
        try {
            decoder.whole(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
            end = decoder.finished() ? "finished" : "incomplete";
        } catch (Dialect.ReplyError e) {
            end = "error " + e.code() + " " + e.getMessage();
        } catch (JsonEOFException e) {
            end = "incomplete";
        } catch (IOException e) {
            end = "malformed";
        }
        return new Outcome(deltas, end);
    }

    static String event(String json) {
        return "data: " + json + "\n\n";
    }

    static String delta(String delta) {
        return delta(delta, "null");
    }

    static String delta(String delta, String finish) {
        return event("{\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}");
    }

    static String text(String text) {
        return delta("{\"content\":\"" + text + "\"}");
    }

    static String tools(String pieces) {
        return delta("{\"tool_calls\":[" + pieces + "]}");
    }
}
