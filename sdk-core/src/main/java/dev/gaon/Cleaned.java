package dev.gaon;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server's own words, made fit for a message: no secret, no piece of the prompt, one printable line, not long. */
final class Cleaned {

    private static final int LONGEST = 200;

    /** A server's words that share this many characters in a row with the prompt or the key are taken from it. */
    private static final int SHARED = 10;

    private static final int LONGEST_PROMPT = 1 << 20;

    private Cleaned() {}

    static String words(String foreign, ChatRequest request, @Nullable Credential credential) {
        List<String> secrets = prompts(request);
        if (credential != null) {
            secrets.add(credential.reveal());
        }
        return Text.printable(without(secrets, start(foreign, credential).strip()), LONGEST);
    }

    /**
     * A server's word for something: a code, an id, a name. Kept if it looks like one and holds no secret, else treated
     * like its other words.
     */
    static String word(String foreign, ChatRequest request, @Nullable Credential credential) {
        if (!plain(foreign)) {
            return words(foreign, request, credential);
        }
        return credential == null || !shares(foreign, credential.reveal())
                ? foreign
                : without(List.of(credential.reveal()), foreign);
    }

    private static boolean plain(String foreign) {
        for (int i = 0; i < foreign.length(); i++) {
            if (foreign.charAt(i) <= ' ' || foreign.charAt(i) > '~') {
                return false;
            }
        }
        return foreign.length() <= LONGEST;
    }

    /** What {@link #without} would find, without its garbage: most words share nothing. */
    private static boolean shares(String text, String secret) {
        if (secret.length() < SHARED) {
            return text.contains(secret);
        }
        for (int i = 0; i + SHARED <= text.length(); i++) {
            char first = text.charAt(i);
            for (int at = secret.indexOf(first); at >= 0; at = secret.indexOf(first, at + 1)) {
                if (secret.regionMatches(at, text, i, SHARED)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** An exception of the transport, with its causes, whose messages may quote the server or its certificate. */
    static IOException cause(Throwable e, ChatRequest request, @Nullable Credential credential) {
        Throwable because = e.getCause();
        String said = e.getMessage() == null ? "" : ": " + words(e.getMessage(), request, credential);
        IOException clean = new IOException(
                e.getClass().getName() + said, because == null ? null : cause(because, request, credential));
        clean.setStackTrace(e.getStackTrace());
        return clean;
    }

    private static String start(String foreign, @Nullable Credential credential) {
        String text = credential == null ? foreign : foreign.replace(credential.reveal(), "***");
        return text.length() > 4 * LONGEST ? text.substring(0, 4 * LONGEST) : text;
    }

    private static String without(List<String> secrets, String text) {
        BitSet shared = new BitSet(text.length());
        Set<String> pieces = new HashSet<>();
        for (int i = 0; i + SHARED <= text.length(); i++) {
            pieces.add(text.substring(i, i + SHARED));
        }
        Set<String> found = new HashSet<>();
        for (String secret : secrets) {
            String whole = secret.strip();
            if (whole.length() > 1 && whole.length() < SHARED) {
                for (int at = text.indexOf(whole); at >= 0; at = text.indexOf(whole, at + 1)) {
                    shared.set(at, at + whole.length());
                }
            }
            for (int i = 0; i + SHARED <= secret.length() && !pieces.isEmpty(); i++) {
                String piece = secret.substring(i, i + SHARED);
                if (pieces.remove(piece)) {
                    found.add(piece);
                }
            }
        }
        for (int i = 0; i + SHARED <= text.length(); i++) {
            if (found.contains(text.substring(i, i + SHARED))) {
                shared.set(i, i + SHARED);
            }
        }
        if (shared.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            if (shared.get(i)) {
                out.append("***");
                i = shared.nextClearBit(i);
            } else {
                out.append(text.charAt(i++));
            }
        }
        return out.toString();
    }

    private static List<String> prompts(ChatRequest request) {
        List<String> texts = new ArrayList<>();
        for (ChatMessage message : request.messages()) {
            if (message instanceof SystemMessage system) {
                texts.add(system.text());
            } else if (message instanceof UserMessage user) {
                user.contents().forEach(content -> add(texts, content));
            } else if (message instanceof AiMessage ai) {
                add(texts, ai.text());
                add(texts, ai.thinking());
                for (ToolExecutionRequest call : ai.toolExecutionRequests()) {
                    add(texts, call.arguments());
                }
            } else if (message instanceof ToolExecutionResultMessage result) {
                result.contents().forEach(content -> add(texts, content));
            }
        }
        return texts;
    }

    private static void add(List<String> texts, Content content) {
        if (content instanceof TextContent text) {
            add(texts, text.text());
        } else if (content instanceof ImageContent image) {
            add(texts, image.image().url());
            add(texts, image.image().base64Data());
        } else if (content instanceof AudioContent audio) {
            add(texts, audio.audio().url());
            add(texts, audio.audio().base64Data());
        }
    }

    /** Of something very long, such as an image, a server quotes the beginning, if anything. */
    private static void add(List<String> texts, @Nullable Object said) {
        String text = said == null ? "" : said.toString();
        texts.add(text.substring(0, Math.min(text.length(), LONGEST_PROMPT)));
    }
}
