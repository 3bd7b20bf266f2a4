package dev.gaon;

/** LangChain4j's own tests of a chat model, over CLOVA Studio's own format. */
class ClovaChatConformanceTest extends ChatConformanceTest {

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
}
