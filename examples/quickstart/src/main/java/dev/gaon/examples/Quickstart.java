package dev.gaon.examples;

import dev.gaon.CallRecord;
import dev.gaon.Citation;
import dev.gaon.Gaon;
import dev.gaon.GaonChatModel;
import dev.gaon.GaonResponseMetadata;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.SystemMessage;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Asks a question with no key and no network: once as a stream, once through LangChain4j's AiServices. */
public final class Quickstart {

    /** An ordinary LangChain4j service. */
    interface Guide {
        @SystemMessage("공공 서비스 담당자의 질문에 답합니다.")
        String ask(String question);
    }

    private Quickstart() {}

    public static void main(String[] args) {
        String first = args.length > 0 ? String.join(" ", args) : "생성형 인공지능으로 만든 결과물에는 무엇을 표시해야 하나요?";
        String second = "공공누리 제1유형은 상업적으로 이용할 수 있나요?";
        try (Gaon gaon = Gaon.create()) {
            GaonChatModel chat = gaon.chat();
            System.out.println("모델: " + chat.card().name(Locale.KOREAN) + " ("
                    + chat.card().id() + ")");

            System.out.println("\n[1] 스트리밍으로 묻기: " + first + "\n");
            ChatResponse streamed = stream(chat, first);
            GaonResponseMetadata metadata = (GaonResponseMetadata) streamed.metadata();
            for (Citation citation : metadata.citations()) {
                System.out.println("   인용한 문서: " + citation.document() + " › " + citation.section());
            }

            System.out.println("\n[2] LangChain4j AiServices로 묻기: " + second + "\n");
            Guide guide = AiServices.create(Guide.class, chat);
            System.out.println(guide.ask(second));

            System.out.println("\n[3] 두 호출의 기록 (질문과 답의 본문은 남지 않습니다)\n");
            for (CallRecord record : gaon.recentRecords()) {
                System.out.println(record.toJson());
            }
            System.out.println("\n다음: 내 문서로 묻기와 모델 연결은 README.md에 있습니다.");
        }
    }

    private static ChatResponse stream(GaonChatModel chat, String question) {
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        chat.streaming().chat(question, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                System.out.print(piece);
                System.out.flush();
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                System.out.println();
                answer.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                answer.completeExceptionally(error);
            }
        });
        return answer.join();
    }
}
