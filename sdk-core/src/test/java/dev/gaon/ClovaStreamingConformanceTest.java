package dev.gaon;

/** LangChain4j's own tests of a streaming chat model, over CLOVA Studio's own format. */
class ClovaStreamingConformanceTest extends StreamingConformanceTest {

    @Override
    Gaon.Builder client() {
        return server.clova();
    }

    // What the format cannot say is refused by name before anything is sent; its service takes one picture a message.

    @Override
    protected boolean supportsToolChoiceRequiredWithMultipleTools() {
        return false;
    }

    @Override
    protected boolean supportsJsonResponseFormat() {
        return false;
    }

    @Override
    protected boolean supportsMultipleImageInputsAsBase64EncodedStrings() {
        return false;
    }

    @Override
    protected boolean supportsMultipleImageInputsAsPublicURLs() {
        return false;
    }

    /** What a stream refuses its handler hears, and these tests wrap what a handler hears. */
    @Override
    protected boolean assertExceptionType() {
        return false;
    }
}
