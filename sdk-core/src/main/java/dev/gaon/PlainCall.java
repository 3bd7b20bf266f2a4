package dev.gaon;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A call that is no chat, on the same path as chats: recorded, guarded, resent by the same rules.
 *
 * <p>To guards each text is a user message, so what they mask stays masked. Policies, which speak of chats, do not see
 * such calls. One instance is one call; at every attempt, and so at every other endpoint, it begins anew.
 */
abstract class PlainCall implements Router.Transport {

    static final String CLOVA = "clova-studio";

    final ModelCard card;
    private final Gaon gaon;
    private final List<ChatMessage> messages;
    private @Nullable TokenUsage usage;
    private boolean answered;

    PlainCall(ModelCard card, Gaon gaon, List<? extends ChatMessage> messages) {
        this.card = card;
        this.gaon = gaon;
        this.messages = List.copyOf(messages);
    }

    static List<ChatMessage> messages(List<String> texts) {
        return texts.stream().map(text -> (ChatMessage) UserMessage.from(text)).toList();
    }

    /** Asks this server, in as many requests as it needs. */
    abstract void ask(Server server);

    /** Runs the call on this thread; null if no server said how many tokens it took. */
    final @Nullable TokenUsage run(UnaryOperator<RunningCall> started) {
        ChatRequest request = ChatRequest.builder().messages(messages).build();
        RunningCall call = new RunningCall(
                        card, request, gaon.context(), false, gaon.path().limits())
                .through(this);
        gaon.path().execute(started.apply(call), this::check);
        return usage;
    }

    /** A guard cannot answer in a server's place: deltas hold no vectors, scores or counts. */
    private void check(ChatDelta delta) {
        if (delta instanceof ChatDelta.Finish && !answered) {
            throw policyError(
                    "가드가 proceed를 부르지 않고 답했습니다. 채팅이 아닌 호출은 그렇게 답할 수 없습니다.",
                    "A guard answered without proceeding, which calls that are no chat do not allow.",
                    "Guard에서 proceed를 부르거나 거절하세요.",
                    "Let the Guard proceed or refuse.");
        }
    }

    @Override
    public final void send(RunningCall call, Endpoint endpoint, ChatRequest judged, Consumer<ChatDelta> out) {
        answered = false;
        usage = null;
        ask(new Server(call, endpoint, judged));
        answered = true;
        if (usage != null) {
            out.accept(new ChatDelta.Usage(usage));
        }
        out.accept(new ChatDelta.Finish(FinishReason.STOP, null));
    }

    private static CallFailure policyError(String ko, String en, String fixKo, String fixEn) {
        return CallFailure.kind("policy-error")
                .phase("reply")
                .message(ko, en)
                .fix(fixKo, fixEn)
                .build();
    }

    /** Says before anything is sent that an input cannot be taken. */
    static CallFailure refused(String ko, String en) {
        return CallFailure.kind("invalid-request")
                .phase("configure")
                .message(ko, en)
                .fix("입력을 고친 뒤 다시 부르세요. 아무것도 보내지 않았습니다.", "Mend the input and call again. Nothing was sent.")
                .build();
    }

    /** Says before anything is sent that this model, where it is served, has no such call. */
    static CallFailure unsupported(String ko, String en, String fixKo, String fixEn) {
        return CallFailure.kind("unsupported")
                .phase("configure")
                .message(ko, en)
                .fix(fixKo, fixEn)
                .build();
    }

    /** Writes the fields of a request's body. */
    interface Writing {
        void write(JsonGenerator json) throws IOException;
    }

    /** One endpoint at one attempt, and the request as the guards let it go. */
    final class Server {

        final Endpoint endpoint;
        final ChatRequest judged;
        private final RunningCall call;

        private Server(RunningCall call, Endpoint endpoint, ChatRequest judged) {
            this.call = call;
            this.endpoint = endpoint;
            this.judged = judged;
        }

        boolean isClova() {
            return endpoint.dialect().equals(CLOVA);
        }

        /** What the server calls the model. */
        String model() {
            return endpoint.wireModel() == null ? card.id() : endpoint.wireModel();
        }

        /** Null if this kind of server has no such path. */
        @Nullable
        String path(String purpose) {
            if (model().equals(".") || model().equals("..")) {
                // As a piece of a path they would lead elsewhere.
                throw refused(model() + "은(는) 모델 이름이 될 수 없습니다.", model() + " cannot be the name of a model.");
            }
            return endpoint.path(purpose, model());
        }

        String path(String purpose, String usual) {
            String path = path(purpose);
            return path == null ? usual : path;
        }

        /** The judged texts, as many as were given: an answer for another number could not be told apart. */
        List<String> texts() {
            List<String> texts = new ArrayList<>(messages.size());
            for (ChatMessage message : judged.messages()) {
                if (message instanceof UserMessage user && user.hasSingleText()) {
                    texts.add(user.singleText());
                }
            }
            if (texts.size() != messages.size() || judged.messages().size() != messages.size()) {
                throw policyError(
                        "가드가 글의 수나 종류를 바꿨습니다. 채팅이 아닌 호출에서는 글의 내용만 바꿀 수 있습니다.",
                        "A guard changed the number or the kind of the texts; in a call that is no chat it may change their words only.",
                        "Guard가 받은 메시지마다 UserMessage 하나를 돌려주게 하세요.",
                        "Let the Guard give one UserMessage for each that it gets.");
            }
            return texts;
        }

        /** Posts one JSON object and reads the reply, within the bounds of every reply. */
        void post(String path, Writing writing, PlainReply.Reading reading) {
            Buffer body = new Buffer();
            try (JsonGenerator json = PlainReply.writer(body.outputStream())) {
                json.writeStartObject();
                writing.write(json);
                json.writeEndObject();
            } catch (IOException e) {
                throw new IllegalStateException("the request cannot be written as JSON", e);
            }
            post(path, body, reading);
        }

        void post(String path, Buffer body, PlainReply.Reading reading) {
            gaon.http().post(call, endpoint, judged, path, body, in -> PlainReply.read(in, reading));
        }

        /** Embeds the texts in this process. */
        void embedHere(Embedding[] vectors) {
            texts();
            used(gaon.llama().embed(call, endpoint, judged, vectors));
        }

        /** The body of a chat with these messages, as the endpoint's dialect writes it. */
        Buffer chat() {
            Buffer body = new Buffer();
            try {
                gaon.http().dialect(endpoint).encode(judged, card, endpoint, false, body.outputStream());
            } catch (IOException e) {
                throw new IllegalStateException("the request cannot be written as JSON", e);
            }
            return body;
        }

        /** Adds to the tokens of this call. */
        void used(@Nullable TokenUsage more) {
            if (more != null) {
                usage = usage == null ? more : usage.add(more);
            }
        }

        /** Says of a reply that could be read that it is no answer to the request. */
        CallFailure wrong(String ko, String en) {
            return wrong(
                    ko,
                    en,
                    "엔드포인트가 이 모델의 것인지, 서버의 종류(dialect)가 맞는지 확인하세요.",
                    "Check that the endpoint serves this model and that the kind of server (dialect) is right.");
        }

        CallFailure wrong(String ko, String en, String fixKo, String fixEn) {
            return CallFailure.kind("unexpected-reply")
                    .at(endpoint)
                    .phase("reply")
                    .sent(true)
                    .message(ko, en)
                    .fix(fixKo, fixEn)
                    .build();
        }
    }
}
