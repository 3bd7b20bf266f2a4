package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests of calls that are no chat share: servers of a kind, and what they were sent. */
abstract class PlainCase extends HostileCase {

    static final ObjectMapper JSON = new ObjectMapper();

    /** A server that answers each request by one of these, the last one again and again. */
    RawServer answering(String... replies) {
        RawServer.Script[] scripts = new RawServer.Script[replies.length];
        for (int i = 0; i < replies.length; i++) {
            String reply = replies[i];
            scripts[i] = visit -> visit.json(200, reply);
        }
        return server(scripts);
    }

    /** As a server of this kind, up to and including {@code /v1}. */
    static Endpoint as(String kind, RawServer server) {
        return server.endpoint().withDialect(kind);
    }

    /** As native CLOVA, whose paths begin at the root. */
    static Endpoint clova(RawServer server) {
        return Endpoint.of("http://127.0.0.1:" + server.port()).withDialect("clova");
    }

    Gaon serving(String id, Endpoint endpoint) {
        return gaon(b -> b.endpoint(id, endpoint).credential(endpoint.toString(), Credential.of(KEY)));
    }

    static String enveloped(String result) {
        return "{\"status\":{\"code\":\"20000\",\"message\":\"OK\"},\"result\":" + result + "}";
    }

    static JsonNode sent(RawServer server, int number) throws Exception {
        return JSON.readTree(server.received().get(number).body());
    }

    static String path(RawServer server, int number) {
        return server.received().get(number).line().split(" ")[1];
    }

    /** The facts of a refusal before anything was sent. */
    static CallFailure unsent(RawServer server, String kind, ThrowingCallable call) {
        CallFailure failure = failing(kind, call);
        assertThat(failure.phase()).isEqualTo("configure");
        assertThat(server.requests()).isZero();
        return failure;
    }

    static CallFailure failing(String kind, ThrowingCallable call) {
        CallFailure failure = facts(catchThrowable(call));
        assertThat(failure.kind()).isEqualTo(kind);
        return failure;
    }

    static void says(CallFailure failure, String ko, String en) {
        assertThat(failure.message(Locale.KOREAN)).contains(ko);
        assertThat(failure.message(Locale.ENGLISH)).contains(en);
    }

    /** A guard that replaces every text on its way out. */
    static Guard writing(String other) {
        return rewriting(messages -> messages.stream()
                .map(message -> (ChatMessage) UserMessage.from(other))
                .toList());
    }

    static Guard rewriting(java.util.function.UnaryOperator<List<ChatMessage>> change) {
        return new Guard() {
            @Override
            public Decision mayServe(Endpoint endpoint, CallContext context) {
                return Decision.allow();
            }

            @Override
            public void intercept(Chain chain, Consumer<ChatDelta> out) {
                chain.proceed(
                        ChatRequest.builder()
                                .messages(change.apply(chain.request().messages()))
                                .build(),
                        out);
            }
        };
    }
}
