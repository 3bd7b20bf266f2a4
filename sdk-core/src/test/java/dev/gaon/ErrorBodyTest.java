package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers say of an error, in the shapes they are documented to use, and what of it reaches the user. */
class ErrorBodyTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "OpenAI | {'error':{'message':'boom','type':'t','param':null,'code':'c'}} | c | boom",
                "OpenAI without code | {'error':{'message':'boom','type':'t','code':null}} | t | boom",
                "vLLM, llama.cpp: a number | {'error':{'code':503,'message':'boom','type':'t'}} | 503 | boom",
                "SGLang | {'object':'error','message':'boom','type':'t','param':null,'code':400} | 400 | boom",
                "CLOVA | {'status':{'code':'40001','message':'boom'},'result':null} | 40001 | boom",
                "FastAPI, Triton | {'detail':'boom'} | | boom",
                "FastAPI, a list | {'detail':[{'loc':['body','x'],'msg':'boom','type':'missing'}]} | | boom",
                "FastAPI, an object | {'detail':{'error':'c','message':'boom'}} | | boom",
                "FastAPI, nothing | {'detail':null} | | ''",
                "TGI | {'error':'boom','error_type':'validation'} | validation | boom",
                "open inference protocol | {'error':'boom'} | | boom",
                "Upstage | {'message':'boom'} | | boom",
                "plain text | boom | | boom",
                "broken JSON | {'error':{'message':'boo | | {'error':{'message':'boo",
                "a list | ['boom'] | | ['boom']",
                "an object for a text | {'error':{'message':{'a':1}}} | | ''",
                "nothing said | {} | | ''"
            })
    void allShapesAreRead(String who, String body, String code, String message) {
        ErrorBody read = ErrorBody.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        assertThat(read.code()).isEqualTo(code);
        assertThat(read.message()).isEqualTo(message.equals("''") ? "" : message.replace('\'', '"'));
    }

    @Test
    void nothingAtAllIsRead() {
        assertThat(ErrorBody.read(new byte[0])).isEqualTo(new ErrorBody(null, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"cannot answer 내 주민번호는 비밀입니다 with key sk-s3cret!\\n\\u202e\",\"code\":400}}",
                "{\"detail\":\"내 주민번호는 비밀입니다 sk-s3cret! was refused\\r\\nX: y\"}",
                "내 주민번호는 비밀입니다: sk-s3cret!\u0007"
            })
    void neitherPromptNorKeyNorControlCharactersComeThrough(String body) {
        try (ReplayServer server = ReplayServer.json(400, body);
                Gaon gaon = Gaon.builder()
                        .endpoint("m", Endpoint.of(server.url()))
                        .credential(server.url() + "/", Credential.of("sk-s3cret!"))
                        .build()) {
            ChatRequest request = ChatRequest.builder()
                    .messages(UserMessage.from("내 주민번호는 비밀입니다"))
                    .build();
            Throwable error = catchThrowable(() -> gaon.chat("m").chat(request));
            assertThat(CallFailure.of(error).orElseThrow().kind()).isEqualTo("invalid-request");
            assertThat(error.toString())
                    .doesNotContain("주민번호", "비밀", "s3cret", "\n", "\r", "\u202e", "\u0007")
                    .contains("***");
            assertThat(server.only().headers().get("authorization")).isEqualTo("Bearer sk-s3cret!");
        }
    }

    @Test
    void anErrorInsideAStreamIsCleanedTooAndKeepsWhatCame() {
        String stream = "data: {\"choices\":[{\"delta\":{\"content\":\"네,\"}}]}\n\n"
                + "data: {\"error\":{\"message\":\"lost: 내 주민번호는 비밀입니다\",\"code\":500}}\n\ndata: [DONE]\n\n";
        try (ReplayServer server = ReplayServer.events(stream);
                Gaon gaon =
                        Gaon.builder().endpoint("m", Endpoint.of(server.url())).build()) {
            ChatRequest request = ChatRequest.builder()
                    .messages(UserMessage.from("내 주민번호는 비밀입니다"))
                    .build();
            Throwable error =
                    catchThrowable(() -> gaon.chat("m").start(request).future().join());
            CallFailure failure = CallFailure.of(error).orElseThrow();
            assertThat(failure.kind()).isEqualTo("provider-error");
            assertThat(failure.providerCode()).isEqualTo("500");
            assertThat(failure.partialText()).isEqualTo("네,");
            assertThat(failure.toString()).contains("lost: ***").doesNotContain("비밀");
            assertThat(server.requests()).hasSize(1);
        }
    }

    /** An address may be signed, and an image or a thought is as much of the prompt as its words. */
    @Test
    void neitherImagesNorThoughtsComeThrough() {
        String signed = "https://files.example/scan.png?signature=c2VjcmV0LXNpZ25hdHVyZQ";
        String pixels = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ";
        String thought = "체납 내역부터 살펴봐야겠다";
        String body = "{\"error\":{\"message\":\"bad: " + signed + " or data:image/png;base64," + pixels + " or "
                + thought + "\"}}";
        try (ReplayServer server = ReplayServer.json(400, body);
                Gaon gaon =
                        Gaon.builder().endpoint("m", Endpoint.of(server.url())).build()) {
            ChatRequest request = ChatRequest.builder()
                    .messages(
                            AiMessage.builder().text("네").thinking(thought).build(),
                            UserMessage.from(ImageContent.from(signed), ImageContent.from(pixels, "image/png")))
                    .build();
            Throwable error = catchThrowable(() -> gaon.chat("m").chat(request));
            assertThat(error.toString())
                    .contains("bad: ***", "***")
                    .doesNotContain("signature", "iVBORw0KGgo", "체납 내역");
        }
    }
}
