package dev.gaon;

import java.util.Objects;

/**
 * A secret's one home: an API key or a proxy password.
 *
 * <p>Immutable and safe to share. The secret is checked when the credential is made, goes into the one header that needs
 * it, and can be read back by nobody: {@link #toString()}, exceptions, logs and records show the name and a short hash
 * only. Java cannot wipe a String, so the secret stays in memory as long as this object does.
 */
public final class Credential {

    private final String name;
    private final String secret;

    private Credential(String name, String secret) {
        this.name = name;
        this.secret = secret;
    }

    /**
     * A secret given in code, preferably read from a vault.
     *
     * @throws IllegalArgumentException if it is empty or holds anything but visible ASCII characters; the message tells
     *     where, never what
     */
    public static Credential of(String secret) {
        return named("key", secret);
    }

    /**
     * The secret in an environment variable of this process.
     *
     * @throws IllegalArgumentException if the variable is unset, or its value cannot be a key
     */
    public static Credential ofEnvironment(String variable) {
        String value = System.getenv(Objects.requireNonNull(variable, "variable"));
        if (value == null) {
            throw new Text(
                            "환경 변수 " + variable + "가 설정되어 있지 않습니다. 값을 설정한 뒤 다시 실행하세요.",
                            "The environment variable " + variable + " is not set. Set it and start again.")
                    .refusal();
        }
        return named(variable, value);
    }

    static Credential named(String name, String secret) {
        Objects.requireNonNull(secret, "secret");
        if (secret.isEmpty()) {
            throw new Text(
                            name + ": 키가 비어 있습니다. 발급받은 키를 넣으세요.",
                            name + ": the key is empty. Put in the key you were issued.")
                    .refusal();
        }
        for (int i = 0; i < secret.length(); i++) {
            char c = secret.charAt(i);
            if (c <= ' ' || c > '~') {
                throw new Text(
                                name + ": 키의 " + (i + 1) + "번째 글자가 " + kindOf(c) + "입니다. 키만 다시 복사해 넣으세요.",
                                name + ": character " + (i + 1) + " of the key is " + kindOfEnglish(c)
                                        + ". Copy the key alone and set it again.")
                        .refusal();
            }
        }
        return new Credential(name, secret);
    }

    private static String kindOf(char c) {
        return c == '\n' || c == '\r'
                ? "줄바꿈"
                : c == '\uFEFF' ? "BOM" : Character.isWhitespace(c) ? "공백" : "키에 쓸 수 없는 글자";
    }

    private static String kindOfEnglish(char c) {
        return c == '\n' || c == '\r'
                ? "a line break"
                : c == '\uFEFF'
                        ? "a byte order mark"
                        : Character.isWhitespace(c) ? "white space" : "not usable in a key";
    }

    String reveal() {
        return secret;
    }

    /** The first eight hexadecimal digits of the secret's SHA-256: tells keys apart without telling them. */
    public String fingerprint() {
        return Digests.sha256(secret).substring(0, 8);
    }

    @Override
    public String toString() {
        return "Credential[" + name + ", #" + fingerprint() + "]";
    }
}
