package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.FinishReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks a server which models it serves; one instance asks once. */
final class ModelListing extends JsonReply implements Router.Transport {

    /** More than any server serves; a longer list is refused. */
    private static final int MOST = 10_000;

    private static final int LONGEST_ID = 512;
    private static final JsonFactory JSON = new JsonFactory();

    private final HttpTransport http;
    private @Nullable List<Models.Listed> found;

    private ModelListing(HttpTransport http) {
        this.http = http;
    }

    /** @param server a model that stands for the server: its id and its one endpoint */
    static List<Models.Listed> of(ModelCard server, Gaon gaon) {
        ModelListing listing = new ModelListing(gaon.http());
        ChatRequest asks = ChatRequest.builder()
                .messages(UserMessage.from("Which models do you serve?"))
                .build();
        CallPath path = gaon.path();
        RunningCall call = new RunningCall(server, asks, gaon.context(), false, path.limits()).through(listing);
        path.execute(call, delta -> listing.list());
        return listing.list();
    }

    /** A guard cannot answer in a server's place: deltas hold no list. */
    private List<Models.Listed> list() {
        if (found == null) {
            throw CallFailure.kind("policy-error")
                    .phase("reply")
                    .message(
                            "가드가 proceed를 부르지 않고 답했습니다. 모델 목록은 그렇게 답할 수 없습니다.",
                            "A guard answered without proceeding, which a list of models does not allow.")
                    .fix("Guard에서 proceed를 부르거나 거절하세요.", "Let the Guard proceed or refuse.")
                    .build();
        }
        return found;
    }

    @Override
    public void send(RunningCall call, Endpoint endpoint, ChatRequest judged, Consumer<ChatDelta> out) {
        http.get(call, endpoint, judged, endpoint.offer().path("models", "/models"), this::list);
        out.accept(new ChatDelta.Finish(FinishReason.STOP, "stop"));
    }

    /** OpenAI's {@code {"data": [...]}}, or the bare list. */
    private void list(ReplyInput in) throws IOException {
        List<Models.Listed> all = null;
        try (JsonParser json = JSON.createParser(in)) {
            read(json);
            JsonToken first = next();
            if (first == JsonToken.START_ARRAY) {
                all = entries();
            } else {
                expect(first == JsonToken.START_OBJECT, "the reply is neither a JSON object nor a list");
                while (nextField()) {
                    if (field().equals("data")) {
                        expect(next() == JsonToken.START_ARRAY, "data is no list");
                        all = entries();
                    } else {
                        skip();
                    }
                }
            }
            expect(next() == null, "something follows the JSON of the reply");
            if (all == null) {
                throw malformed("the reply lists no models");
            }
        }
        found = List.copyOf(all);
    }

    private List<Models.Listed> entries() throws IOException {
        List<Models.Listed> all = new ArrayList<>();
        for (JsonToken token; (token = next()) != JsonToken.END_ARRAY; ) {
            expect(token == JsonToken.START_OBJECT, "a model is no object");
            expect(all.size() < MOST, "there are more than " + MOST + " models");
            all.add(entry());
        }
        return all;
    }

    private Models.Listed entry() throws IOException {
        String id = null;
        Integer context = null;
        while (nextField()) {
            switch (field()) {
                case "id" -> id = textValue();
                // vLLM and its kin, then Friendli.
                case "max_model_len", "context_length" -> context = longer(context, wholeNumber());
                default -> skip();
            }
        }
        if (id == null || id.isBlank()) {
            throw malformed("a model has no id");
        }
        return new Models.Listed(Text.printable(id, LONGEST_ID), context);
    }

    private static @Nullable Integer longer(@Nullable Integer known, @Nullable Integer said) {
        return said == null || said <= 0 || (known != null && known > said) ? known : said;
    }
}
