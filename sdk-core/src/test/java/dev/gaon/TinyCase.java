package dev.gaon;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every test of chats with the toy model in this process shares: how it is asked. */
@ExtendWith(TinyModel.class)
abstract class TinyCase extends HostileCase {

    static final String QUESTION = "가온이 뭐예요?";

    Gaon gaon(UnaryOperator<Gaon.Builder> settings) {
        return gaon(builder -> settings.apply(builder.endpoint("tiny", Endpoint.of(TinyModel.FILE))), new Endpoint[0]);
    }

    GaonChatModel tiny() {
        return tiny(Limits.DEFAULT);
    }

    GaonChatModel tiny(Limits limits) {
        return gaon(builder -> builder.limits(limits)).chat("tiny");
    }

    static ChatRequest ask(UnaryOperator<GaonParameters.Builder> settings) {
        return ask(QUESTION, settings);
    }

    static ChatRequest ask(String question, UnaryOperator<GaonParameters.Builder> settings) {
        GaonParameters.Builder parameters = GaonParameters.builder();
        parameters.temperature(0.0);
        return ChatRequest.builder()
                .messages(UserMessage.from(question))
                .parameters(settings.apply(parameters).build())
                .build();
    }

    static GaonParameters.Builder tokens(GaonParameters.Builder parameters, int most) {
        parameters.maxOutputTokens(most);
        return parameters;
    }

    /** Generates to the end of its context: some 240 tokens. */
    static ChatRequest endless() {
        return ask(p -> {
            p.extraBody(Map.of("ignore_eos", true));
            return p;
        });
    }
}
