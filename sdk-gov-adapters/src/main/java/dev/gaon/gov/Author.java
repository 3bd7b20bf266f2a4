package dev.gaon.gov;

import dev.gaon.CallContext;
import dev.langchain4j.data.message.AiMessage;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Who writes the turns of a conversation in which people and AI answer in turn, so that each turn can be told apart.
 *
 * <p>A turn that a person wrote is stored with {@link #mark}, so that the screen can name its author and the model reads it
 * as what was said before. Where a person only lets a model help, for instance to translate an answer, the call is tagged
 * with {@link #tag}; the answer is then marked {@code author=human}. That it was generated is said all the same: a tag removes no label.
 *
 * <pre>{@code
 * show(guard.handover(Author.HUMAN, Locale.KOREAN));
 * memory.add(Author.HUMAN.mark(AiMessage.from("담당자 김가온입니다. 확인해 보겠습니다.")));
 * GaonParameters inMyName = GaonParameters.builder()
 *         .context(Author.HUMAN.tag(CallContext.EMPTY))
 *         .build();
 * show(guard.handover(Author.AI, Locale.KOREAN));
 * }</pre>
 */
public enum Author {
    /** A model. */
    AI,
    /** A person, with or without the help of a model. */
    HUMAN;

    private static final String NAME = "author";

    private final String word = name().toLowerCase(Locale.ROOT);

    /** {@code ai} or {@code human}, as in records, tags and notices. */
    public String word() {
        return word;
    }

    /** The context of a call whose answer this one is responsible for. */
    public CallContext tag(CallContext context) {
        return context.withTag(NAME, word);
    }

    /** The same turn, with its author among its attributes, where LangChain4j's stores keep it. */
    public AiMessage mark(AiMessage turn) {
        Map<String, Object> attributes = new HashMap<>(turn.attributes());
        attributes.put(NAME, word);
        return turn.toBuilder().attributes(attributes).build();
    }

    /** Who wrote a stored turn: the AI unless it is marked as a person's. */
    public static Author of(AiMessage turn) {
        return HUMAN.word.equals(turn.attributes().get(NAME)) ? HUMAN : AI;
    }

    /** Who is responsible for a call's answer: the AI unless the call is tagged as a person's. */
    static Author of(CallContext context) {
        return HUMAN.word.equals(context.tags().get(NAME)) ? HUMAN : AI;
    }
}
