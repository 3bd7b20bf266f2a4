package dev.gaon;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.atLeast;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.mockito.InOrder;

/** LangChain4j's own tests of a {@link StreamingChatModel}, through Gaon. */
class StreamingConformanceTest extends AbstractStreamingChatModelIT {

    final ScriptedServer server = new ScriptedServer();
    private final Gaon gaon = client().build();
    private final List<Gaon> others = new ArrayList<>();

    /** A client that knows the server, in the format to be tested; asked while the test is made. */
    Gaon.Builder client() {
        return server.gaon();
    }

    @AfterAll
    void close() {
        gaon.close();
        others.forEach(Gaon::close);
        server.close();
    }

    @Override
    protected List<StreamingChatModel> models() {
        return List.of(gaon.chat(ScriptedServer.MODEL).streaming());
    }

    @Override
    protected StreamingChatModel createModelWith(ChatRequestParameters parameters) {
        return gaon.chat(ScriptedServer.MODEL)
                .with(GaonParameters.builder().overrideWith(parameters).build())
                .streaming();
    }

    @Override
    public StreamingChatModel createModelWith(ChatModelListener listener) {
        Gaon listening = client().listener(listener).build();
        others.add(listening);
        return listening.chat(ScriptedServer.MODEL).streaming();
    }

    @Override
    protected String customModelName() {
        return "scripted-large";
    }

    @Override
    protected ChatRequestParameters createIntegrationSpecificParameters(int maxOutputTokens) {
        return GaonParameters.builder().maxOutputTokens(maxOutputTokens).build();
    }

    @Override
    protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(StreamingChatModel model) {
        return GaonResponseMetadata.class;
    }

    @Override
    protected String catImageUrl() {
        return "https://pictures.invalid/cat.jpg";
    }

    @Override
    protected String diceImageUrl() {
        return "https://pictures.invalid/dice.jpg";
    }

    // Core 1.19 leaves these two to its subclasses; they ask for what core 1.20 asks for by default.

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder order, String id) {
        verifyTool(handler, order, 0, id, "getWeather", "{\"city\":\"Munich\"}");
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder order, String id1, String id2) {
        verifyTool(handler, order, 0, id1, "getWeather", "{\"city\":\"Munich\"}");
        verifyTool(handler, order, 1, id2, "getTime", "{\"country\":\"France\"}");
    }

    private static void verifyTool(
            StreamingChatResponseHandler handler, InOrder order, int index, String id, String name, String arguments) {
        order.verify(handler, atLeast(1))
                .onPartialToolCall(
                        argThat(piece -> piece.index() == index
                                && piece.id().equals(id)
                                && piece.name().equals(name)
                                && !piece.partialArguments().isBlank()),
                        any());
        order.verify(handler).onCompleteToolCall(complete(index, id, name, arguments));
    }
}
