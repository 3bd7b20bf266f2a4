package dev.gaon;

/** LangChain4j's own tests of a chat model, at a server of vLLM's kind. */
class VllmChatConformanceTest extends ChatConformanceTest {

    @Override
    Gaon.Builder client() {
        return server.gaon("vllm");
    }
}
