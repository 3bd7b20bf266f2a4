package dev.gaon;

import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;

/** LangChain4j 1.20's tests of a streaming model that is read as a {@code Flow.Publisher}; 1.19 has none. */
@EnabledIf("coreHasPublishers")
class PublisherConformanceTest extends StreamingConformanceTest {

    private static final String TESTS = "dev.langchain4j.model.chat.common.";

    static boolean coreHasPublishers() {
        try {
            Class.forName(TESTS + "StreamingMode");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Object publisherMode() {
        try {
            return Stream.of(Class.forName(TESTS + "StreamingMode").getEnumConstants())
                    .filter(mode -> mode.toString().equals("PUBLISHER"))
                    .findAny()
                    .orElseThrow();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asked for by the tests of core 1.20 only, as a list of a type that 1.19 does not have. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    protected List streamingModes() {
        return List.of(publisherMode());
    }

    @Override
    protected List<StreamingChatModel> models() {
        return super.models().stream()
                .map(PublisherConformanceTest::asPublisher)
                .toList();
    }

    private static StreamingChatModel asPublisher(StreamingChatModel model) {
        try {
            return (StreamingChatModel) Class.forName(TESTS + "AbstractStreamingChatModelIT$StreamingModeAwareModel")
                    .getConstructors()[0]
                    .newInstance(model, publisherMode());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
