package dev.gaon;

import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The moderation of one text. */
final class ModerationCall extends PlainCall {

    /** Of a text CLOVA's filter reads no more. */
    private static final int FILTERED = 500;

    /** Room for {@link #FILTERED} characters to be said again. */
    private static final int REPEATED = 1_024;

    /** The filter reads what a model writes, so the model is made to write the text. */
    private static final String REPEAT = "사용자가 보낸 글을 한 글자도 바꾸지 말고 그대로 다시 쓰세요. 다른 말은 덧붙이지 마세요.";

    private final Map<String, Object> categories = new TreeMap<>();
    private boolean flagged;

    ModerationCall(ModelCard card, Gaon gaon, String text) {
        super(card, gaon, messages(List.of(text)));
    }

    boolean flagged() {
        return flagged;
    }

    /** The worst score of each category. */
    Map<String, Object> categories() {
        return Map.copyOf(categories);
    }

    @Override
    void ask(Server server) {
        categories.clear();
        flagged = false;
        String text = server.texts().get(0);
        if (!server.isClova()) {
            openAi(server, text);
            return;
        }
        for (String piece : TextPieces.of(text, FILTERED)) {
            if (!flagged && !piece.isBlank()) {
                clova(server, piece);
            }
        }
    }

    private void openAi(Server server, String text) {
        boolean[] judged = {false};
        server.post(
                server.path("moderations", "/moderations"),
                json -> {
                    json.writeStringField("model", server.model());
                    json.writeStringField("input", text);
                },
                reply -> reply.object(name -> {
                    if (name.equals("results")) {
                        reply.array(place -> judged[0] |= result(reply));
                    } else {
                        reply.skip();
                    }
                }));
        if (!judged[0]) {
            throw undecided(server);
        }
    }

    /** False if it says nothing of whether the text is flagged. */
    private boolean result(PlainReply reply) throws IOException {
        boolean[] judged = {false};
        reply.object(name -> {
            switch (name) {
                case "flagged" -> {
                    judged[0] = true;
                    flagged |= reply.bool();
                }
                case "category_scores" -> reply.object(category -> categories.put(category, reply.number()));
                default -> reply.skip();
            }
        });
        return judged[0];
    }

    private void clova(Server server, String piece) {
        StringBuilder written = new StringBuilder();
        boolean[] judged = {false, true};
        server.post(
                server.path("chat", "/v3/chat-completions/" + server.model()),
                json -> {
                    json.writeArrayFieldStart("messages");
                    for (List<String> message : List.of(List.of("system", REPEAT), List.of("user", piece))) {
                        json.writeStartObject();
                        json.writeStringField("role", message.get(0));
                        json.writeStringField("content", message.get(1));
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    // Models that think have another name for the limit, and repeating needs no thought.
                    boolean thinks = card.thinkingLevels().contains("none");
                    json.writeNumberField(thinks ? "maxCompletionTokens" : "maxTokens", REPEATED);
                    if (thinks) {
                        json.writeObjectFieldStart("thinking");
                        json.writeStringField("effort", "none");
                        json.writeEndObject();
                    }
                    json.writeNumberField("temperature", 0.1);
                    json.writeNumberField("repetitionPenalty", 1.0);
                    json.writeBooleanField("includeAiFilters", true);
                },
                reply -> reply.result(name -> {
                    switch (name) {
                        case "message" ->
                            reply.object(field -> {
                                if (field.equals("content") && reply.isText()) {
                                    written.append(reply.text());
                                } else {
                                    reply.skip();
                                }
                            });
                        case "aiFilter" -> {
                            if (reply.isArray()) {
                                reply.array(place -> {
                                    judged[0] = true;
                                    judged[1] &= filter(reply);
                                });
                            } else {
                                reply.skip();
                            }
                        }
                        case "usage" -> server.used(usage(reply));
                        default -> reply.skip();
                    }
                }));
        // Words before the text would have pushed its end out of what the filter reads.
        boolean repeated = squeezed(written.toString()).startsWith(squeezed(piece));
        boolean all = judged[0] && judged[1] && repeated;
        if (!flagged && !all) {
            throw undecided(server);
        }
    }

    /** False if the filter failed. Scores: 0 most likely bad, 1, 2 least likely. */
    private boolean filter(PlainReply reply) throws IOException {
        String[] said = {"", "", "", ""};
        reply.object(field -> {
            switch (field) {
                case "groupName" -> said[0] = reply.text();
                case "name" -> said[1] = reply.text();
                case "score" -> said[2] = reply.text();
                case "result" -> said[3] = reply.text();
                default -> reply.skip();
            }
        });
        if (!said[3].equals("OK") || !said[2].matches("[012]")) {
            return false;
        }
        int score = Integer.parseInt(said[2]);
        flagged |= score == 0;
        categories.merge(said[0] + "." + said[1], score, (a, b) -> Math.min((Integer) a, (Integer) b));
        return true;
    }

    private static TokenUsage usage(PlainReply reply) throws IOException {
        Integer[] counts = new Integer[3];
        reply.object(name -> {
            switch (name) {
                case "promptTokens" -> counts[0] = reply.integer();
                case "completionTokens" -> counts[1] = reply.integer();
                case "totalTokens" -> counts[2] = reply.integer();
                default -> reply.skip();
            }
        });
        return new TokenUsage(counts[0], counts[1], counts[2]);
    }

    /** White space aside, which models do not repeat faithfully. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    /** Nothing was found wrong, but not all was looked at, and that is not the same as being fit. */
    private static CallFailure undecided(Server server) {
        return server.wrong(
                "유해성 검사가 글을 다 보지 못했습니다. 괜찮은 글이라고 할 수 없습니다.",
                "The moderation did not look at all of the text, so it cannot be called fit.",
                "사람이 확인하거나 다른 모델로 다시 검사하세요.",
                "Let a person look at it, or try another model.");
    }
}
