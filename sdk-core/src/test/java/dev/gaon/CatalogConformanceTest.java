package dev.gaon;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.catalog.AbstractModelCatalogIT;
import dev.langchain4j.model.catalog.ModelCatalog;
import org.junit.jupiter.api.AfterEach;

/** LangChain4j's own tests of a {@link ModelCatalog}, through Gaon. */
class CatalogConformanceTest extends AbstractModelCatalogIT {

    private final Gaon gaon = Gaon.builder()
            .environment(name -> null)
            .endpoint("scripted", Endpoint.of("http://127.0.0.1:9/v1"))
            .build();

    @AfterEach
    void close() {
        gaon.close();
    }

    @Override
    protected ModelCatalog createModelCatalog() {
        return gaon.models().catalog();
    }

    /** LangChain4j has no names for Korean providers. */
    @Override
    protected ModelProvider expectedProvider() {
        return ModelProvider.OTHER;
    }
}
