package dev.gaon.gov.rag;

import dev.gaon.gov.license.Attribution;
import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.injector.ContentInjector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers the pieces, names their sources, and fences them off from what the user asked. */
final class CitingInjector implements ContentInjector {

    /** What a reader cannot see and a model can: the usual way to hide an instruction in a document. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Co}\\p{Cs}\\p{Cc}&&[^\\n\\t]]");

    private static final int MARK = 16;

    private final QuoteGuard guard;
    private final Locale locale;

    CitingInjector(QuoteGuard guard, Locale locale) {
        this.guard = guard;
        this.locale = locale;
    }

    @Override
    public ChatMessage inject(List<Content> contents, ChatMessage message) {
        List<Content> quotable = guard.quotable(contents);
        if (quotable.isEmpty()) {
            return message;
        }
        if (!(message instanceof UserMessage user)) {
            throw new IllegalArgumentException(
                    new BilingualText("사용자 메시지에만 자료를 붙일 수 있습니다.", "Pieces can be added to a user message only.")
                            .both());
        }
        String block = block(quotable);
        List<dev.langchain4j.data.message.Content> parts = new ArrayList<>(user.contents());
        int last = parts.size() - 1;
        if (last == 0 && parts.get(0) instanceof TextContent question) {
            parts.set(0, TextContent.from(question.text() + "\n\n" + block));
        } else {
            parts.add(TextContent.from(block));
        }
        return user.toBuilder().contents(parts).build();
    }

    private String block(List<Content> contents) {
        List<String> texts = contents.stream()
                .map(each -> UNSEEN.matcher(each.textSegment().text()).replaceAll(""))
                .toList();
        String mark = PackFiles.sha256(String.join("\0", texts).getBytes(StandardCharsets.UTF_8))
                .substring(0, MARK);
        StringBuilder out = new StringBuilder(RagText.INTRODUCTION.text().in(locale)).append('\n');
        String piece = RagText.PIECE.text().in(locale);
        for (int i = 0; i < texts.size(); i++) {
            LicenseDecision decision = guard.decide(contents.get(i).textSegment());
            out.append("<<")
                    .append(mark)
                    .append(' ')
                    .append(piece)
                    .append(' ')
                    .append(i + 1)
                    .append(">>\n");
            if (decision != null) {
                out.append(Attribution.of(decision).source().in(locale)).append('\n');
            }
            out.append(texts.get(i)).append("\n<</").append(mark).append(">>\n");
        }
        return out.append(RagText.REMINDER.text().in(locale)).toString();
    }
}
