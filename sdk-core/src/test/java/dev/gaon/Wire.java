package dev.gaon;

/** Pieces of the OpenAI format, for servers that tests play. */
final class Wire {

    private Wire() {}

    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            out.append(c == '"' || c == '\\' ? "\\" + c : c < ' ' ? String.format("\\u%04x", (int) c) : c);
        }
        return out.append('"').toString();
    }

    static String role() {
        return "{\"id\":\"r1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}";
    }

    static String text(String piece) {
        return "{\"id\":\"r1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":" + quoted(piece)
                + "}}]}";
    }

    static String finish(String reason) {
        return "{\"id\":\"r1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason
                + "\"}]}";
    }

    static String whole(String text) {
        return "{\"id\":\"r1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                + quoted(text)
                + "},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":5,"
                + "\"total_tokens\":8}}";
    }

    static String error(String code, String message) {
        return "{\"error\":{\"code\":" + quoted(code) + ",\"message\":" + quoted(message) + "}}";
    }
}
