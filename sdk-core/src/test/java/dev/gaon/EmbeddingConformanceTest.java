package dev.gaon;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.common.AbstractEmbeddingModelIT;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** LangChain4j's own tests of an {@link EmbeddingModel}, through Gaon. */
class EmbeddingConformanceTest extends AbstractEmbeddingModelIT {

    private final ScriptedServer server = new ScriptedServer();
    private final Gaon gaon = server.gaon().build();
    private final Gaon refused =
            server.gaon().credential(server.url(), Credential.of("wrong")).build();

    @AfterAll
    void close() {
        gaon.close();
        refused.close();
        server.close();
    }

    @Override
    protected List<EmbeddingModel> models() {
        return List.of(gaon.embedding(ScriptedServer.MODEL));
    }

    @Override
    protected EmbeddingModel modelWith(EmbeddingModelListener listener) {
        return gaon.embedding(ScriptedServer.MODEL).addListener(listener);
    }

    @Override
    protected EmbeddingModel failingModelWith(EmbeddingModelListener listener) {
        return refused.embedding(ScriptedServer.MODEL).addListener(listener);
    }

    /** The OpenAI format has no field for it; providers with two kinds have two models. */
    @Override
    protected boolean supportsInputTypeParameter() {
        return false;
    }

    /** The OpenAI format embeds text only. */
    @Override
    protected boolean supportsImageInput() {
        return false;
    }
}
