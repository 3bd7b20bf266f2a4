package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.TokenCountEstimator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest extends PlainCase {

    private static final List<ChatMessage> CHAT = List.of(SystemMessage.from("짧게 답하세요."), UserMessage.from("안녕 Hello"));

    private static Recording recorded(String name) {
        return Recording.all().stream()
                .filter(one -> one.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void vllmCountsATextAndAChat() throws Exception {
        RawServer server = answering(
                "{\"count\":3,\"max_model_len\":4096,\"tokens\":[1,2,3],\"token_strs\":null}",
                "{\"count\":19,\"max_model_len\":4096,\"tokens\":[1,2],\"token_strs\":null}");
        TokenCountEstimator tokens = serving("m", as("vllm", server)).tokens("m");
        assertThat(tokens.estimateTokenCountInText("안녕 Hello")).isEqualTo(3);
        assertThat(tokens.estimateTokenCountInMessages(CHAT)).isEqualTo(19);
        assertThat(path(server, 0)).isEqualTo("/tokenize");
        assertThat(sent(server, 0)).isEqualTo(JSON.readTree("{\"model\":\"m\",\"prompt\":\"안녕 Hello\"}"));
        assertThat(sent(server, 1))
                .isEqualTo(
                        JSON.readTree(
                                "{\"model\":\"m\",\"messages\":["
                                        + "{\"role\":\"system\",\"content\":\"짧게 답하세요.\"},{\"role\":\"user\",\"content\":\"안녕 Hello\"}]}"));
        assertThat(ledger.closed).hasSize(2).allMatch(record -> record.state().equals("ok"));
        assertThat(tokens.toString()).contains("TokenCounts", server.url());
    }

    /** The recorded exchanges of a real server. */
    @Test
    void llamaCppCountsATextAndAChatByItsTemplate() throws Exception {
        String counted = new String(recorded("tokenize").replyBody, java.nio.charset.StandardCharsets.UTF_8);
        String rendered = new String(recorded("apply_template").replyBody, java.nio.charset.StandardCharsets.UTF_8);
        RawServer server = answering(counted, rendered, "{\"tokens\":[1,2,3,4,5,6,7]}");
        TokenCountEstimator tokens = serving("m", as("llama-cpp", server)).tokens("m");
        assertThat(tokens.estimateTokenCountInText("안녕 Hello")).isEqualTo(3);
        assertThat(path(server, 0)).isEqualTo("/tokenize");
        assertThat(sent(server, 0).path("content").asText()).isEqualTo("안녕 Hello");

        assertThat(tokens.estimateTokenCountInMessage(UserMessage.from("hi"))).isEqualTo(7);
        assertThat(path(server, 1)).isEqualTo("/apply-template");
        assertThat(sent(server, 1).at("/messages/0/content").asText()).isEqualTo("hi");
        assertThat(sent(server, 2).path("content").asText())
                .isEqualTo(JSON.readTree(rendered).path("prompt").asText())
                .contains("<|im_start|>assistant");
    }

    @Test
    void friendliCountsATextAndAChatAsItRendersIt() throws Exception {
        RawServer server = answering("{\"tokens\":[1,2,3,4]}", "{\"text\":\"[|user|]안녕\"}", "{\"tokens\":[1,2,3,4,5]}");
        TokenCountEstimator tokens = serving(
                        "m", as("friendli-serverless", server).withWireModel("dep1"))
                .tokens("m");
        assertThat(tokens.estimateTokenCountInText("안녕하세요")).isEqualTo(4);
        assertThat(tokens.estimateTokenCountInMessage(UserMessage.from("안녕"))).isEqualTo(5);
        assertThat(path(server, 0)).isEqualTo("/v1/tokenize");
        assertThat(path(server, 1)).isEqualTo("/v1/chat/render");
        assertThat(sent(server, 1).path("model").asText()).isEqualTo("dep1");
        assertThat(sent(server, 2).path("prompt").asText()).isEqualTo("[|user|]안녕");
    }

    @Test
    void tgiGivesBareListsOfTokens() throws Exception {
        RawServer server = answering(
                "[{\"id\":1,\"text\":\"안\",\"start\":0,\"stop\":1},{\"id\":2,\"text\":\"녕\",\"start\":1,\"stop\":2}]",
                "{\"tokenize_response\":[{\"id\":1,\"text\":\"a\",\"start\":0,\"stop\":1}],\"templated_text\":\"a\"}");
        TokenCountEstimator tokens = serving("m", as("tgi", server)).tokens("m");
        assertThat(tokens.estimateTokenCountInText("안녕")).isEqualTo(2);
        assertThat(tokens.estimateTokenCountInMessage(UserMessage.from("a"))).isEqualTo(1);
        assertThat(sent(server, 0).path("inputs").asText()).isEqualTo("안녕");
        assertThat(path(server, 1)).isEqualTo("/chat_tokenize");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'messages':[{'role':'system','content':[{'type':'text','text':'짧게','count':4}]},"
                        + "{'role':'user','content':[{'type':'text','text':'안녕','count':5},{'type':'text','count':2}]}],"
                        + "'tools':{'count':0}} | 11",
                "{'messages':[{'role':'system','content':{'type':'text','count':4}},{'role':'user','content':{'count':5}}]} | 9",
                "{'messages':[{'role':'system','content':'짧게','count':6},{'role':'user','content':'안녕','count':7}]} | 13"
            })
    void clovaCountsEachMessageWhereverItPutsTheCount(String result, int sum) throws Exception {
        RawServer server = answering(enveloped(result.replace('\'', '"')));
        assertThat(serving("hcx-005", clova(server)).tokens("hcx-005").estimateTokenCountInMessages(CHAT))
                .isEqualTo(sum);
        assertThat(path(server, 0)).isEqualTo("/v3/api-tools/chat-tokenize/HCX-005");
        assertThat(sent(server, 0))
                .isEqualTo(
                        JSON.readTree(
                                "{\"messages\":["
                                        + "{\"role\":\"system\",\"content\":\"짧게 답하세요.\"},{\"role\":\"user\",\"content\":\"안녕 Hello\"}]}"));
    }

    @Test
    void clovaCountsTheInputOfAnEmbedding() throws Exception {
        RawServer server = answering(enveloped("{\"numTokens\":12}"));
        assertThat(serving("bge-m3", clova(server)).tokens("bge-m3").estimateTokenCountInText("안녕하세요"))
                .isEqualTo(12);
        assertThat(path(server, 0)).isEqualTo("/v1/api-tools/embedding/v2/tokenize");
        assertThat(sent(server, 0).toString()).isEqualTo("{\"text\":\"안녕하세요\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[{\"role\":\"system\",\"content\":{\"count\":4}}]}",
                "{\"messages\":[{\"role\":\"system\",\"content\":{\"count\":4}},{\"role\":\"user\",\"content\":\"x\"}]}",
                "{\"messages\":[]}",
                "{}"
            })
    void aMessageThatWasNotCountedIsAnError(String result) {
        TokenCountEstimator tokens =
                serving("hcx-005", clova(answering(enveloped(result)))).tokens("hcx-005");
        failing("unexpected-reply", () -> tokens.estimateTokenCountInMessages(CHAT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"tokens\":null}", "{\"text\":\"x\"}"})
    void aReplyWithoutACountIsAnErrorAndNoEstimate(String reply) {
        TokenCountEstimator tokens = serving("m", as("vllm", answering(reply))).tokens("m");
        failing("unexpected-reply", () -> tokens.estimateTokenCountInText("글"));
    }

    @Test
    void nothingIsCountedWithoutACall() {
        RawServer server = answering("{}");
        TokenCountEstimator tokens = serving("m", as("vllm", server)).tokens("m");
        assertThat(tokens.estimateTokenCountInText("")).isZero();
        assertThat(tokens.estimateTokenCountInMessages(List.of())).isZero();
        assertThat(server.requests()).isZero();
    }

    @Test
    void clovaCountsAToolCallAsItsChatWouldSendIt() throws Exception {
        RawServer server = answering(enveloped("{\"messages\":[{\"role\":\"assistant\",\"content\":{\"count\":9}}]}"));
        AiMessage call = AiMessage.from(ToolExecutionRequest.builder()
                .id("c1")
                .name("f")
                .arguments("{\"a\":1}")
                .build());
        assertThat(serving("hcx-005", clova(server)).tokens("hcx-005").estimateTokenCountInMessage(call))
                .isEqualTo(9);
        assertThat(sent(server, 0)
                        .at("/messages/0/toolCalls/0/function/arguments/a")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aGuardSeesMessagesInTheirRolesAndWhatItWritesIsCounted() throws Exception {
        RawServer server = answering("{\"count\":19}");
        Guard masking = rewriting(messages -> {
            assertThat(messages).isEqualTo(CHAT);
            return List.of(messages.get(0), UserMessage.from("가림"));
        });
        gaon(b -> b.endpoint("m", as("vllm", server)).guard(masking))
                .tokens("m")
                .estimateTokenCountInMessages(CHAT);
        assertThat(sent(server, 0).at("/messages/1/content").asText()).isEqualTo("가림");
    }

    @ParameterizedTest
    @ValueSource(strings = {"solar-pro3", "hcx-007", "clir-emb-dolphin", "embedded-extractive", "k-exaone-236b-a23b"})
    void aModelThatNobodyCountsForIsEstimatedAndNothingIsSent(String id) {
        TokenCountEstimator tokens = gaon(b -> b).tokens(id);
        assertThat(tokens.toString()).contains("TokenEstimate");
        int one = tokens.estimateTokenCountInMessage(UserMessage.from("안녕하세요"));
        assertThat(one).isGreaterThan(tokens.estimateTokenCountInText("안녕하세요"));
        assertThat(tokens.estimateTokenCountInMessages(List.of(UserMessage.from("안녕하세요"), UserMessage.from("안녕하세요"))))
                .isGreaterThan(2 * one)
                .isLessThan(2 * one + 10);
        assertThat(tokens.estimateTokenCountInMessage(ToolExecutionResultMessage.from("1", "f", "결과")))
                .isPositive();
        assertThat(tokens.estimateTokenCountInText("")).isZero();
        assertThat(ledger.opened).isEmpty();
    }

    @Test
    void anUnknownModelIsNamed() {
        Gaon gaon = gaon(b -> b);
        failing("unknown-model", () -> gaon.tokens("hcx-0077"));
    }
}
