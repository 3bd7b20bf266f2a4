package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.GaonParameters.Thinking;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quirks that are no whole scenario; each test is named after its quirk. */
class QuirksTest {

    private static final String DONE = "data: [DONE]\n\n";

    private static Gaon gaon(ReplayServer server, String kind, String model) {
        return Gaon.builder()
                .environment(name -> null)
                .limits(Limits.DEFAULT.withAttempts(1))
                .endpoint(model, Endpoint.of(server.url()).withDialect(kind))
                .build();
    }

    private static ChatRequest asking(GaonParameters.Builder parameters) {
        return ChatRequest.builder()
                .messages(UserMessage.from("?"))
                .parameters(parameters.build())
                .build();
    }

    private static ChatResponse streamed(String kind, String model, String... events) {
        try (ReplayServer server = ReplayServer.events(String.join("", events));
                Gaon gaon = gaon(server, kind, model)) {
            return gaon.chat(model)
                    .start(asking(GaonParameters.builder()))
                    .future()
                    .join();
        }
    }

    private static String delta(String delta, String finish) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }

    @ParameterizedTest
    @CsvSource({
        "X-Request-Id, vllm",
        "X-NCP-CLOVASTUDIO-REQUEST-ID, clova-compat",
        "request-id, vllm",
    })
    void theRequestIdIsReadUnderEachVendorsName(String header, String kind) {
        byte[] reply = ("HTTP/1.1 400 X\r\nContent-Length: 2\r\nConnection: close\r\n" + header + ": lcnv-77\r\n\r\n{}")
                .getBytes(StandardCharsets.US_ASCII);
        try (ReplayServer server = ReplayServer.playing(reply);
                Gaon gaon = Gaon.builder()
                        .environment(name -> "CLOVASTUDIO_API_KEY".equals(name) ? "nv-0" : null)
                        .endpoint(
                                "m", Endpoint.of(server.url()).withDialect(kind).withWireModel("m"))
                        .credential(server.url(), Credential.of("k"))
                        .build()) {
            Throwable error = catchThrowable(() -> gaon.chat("m").chat("?"));
            assertThat(CallFailure.of(error).orElseThrow().requestId()).isEqualTo("lcnv-77");
            assertThat(gaon.recentRecords().get(0).attempts().get(0).requestId())
                    .isEqualTo("lcnv-77");
        }
    }

    @Test // solar-open2 in streams, July and August 2026
    void aToolCallWithoutANameIsLeftOut() {
        ChatResponse response = streamed(
                "vllm",
                "m",
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"\",\"arguments\":\"{}\"}}]}",
                        "null"),
                delta(
                        "{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}",
                        "null"),
                delta("{}", "\"tool_calls\""),
                DONE);
        assertThat(response.aiMessage().toolExecutionRequests()).singleElement().satisfies(call -> {
            assertThat(call.name()).isEqualTo("f");
            assertThat(call.id()).isEqualTo("b");
        });
        assertThat(((GaonResponseMetadata) response.metadata()).notices()).containsExactly("tool-call-without-name");
    }

    @ParameterizedTest // servers that run without the model's tool parser
    @ValueSource(
            strings = {
                "<tool_call>\\n<function=get_weather>\\n<parameter=city>\\n부산\\n</parameter>\\n</function>\\n</tool_call>",
                "<tool_call>get_weather\\n<arg_key>city</arg_key><arg_value>부산</arg_value></tool_call>",
                " -> tool/function_call\\n[{\\\"name\\\":\\\"get_weather\\\",\\\"arguments\\\":{}}]"
            })
    void aToolCallWrittenAsTextStaysText(String text) {
        ChatResponse response = streamed(
                "vllm",
                "k-exaone-2.0-750b-a37b",
                delta("{\"content\":\"" + text + "\"}", "null"),
                delta("{}", "\"stop\""),
                DONE);
        assertThat(response.aiMessage().text())
                .isEqualTo(text.replace("\\n", "\n").replace("\\\"", "\""));
        assertThat(response.aiMessage().hasToolExecutionRequests()).isFalse();
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test // Triton beyond 128 KiB
    void aToolCallThatIsCutSaysSo() {
        String half = "{\\\"text\\\":\\\"" + "가".repeat(1000);
        ChatResponse response = streamed(
                "triton",
                "m",
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\""
                                + half + "\"}}]}",
                        "null"),
                delta("{\"content\":\"\",\"tool_calls\":null}", "\"length\""),
                DONE);
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.aiMessage().toolExecutionRequests().get(0).arguments())
                .isEqualTo(half.replace("\\\"", "\""));
    }

    @Test
    void aServersOwnFieldsGoInUnderTheirOwnNames() throws Exception {
        Map<String, Object> own = Map.of(
                "parse_reasoning", true,
                "structured_outputs", Map.of("choice", List.of("가", "나")),
                "vllm_xargs", Map.of("solar_open2_reasoning_budget", 1000),
                "extra_body", Map.of("chat_template_kwargs", Map.of("thinking", true)));
        try (ReplayServer server = ReplayServer.json(200, Wire.whole("가"));
                Gaon gaon = gaon(server, "omniserve", "hyperclovax-seed-think-32b")) {
            gaon.chat("hyperclovax-seed-think-32b")
                    .chat(asking(GaonParameters.builder().extraBody(own)));
            JsonNode body = Transcript.JSON.readTree(server.only().body());
            own.forEach((name, value) -> assertThat(body.get(name)).isEqualTo(Transcript.JSON.valueToTree(value)));
        }
    }

    @Test // Triton's front end forbids chat_template_kwargs and reasoning_effort
    void aThinkingSwitchThatAServerForbidsIsRefused() {
        try (ReplayServer server = ReplayServer.json(200, Wire.whole("가"));
                Gaon gaon = gaon(server, "triton", "k-exaone-236b-a23b")) {
            for (Thinking level : List.of(Thinking.NONE, Thinking.HIGH)) {
                assertThat(catchThrowable(() -> gaon.chat("k-exaone-236b-a23b")
                                .chat(asking(GaonParameters.builder().thinking(level)))))
                        .isInstanceOf(UnsupportedFeatureException.class)
                        .hasMessageContaining("chat_template_kwargs");
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void theFieldOfTheBudgetIsNoExtraWhateverItIsCalled(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("words.json"), "{\"id\": \"words\", \"quirks\": {\"maxTokensField\": \"max_words\"}}");
        try (ReplayServer server = ReplayServer.json(200, "{}");
                Gaon gaon = Gaon.builder()
                        .catalogue(file)
                        .endpoint("m", Endpoint.of(server.url()).withDialect("words"))
                        .build()) {
            GaonParameters.Builder both = GaonParameters.builder().extraBody(Map.of("max_words", 9));
            both.maxOutputTokens(5);
            Throwable error = catchThrowable(() -> gaon.chat("m").chat(asking(both)));
            assertThat(error).isInstanceOf(UnsupportedFeatureException.class).hasMessageContaining("maxOutputTokens");
            assertThat(server.requests()).isEmpty();
        }
    }
}
