package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys are checked when they are given and shown to nobody. */
class CredentialTest {

    @ParameterizedTest
    @CsvSource({
        "'sk-s3cret\n', 10, 줄바꿈, a line break",
        "'sk-s3\r\ncret', 6, 줄바꿈, a line break",
        "'sk-s3 cret', 6, 공백, white space",
        "' sk-s3cret', 1, 공백, white space",
        "'sk-s3cret\t', 10, 공백, white space",
        "'\uFEFFsk-s3cret', 1, BOM, a byte order mark",
        "'sk-s3cret키', 10, 키에 쓸 수 없는 글자, not usable in a key",
        "'sk-s3crеt', 8, 키에 쓸 수 없는 글자, not usable in a key",
        "'\u0000sk-s3cret', 1, 키에 쓸 수 없는 글자, not usable in a key",
        "'sk-s3cret\u007f', 10, 키에 쓸 수 없는 글자, not usable in a key",
        "'sk-s3cret\u00a0', 10, 키에 쓸 수 없는 글자, not usable in a key"
    })
    void whatCannotBeAKeyIsRefusedUnshown(String secret, int place, String korean, String english) {
        assertThatThrownBy(() -> Credential.of(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("키의 " + place + "번째 글자가 " + korean)
                .hasMessageContaining("character " + place + " of the key is " + english)
                .hasNoCause()
                .satisfies(error -> assertThat(error.toString())
                        .doesNotContain("s3")
                        .doesNotContain("cret")
                        .doesNotContain("\n"));
    }

    @Test
    void anEmptyKeyIsRefused() {
        assertThatThrownBy(() -> Credential.of(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("키가 비어 있습니다")
                .hasMessageContaining("the key is empty");
        assertThatThrownBy(() -> Credential.of(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("secret");
    }

    @Test
    void aBrokenKeyOfTheEnvironmentNamesItsVariable() {
        Map<String, String> environment = Map.of("UPSTAGE_API_KEY", "s3cret\n");
        try (Gaon gaon = Gaon.builder().environment(environment::get).build()) {
            assertThatThrownBy(() -> gaon.chat("solar-pro4"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("UPSTAGE_API_KEY: character 7")
                    .satisfies(error -> assertThat(error.toString()).doesNotContain("s3cret"));
        }
        assertThatThrownBy(() -> Credential.ofEnvironment("GAON_TEST_NO_SUCH_VARIABLE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GAON_TEST_NO_SUCH_VARIABLE가 설정되어 있지 않습니다")
                .hasMessageContaining("GAON_TEST_NO_SUCH_VARIABLE is not set");
    }

    @Test
    void noTextShowsTheSecret() {
        String secret = "!~sk-s3cret-VALUE";
        Credential credential = Credential.of(secret);
        assertThat(credential.toString())
                .isEqualTo("Credential[key, #" + credential.fingerprint() + "]")
                .doesNotContain("s3cret");
        assertThat(credential.fingerprint())
                .matches("[0-9a-f]{8}")
                .isEqualTo(Credential.of(secret).fingerprint());
        assertThat(credential.fingerprint())
                .isNotEqualTo(Credential.of(secret + "x").fingerprint());
        assertThat(credential).isNotInstanceOf(java.io.Serializable.class);
    }
}
