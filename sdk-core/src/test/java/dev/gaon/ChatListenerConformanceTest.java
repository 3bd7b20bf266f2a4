package dev.gaon;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelListenerIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import org.junit.jupiter.api.AfterEach;

/** LangChain4j's own tests of how a {@link ChatModel} tells its listeners, through Gaon. */
class ChatListenerConformanceTest extends AbstractChatModelListenerIT {

    private final ScriptedServer server = new ScriptedServer();
    private Gaon gaon;

    @AfterEach
    void close() {
        gaon.close();
        server.close();
    }

    @Override
    protected ChatModel createModel(ChatModelListener listener) {
        gaon = server.gaon().listener(listener).build();
        return gaon.chat(ScriptedServer.MODEL).with(parameters());
    }

    @Override
    protected ChatModel createFailingModel(ChatModelListener listener) {
        gaon = server.gaon()
                .listener(listener)
                .credential(server.url(), Credential.of("wrong"))
                .build();
        return gaon.chat(ScriptedServer.MODEL);
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
        return AuthenticationException.class;
    }

    @Override
    protected String modelName() {
        return ScriptedServer.MODEL;
    }

    private GaonParameters parameters() {
        return GaonParameters.builder()
                .temperature(temperature())
                .topP(topP())
                .maxOutputTokens(maxTokens())
                .build();
    }
}
