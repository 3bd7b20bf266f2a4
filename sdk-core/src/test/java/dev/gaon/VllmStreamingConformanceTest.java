package dev.gaon;

/** LangChain4j's own tests of a streaming chat model, at a server of vLLM's kind. */
class VllmStreamingConformanceTest extends StreamingConformanceTest {

    @Override
    Gaon.Builder client() {
        return server.gaon("vllm");
    }
}
