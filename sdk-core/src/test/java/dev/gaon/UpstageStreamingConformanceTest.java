package dev.gaon;

/** LangChain4j's own tests of a streaming chat model, at a server of Upstage's kind. */
class UpstageStreamingConformanceTest extends StreamingConformanceTest {

    @Override
    Gaon.Builder client() {
        return server.gaon("upstage");
    }

    // Its provider file knows auto, none and a named tool: the only one can be had to be called, one of two cannot.

    @Override
    protected boolean supportsToolChoiceRequiredWithMultipleTools() {
        return false;
    }

    /** What a stream refuses its handler hears, and these tests wrap what a handler hears. */
    @Override
    protected boolean assertExceptionType() {
        return false;
    }
}
