package dev.gaon;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.TokenCountEstimator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Counts tokens where the model is served: exact, at the price of a call. */
final class TokenCounts implements TokenCountEstimator {

    private final ModelCard card;
    private final Gaon gaon;

    TokenCounts(ModelCard card, Gaon gaon) {
        this.card = card;
        this.gaon = gaon;
    }

    /** Whether this endpoint counts the tokens of this model. */
    static boolean offered(ModelCard card, Endpoint endpoint) {
        if (!endpoint.dialect().equals(PlainCall.CLOVA)) {
            return endpoint.offer().paths().containsKey("tokenize");
        }
        if (!card.kind().equals("embedding")) {
            return endpoint.offer().paths().containsKey("chatTokenize");
        }
        String model = endpoint.wireModel() == null ? card.id() : endpoint.wireModel();
        String own = endpoint.path("embeddings", model);
        String tokenizer = endpoint.path("embeddingTokenize", model);
        return own != null && tokenizer != null && tokenizer.startsWith(own + "/");
    }

    @Override
    public int estimateTokenCountInText(String text) {
        return text.isEmpty() ? 0 : count(List.of(UserMessage.from(text)), true);
    }

    @Override
    public int estimateTokenCountInMessage(ChatMessage message) {
        return count(List.of(message), false);
    }

    @Override
    public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
        List<ChatMessage> all = new ArrayList<>();
        messages.forEach(all::add);
        return all.isEmpty() ? 0 : count(all, false);
    }

    private int count(List<ChatMessage> messages, boolean text) {
        Counting call = new Counting(card, gaon, messages, text);
        call.run(UnaryOperator.identity());
        return call.count;
    }

    @Override
    public String toString() {
        return "TokenCounts[" + card.id() + ", by " + card.endpoints() + "]";
    }

    private static final class Counting extends PlainCall {

        private final boolean text;
        private int count;

        /** @param text whether the words count alone, without what a chat puts around them */
        Counting(ModelCard card, Gaon gaon, List<ChatMessage> messages, boolean text) {
            super(card, gaon, messages);
            this.text = text;
        }

        @Override
        void ask(Server server) {
            count = -1;
            if (server.isClova()) {
                if (card.kind().equals("embedding")) {
                    embedding(server);
                } else {
                    clova(server);
                }
            } else if (text) {
                text(server, server.texts().get(0));
            } else if (server.path("chatTokenize") != null) {
                chat(server, server.path("chatTokenize", ""));
            } else if (server.path("render") != null) {
                text(server, rendered(server));
            } else {
                chat(server, server.path("tokenize", ""));
            }
            if (count < 0) {
                throw server.wrong("토큰의 수가 오지 않았습니다.", "No count of tokens came.");
            }
        }

        private void embedding(Server server) {
            count = 0;
            for (String one : server.texts()) {
                int before = count;
                count = -1;
                server.post(
                        server.path("embeddingTokenize", ""),
                        json -> json.writeStringField("text", one),
                        reply -> reply.result(name -> {
                            if (name.equals("numTokens")) {
                                count = before + reply.integer();
                            } else {
                                reply.skip();
                            }
                        }));
            }
        }

        private void clova(Server server) {
            boolean[] counted = new boolean[server.judged.messages().size()];
            int[] sum = {0};
            server.post(
                    server.path("chatTokenize", ""),
                    server.chat(),
                    reply -> reply.result(name -> {
                        if (name.equals("messages")) {
                            reply.array(place -> {
                                int here = counts(reply);
                                if (here >= 0 && place < counted.length) {
                                    counted[place] = true;
                                    sum[0] += here;
                                }
                            });
                        } else {
                            reply.skip();
                        }
                    }));
            for (boolean one : counted) {
                if (!one) {
                    return;
                }
            }
            count = sum[0];
        }

        /** The counts of one message, wherever in it they are; -1 if there is none. */
        private static int counts(PlainReply reply) throws IOException {
            int[] sum = {-1};
            if (reply.isObject()) {
                reply.object(name -> {
                    if (name.equals("count")) {
                        sum[0] = Math.max(0, sum[0]) + reply.integer();
                    } else {
                        add(sum, counts(reply));
                    }
                });
            } else if (reply.isArray()) {
                reply.array(place -> add(sum, counts(reply)));
            }
            return sum[0];
        }

        private static void add(int[] sum, int more) {
            if (more >= 0) {
                sum[0] = Math.max(0, sum[0]) + more;
            }
        }

        private void text(Server server, String words) {
            String field = server.endpoint.offer().quirks().tokenizeField();
            server.post(
                    server.path("tokenize", ""),
                    json -> {
                        json.writeStringField("model", server.model());
                        json.writeStringField(field, words);
                    },
                    this::read);
        }

        /** The chat as the server's own template writes it out. */
        private String rendered(Server server) {
            @Nullable String[] words = {null};
            server.post(
                    server.path("render", ""),
                    server.chat(),
                    reply -> reply.object(name -> {
                        if (name.equals("prompt") || name.equals("text")) {
                            words[0] = reply.text();
                        } else {
                            reply.skip();
                        }
                    }));
            if (words[0] == null) {
                throw server.wrong("대화를 풀어 쓴 글이 오지 않았습니다.", "The chat did not come back written out.");
            }
            return words[0];
        }

        private void chat(Server server, String path) {
            server.post(path, server.chat(), this::read);
        }

        /** A count, else as many as there are tokens in the list, which a few servers send bare. */
        private void read(PlainReply reply) throws IOException {
            if (reply.isArray()) {
                tokens(reply);
                return;
            }
            boolean[] said = {false};
            reply.object(name -> {
                if (name.equals("count")) {
                    count = reply.integer();
                    said[0] = true;
                } else if (!said[0] && reply.isArray() && (name.equals("tokens") || name.equals("tokenize_response"))) {
                    tokens(reply);
                } else {
                    reply.skip();
                }
            });
        }

        private void tokens(PlainReply reply) throws IOException {
            count = 0;
            reply.array(place -> {
                count++;
                reply.skip();
            });
        }
    }
}
