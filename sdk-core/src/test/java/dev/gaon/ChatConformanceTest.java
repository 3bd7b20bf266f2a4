package dev.gaon;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelIT;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** LangChain4j's own tests of a {@link ChatModel}, through Gaon. */
class ChatConformanceTest extends AbstractChatModelIT {

    final ScriptedServer server = new ScriptedServer();
    private final Gaon gaon = client().build();

    /** A client that knows the server, in the format to be tested; asked while the test is made. */
    Gaon.Builder client() {
        return server.gaon();
    }

    @AfterAll
    void close() {
        gaon.close();
        server.close();
    }

    @Override
    protected List<ChatModel> models() {
        return List.of(gaon.chat(ScriptedServer.MODEL));
    }

    @Override
    protected ChatModel createModelWith(ChatRequestParameters parameters) {
        return gaon.chat(ScriptedServer.MODEL)
                .with(GaonParameters.builder().overrideWith(parameters).build());
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
    protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(ChatModel model) {
        return GaonResponseMetadata.class;
    }

    /** Asked for by the tests of core 1.20 only. */
    protected boolean supportsChatAsync() {
        return true;
    }

    // Addresses of pictures are passed on to the server and fetched by nobody here.

    @Override
    protected String catImageUrl() {
        return "https://pictures.invalid/cat.jpg";
    }

    @Override
    protected String diceImageUrl() {
        return "https://pictures.invalid/dice.jpg";
    }
}
