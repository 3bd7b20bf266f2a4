package dev.gaon.examples.cli;

import dev.gaon.ChatCall;
import dev.gaon.ChatDelta;
import dev.gaon.Credential;
import dev.gaon.Endpoint;
import dev.gaon.Gaon;
import dev.gaon.GaonChatModel;
import dev.gaon.GaonParameters;
import dev.gaon.GaonResponseMetadata;
import dev.gaon.RecordSink;
import dev.gaon.gov.license.LicenseAudit;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.rag.LicensedDocuments;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code gaon chat}: one question, one answer. */
@Command(
        name = "chat",
        header = "질문 하나에 답 하나 / one question, one answer",
        descriptionHeading = "%n",
        description = {
            "질문 하나에 답을 받습니다. 모델을 고르지 않으면 내장 추출 엔진이 문서를 인용해 답하고 아무것도 보내지 않습니다.",
            "One question, one answer. With no model chosen the embedded engine quotes documents and nothing is sent."
        },
        optionListHeading = "%n옵션 / Options:%n",
        footer = {
            "",
            "예 / Examples:",
            "  gaon chat 공공누리 제1유형의 조건은?",
            "  gaon chat --docs ./규정 연차는 며칠인가요",
            "  UPSTAGE_API_KEY=... gaon chat --model solar-pro4 --stream \"안녕하세요\"",
            "  gaon chat --endpoint http://127.0.0.1:8080/v1 \"Hello\"",
            "  cat question.txt | gaon chat -"
        })
final class ChatCommand implements Callable<Integer> {

    private static final String EMBEDDED = "embedded-extractive";

    @ParentCommand
    private GaonCommand gaon;

    @Option(
            names = "--model",
            paramLabel = "ID",
            description = {
                "모델 (기본: GAON_MODEL, 없으면 " + EMBEDDED + ")",
                "model (default: GAON_MODEL, else " + EMBEDDED + ")"
            })
    private @Nullable String model;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = {
                "직접 띄운 서버의 주소, /v1까지; 이 주소로만 보냅니다",
                "your own server, up to and including /v1; nothing goes elsewhere"
            })
    private @Nullable String endpoint;

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description = {
                "그 서버의 형식: openai(기본), vllm, sglang, llama-cpp ...",
                "its wire format or kind: openai (default), vllm, sglang, llama-cpp ..."
            })
    private @Nullable String dialect;

    @Option(
            names = "--key-env",
            paramLabel = "NAME",
            description = {"그 서버의 키가 든 환경 변수의 이름", "environment variable that holds its key"})
    private @Nullable String keyVariable;

    @Option(
            names = "--docs",
            paramLabel = "DIR",
            description = {
                "내장 엔진이 인용할 폴더 (.txt .md .html .pdf); license를 적은 .md는 그 조건이 허락해야 인용합니다",
                "folder for the embedded engine to quote (.txt .md .html .pdf); an .md that states a license is quoted only as its"
                        + " terms allow"
            })
    private @Nullable String docs;

    @Option(
            names = "--stream",
            description = {"오는 대로 보여 줍니다", "show the answer as it comes"})
    private boolean stream;

    @Option(
            names = "--json",
            description = {"답, 인용, 사용량, 시간을 JSON 문서 하나로", "answer, citations, usage and timings as one JSON document"})
    private boolean json;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = {
                "호출 기록을 JSON 줄로 덧붙입니다 (질문과 답의 글은 없음)",
                "append the call's record as JSON lines (no prompt, no answer text)"
            })
    private @Nullable String record;

    @Parameters(
            arity = "1..*",
            paramLabel = "PROMPT",
            description = {"질문; -이면 표준 입력", "the question; - reads standard input"})
    private List<String> words;

    @Override
    public Integer call() throws IOException {
        Terminal terminal = gaon.terminal();
        checkOptions();
        String prompt = Prompt.read(words, terminal);
        Gaon.Builder builder = Gaon.builder();
        if (docs != null) {
            builder.documents(DocsFolder.checked(Arguments.path(docs), docs, terminal))
                    .documentRule(LicensedDocuments.stated(
                            LicenseAudit.by(LicenseTerms.bundled()), LocalDate.now(ZoneId.of("Asia/Seoul"))));
            model = EMBEDDED;
        }
        Endpoint own = endpoint == null ? null : ownEndpoint(endpoint);
        if (own != null) {
            model = model == null ? "default" : model;
            builder.endpoint(model, own);
        }
        try (RecordSink sink = record == null ? null : RecordSink.jsonLines(Arguments.path(record))) {
            if (sink != null) {
                builder.records(sink);
            }
            try (Gaon client = builder.build()) {
                GaonChatModel chat = model == null ? client.chat() : client.chat(model);
                if (own != null) {
                    chat = chat.with(
                            GaonParameters.builder().endpoint(own.uri()).build());
                }
                ask(client, chat, prompt, terminal);
            }
        }
        return 0;
    }

    private void checkOptions() {
        if (endpoint == null && (dialect != null || keyVariable != null)) {
            throw Failure.wrongUse(
                    "wrong-use",
                    new Text(
                            "--dialect와 --key-env는 --endpoint와 함께 씁니다.", "--dialect and --key-env go with --endpoint."),
                    new Text("예: --endpoint http://127.0.0.1:8080/v1", "Example: --endpoint http://127.0.0.1:8080/v1"));
        }
        boolean embedded = model == null || model.equals(EMBEDDED);
        if (docs != null && (endpoint != null || !embedded)) {
            throw Failure.wrongUse(
                    "wrong-use",
                    new Text(
                            "--docs는 내장 엔진(" + EMBEDDED + ")이 읽습니다. 다른 모델과 함께 쓸 수 없습니다.",
                            "--docs is read by the embedded engine (" + EMBEDDED
                                    + ") and does not go with another model."),
                    new Text("--docs나 --model·--endpoint를 빼세요.", "Leave out --docs, or --model and --endpoint."));
        }
        if (endpoint != null && model != null && embedded) {
            throw Failure.wrongUse(
                    "wrong-use",
                    new Text(
                            EMBEDDED + "는 이 프로세스 안에서 돌아 주소가 없습니다.",
                            EMBEDDED + " runs in this process and has no address."),
                    new Text("--model이나 --endpoint를 빼세요.", "Leave out --model or --endpoint."));
        }
    }

    private Endpoint ownEndpoint(String address) {
        Endpoint own;
        try {
            own = Endpoint.of(address);
        } catch (IllegalArgumentException e) {
            throw Failure.wrongUse("bad-endpoint", e);
        }
        if (keyVariable != null) {
            try {
                Credential.ofEnvironment(keyVariable);
            } catch (IllegalArgumentException e) {
                throw Failure.wrongUse("missing-key", e);
            }
            own = own.withKeyVariable(keyVariable);
        }
        return dialect == null ? own : own.withDialect(dialect);
    }

    private void ask(Gaon client, GaonChatModel chat, String prompt, Terminal terminal) {
        boolean embedded = chat.card().id().equals(EMBEDDED);
        if (embedded && !json) {
            terminal.note(
                    "[" + EMBEDDED + "] 언어 모델이 아닙니다. 문서를 찾아 그대로 인용합니다.",
                    "[" + EMBEDDED + "] Not a language model: it finds documents and quotes them.");
        }
        // Ctrl-C ends the call, closes its record, and only then the process.
        Thread onInterrupt = new Thread(client::close, "gaon-interrupt");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        ChatResponse response;
        try {
            ChatRequest request =
                    ChatRequest.builder().messages(UserMessage.from(prompt)).build();
            response = stream ? streamed(chat.start(request), terminal) : whole(chat, request, terminal);
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(onInterrupt);
            } catch (IllegalStateException ignored) {
                // The process is ending and the hook runs.
            }
        }
        if (json) {
            terminal.json(ChatJson.of(response));
        } else {
            footer(chat.card().id(), (GaonResponseMetadata) response.metadata(), terminal);
        }
    }

    private ChatResponse whole(GaonChatModel chat, ChatRequest request, Terminal terminal) {
        ChatResponse response = await(chat.chatAsync(request));
        if (!json) {
            String text = response.aiMessage().text();
            terminal.out().println(Terminal.printable(text == null ? "" : text));
        }
        return response;
    }

    private ChatResponse streamed(ChatCall call, Terminal terminal) {
        PrintStream out = terminal.out();
        boolean thinking = false;
        boolean begun = false;
        try (call) {
            for (ChatDelta delta : call) {
                if (json) {
                    continue;
                }
                if (delta instanceof ChatDelta.Thinking && !thinking) {
                    thinking = true;
                    terminal.note("(생각하는 중)", "(thinking)");
                } else if (delta instanceof ChatDelta.Text text) {
                    begun = true;
                    out.print(Terminal.printable(text.text()));
                    out.flush();
                }
            }
            return await(call.future());
        } finally {
            if (begun) {
                out.println();
            }
        }
    }

    private static ChatResponse await(java.util.concurrent.Future<ChatResponse> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw Failure.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(new java.util.concurrent.CancellationException());
        }
    }

    /** Who answered, for people. */
    private static void footer(String id, GaonResponseMetadata metadata, Terminal terminal) {
        String seconds = String.format(Locale.ROOT, "%.2f", metadata.total().toMillis() / 1000.0);
        String place = "embedded".equals(metadata.provider()) ? "" : " " + metadata.endpoint();
        terminal.note(
                "— " + id + " · " + metadata.provider() + place + " · " + seconds + "초 · 기록 " + metadata.recordId(),
                "— " + id + " · " + metadata.provider() + place + " · " + seconds + " s · record "
                        + metadata.recordId());
        if (!metadata.notices().isEmpty()) {
            terminal.note(
                    "주의: " + String.join(", ", metadata.notices()), "Note: " + String.join(", ", metadata.notices()));
        }
    }
}
