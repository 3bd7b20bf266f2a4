package dev.gaon;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Splits documents where their topic changes, as CLOVA finds it; each document is one call. */
final class TopicSplitter implements DocumentSplitter {

    /** CLOVA takes no more characters at once. */
    private static final int LONGEST = 120_000;

    /** The name LangChain4j's own splitters give to a segment's place in its document. */
    private static final String INDEX = "index";

    private final ModelCard card;
    private final Gaon gaon;

    TopicSplitter(ModelCard card, Gaon gaon) {
        this.card = card;
        this.gaon = gaon;
    }

    static boolean offered(Endpoint endpoint) {
        return endpoint.dialect().equals(PlainCall.CLOVA)
                && endpoint.offer().paths().containsKey("segmentation");
    }

    static CallFailure refusal(ModelCard card) {
        return PlainCall.unsupported(
                card.id() + "을(를) 제공하는 곳에 글을 주제로 나누는 API가 없습니다.",
                card.id() + ": nobody who serves it has an API that splits by topic.",
                "clova-segmentation을 쓰거나 LangChain4j의 DocumentSplitters로 나누세요.",
                "Use clova-segmentation, or split with LangChain4j's DocumentSplitters.");
    }

    @Override
    public List<TextSegment> split(Document document) {
        SplitCall call = new SplitCall(card, gaon, document.text());
        call.run(UnaryOperator.identity());
        List<TextSegment> segments = new ArrayList<>(call.topics.size());
        for (String topic : call.topics) {
            Metadata metadata = document.metadata().copy().put(INDEX, String.valueOf(segments.size()));
            segments.add(TextSegment.from(topic, metadata));
        }
        return segments;
    }

    private static final class SplitCall extends PlainCall {

        private final List<String> topics = new ArrayList<>();

        SplitCall(ModelCard card, Gaon gaon, String text) {
            super(card, gaon, messages(List.of(text)));
        }

        @Override
        void ask(Server server) {
            topics.clear();
            for (String piece : TextPieces.of(server.texts().get(0), LONGEST)) {
                if (!piece.isBlank()) {
                    split(server, piece);
                }
            }
        }

        private void split(Server server, String piece) {
            List<List<String>> found = new ArrayList<>();
            server.post(
                    server.path("segmentation", ""),
                    json -> {
                        json.writeStringField("text", piece);
                        json.writeNumberField("alpha", -100);
                        json.writeNumberField("segCnt", -1);
                        json.writeBooleanField("postProcess", false);
                    },
                    reply -> reply.result(name -> {
                        switch (name) {
                            case "topicSeg" ->
                                reply.array(topic -> {
                                    List<String> sentences = new ArrayList<>();
                                    reply.array(place -> sentences.add(reply.text()));
                                    sentences.removeIf(String::isBlank);
                                    if (!sentences.isEmpty()) {
                                        found.add(sentences);
                                    }
                                });
                            case "inputTokens" -> server.used(new TokenUsage(reply.integer(), null));
                            default -> reply.skip();
                        }
                    }));
            if (found.isEmpty()) {
                throw server.wrong("글을 나눈 결과가 비어 있습니다.", "The split text came back empty.");
            }
            // A sentence may come back rewritten; what is left out would be lost without a word.
            long sent = letters(piece);
            long came = found.stream()
                    .flatMap(List::stream)
                    .mapToLong(SplitCall::letters)
                    .sum();
            if (came < sent * 9 / 10) {
                throw server.wrong(
                        "나눈 결과에 글의 일부가 빠졌습니다(" + sent + "자 가운데 " + came + "자만 왔습니다).",
                        "Part of the text is missing from its split (" + came + " of " + sent + " characters came).");
            }
            int at = 0;
            for (List<String> sentences : found) {
                at = add(piece, at, sentences);
            }
        }

        private static long letters(String text) {
            return text.chars().filter(c -> !Character.isWhitespace(c)).count();
        }

        /** The words between the first and the last sentence as they were written, where the server kept to them. */
        private int add(String piece, int from, List<String> sentences) {
            int begin = -1;
            int at = from;
            for (String sentence : sentences) {
                String words = sentence.strip();
                int here = piece.indexOf(words, at);
                if (here < 0 || !piece.substring(at, here).isBlank()) {
                    topics.add(String.join(" ", sentences));
                    return from;
                }
                begin = begin < 0 ? here : begin;
                at = here + words.length();
            }
            topics.add(piece.substring(begin, at));
            return at;
        }
    }
}
