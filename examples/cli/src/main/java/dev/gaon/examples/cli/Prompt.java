package dev.gaon.examples.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The question: the words of the command line, or standard input for {@code -}. */
final class Prompt {

    /** Bytes read from standard input; more is refused, not cut. */
    private static final int MOST = 8 << 20;

    private Prompt() {}

    static String read(List<String> words, Terminal terminal) {
        String prompt = words.equals(List.of("-")) ? input(terminal) : String.join(" ", words);
        if (prompt.isBlank()) {
            throw Failure.wrongUse(
                    "empty-prompt",
                    new Text("질문이 비어 있습니다.", "The prompt is empty."),
                    new Text("예: gaon chat \"공공누리 제1유형의 조건은?\"", "Example: gaon chat \"What is KOGL type 1?\""));
        }
        return prompt;
    }

    private static String input(Terminal terminal) {
        try {
            byte[] bytes = terminal.in().readNBytes(MOST + 1);
            if (bytes.length > MOST) {
                throw Failure.wrongUse(
                        "unreadable-input",
                        new Text("표준 입력이 8 MiB를 넘습니다.", "Standard input is longer than 8 MiB."),
                        Text.NONE);
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
        } catch (CharacterCodingException e) {
            throw Failure.wrongUse(
                    "unreadable-input",
                    new Text("표준 입력이 UTF-8이 아닙니다.", "Standard input is not UTF-8."),
                    new Text(
                            "예: iconv -f CP949 -t UTF-8 FILE | gaon chat -",
                            "Example: iconv -f CP949 -t UTF-8 FILE | gaon chat -"));
        } catch (IOException e) {
            throw Failure.wrongUse(
                    "unreadable-input", new Text("표준 입력을 읽을 수 없습니다.", "Standard input cannot be read."), Text.NONE);
        }
    }
}
