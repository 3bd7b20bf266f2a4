package dev.gaon;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import java.util.function.Consumer;

/** The embedded default: quotes documents in this process, over the same path as every other model. */
final class EmbeddedTransport implements Router.Transport {

    private final ExtractiveEngine engine;

    EmbeddedTransport(ExtractiveEngine engine) {
        this.engine = engine;
    }

    @Override
    public void send(RunningCall call, Endpoint endpoint, ChatRequest request, Consumer<ChatDelta> out) {
        long startedMs = call.record().elapsedMs();
        String outcome = "caller-error";
        try {
            answer(endpoint, request, out);
            outcome = "ok";
        } catch (CallFailure failure) {
            outcome = failure.kind();
            throw failure;
        } finally {
            call.record().attempted(CallRecord.Attempt.inProcess(endpoint, startedMs, outcome));
        }
    }

    private void answer(Endpoint endpoint, ChatRequest request, Consumer<ChatDelta> out) {
        if (request.toolSpecifications() != null
                && !request.toolSpecifications().isEmpty()) {
            throw unsupported(endpoint, "도구를 부르지", "call tools");
        }
        if (request.responseFormat() != null && request.responseFormat().type() == ResponseFormatType.JSON) {
            throw unsupported(endpoint, "구조화 출력을 하지", "give structured output");
        }
        Extract extract = engine.answer(question(request.messages()));
        out.accept(new ChatDelta.Origin(null, "embedded-extractive"));
        for (Citation citation : extract.citations()) {
            out.accept(new ChatDelta.Quotation(citation));
        }
        for (String piece : extract.pieces()) {
            out.accept(new ChatDelta.Text(piece));
        }
        out.accept(new ChatDelta.Finish(FinishReason.STOP, extract.found() ? "stop" : "nothing-found"));
    }

    private static CallFailure unsupported(Endpoint endpoint, String ko, String en) {
        return CallFailure.kind("unsupported")
                .at(endpoint)
                .phase("configure")
                .message(
                        "embedded-extractive는 문서를 인용할 뿐 언어 모델이 아니어서 " + ko + " 않습니다.",
                        "embedded-extractive quotes documents; it is no language model and does not " + en + ".")
                .fix(
                        "키를 설정하고 모델을 고르세요. 예: UPSTAGE_API_KEY와 GAON_MODEL=solar-pro4",
                        "Set a key and choose a model, for instance UPSTAGE_API_KEY and GAON_MODEL=solar-pro4.")
                .build();
    }

    /** The text of the last user message. */
    private static String question(List<ChatMessage> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i) instanceof UserMessage user) {
                StringBuilder text = new StringBuilder();
                for (Content content : user.contents()) {
                    if (content instanceof TextContent part) {
                        text.append(text.isEmpty() ? "" : "\n").append(part.text());
                    }
                }
                return text.toString();
            }
        }
        return "";
    }
}
