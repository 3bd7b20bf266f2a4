package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that are taken, and those that are refused without being repeated. */
class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080/v1, http://127.0.0.1:8080/v1",
        "http://127.0.0.1:8080/v1/, http://127.0.0.1:8080/v1",
        "http://127.0.0.1:8080/v1//, http://127.0.0.1:8080/v1",
        "HTTPS://API.Example.COM/V1, https://api.example.com/V1",
        "http://localhost, http://localhost",
        "http://[::1]:8080/v1, http://[::1]:8080/v1",
        "http://[fd00::7f00:1]/v1, http://[fd00::7f00:1]/v1",
        "http://gpu-1.internal:65535/v1, http://gpu-1.internal:65535/v1",
        "http://10.0.0.255:1/v1, http://10.0.0.255:1/v1"
    })
    void plainAddressesAreTaken(String given, String kept) {
        Endpoint endpoint = Endpoint.of(given);
        assertThat(endpoint.uri()).hasToString(kept);
        assertThat(endpoint).hasToString(kept);
        assertThat(endpoint.dialect()).isEqualTo("openai");
        assertThat(endpoint.provider()).isEqualTo("own");
        assertThat(endpoint.keyVariable()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "   ",
                "nonsense",
                "/v1",
                "//host/v1",
                "127.0.0.1:8080/v1",
                "localhost:8080",
                "http:",
                "http://",
                "http:///v1",
                "http:127.0.0.1/v1",
                "file:///etc/passwd",
                "ftp://host/v1",
                "ws://host/v1",
                "javascript:alert(1)",
                "jar:file:/a!/b",
                "http://host/v1?key=hunter2",
                "http://host/v1?",
                "http://host/v1#part",
                "http://host/v1#",
                "http://user@host/v1",
                "http://user:hunter2@host/v1",
                "http://:hunter2@host/v1",
                "http://@host/v1",
                "http://user:hunter2@127.1:99999/v1",
                "http://a b/v1",
                "http://host /v1",
                " http://host/v1",
                "http://host/v1 ",
                "http://ho\nst/v1",
                "http://host\r\nX: y/v1",
                "http://user:hunter2@ho st/v1",
                "http://h_o_s_t:hunter2/v1",
                "http://127.1/v1",
                "http://127.0.1/v1",
                "http://2130706433/v1",
                "http://0x7f000001/v1",
                "http://0x7f.0.0.1/v1",
                "http://0177.0.0.1/v1",
                "http://017700000001/v1",
                "http://127.0.0.01/v1",
                "http://127.0.0.256/v1",
                "http://1.2.3.4.5/v1",
                "http://[::ffff:127.0.0.1]/v1",
                "http://[::FFFF:7f00:1]/v1",
                "http://[0:0:0:0:0:ffff:127.0.0.1]/v1",
                "http://[0000:0000:0000:0000:0000:ffff:7f00:0001]/v1",
                "http://[::127.0.0.1]/v1",
                "http://[fe80::1%25eth0]/v1",
                "http://host:0/v1",
                "http://host:65536/v1",
                "http://host:70000/v1",
                "http://host:-1/v1",
                "http://host:abc/v1",
                "http://host:99999999999/v1",
                "http://[::1/v1",
                "http://127.0.0.1.:80/v1",
                "http://한글.kr/v1"
            })
    void allOthersAreRefusedUnrepeated(String given) {
        assertThatThrownBy(() -> Endpoint.of(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("엔드포인트 주소를 쓸 수 없습니다")
                .hasMessageContaining("The endpoint address cannot be used")
                .hasMessageContaining("http://127.0.0.1:8080/v1")
                .hasNoCause()
                .satisfies(error ->
                        assertThat(error.toString()).doesNotContain("hunter2").doesNotContain("user:h"));
    }

    @Test
    void copiesChangeOneThing() {
        Endpoint all = Endpoint.of("http://127.0.0.1/v1")
                .withDialect("vllm")
                .withRegion("KR")
                .withHighestLevel(new CallContext.Level(1, "open"))
                .withWireModel("org/model")
                .withKeyVariable("MY_KEY");
        assertThat(all.dialect()).isEqualTo("vllm");
        assertThat(all.region()).isEqualTo("KR");
        assertThat(all.highestLevel()).isEqualTo(new CallContext.Level(1, "open"));
        assertThat(all.wireModel()).isEqualTo("org/model");
        assertThat(all.keyVariable()).isEqualTo("MY_KEY");
        assertThat(all).hasToString("http://127.0.0.1/v1");
    }

    @Test
    void nullIsNoAddress() {
        assertThatThrownBy(() -> Endpoint.of((String) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("baseUrl");
    }
}
