package dev.gaon.gov.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A collection from a portal on loopback, at noon of a day in Seoul. */
final class Samples {

    static final Instant NOON = Instant.parse("2026-11-22T03:00:00Z");
    static final JsonMapper JSON = JsonMapper.builder().build();

    /** Decoded form of the key: every sign that encoding changes. */
    static final String KEY = "Zm9vYmFy/Q+x9AbC+d8e7F6g5h4+JkLm/nOpQrSt==";

    static final String ENCODED = "Zm9vYmFy%2FQ%2Bx9AbC%2Bd8e7F6g5h4%2BJkLm%2FnOpQrSt%3D%3D";

    static final List<String> KEYED = List.of("data.go.kr", "kcisa", "nl");

    private Samples() {}

    static Portals.Builder builder(String portal, PortalServer server, List<EvidenceStore.Reply> kept) {
        Portals.Builder builder = Portals.builder()
                .address(portal, server.uri())
                .evidence(kept::add)
                .clock(InstantSource.fixed(NOON))
                .backoff(Duration.ofMillis(1))
                .total(Duration.ofSeconds(20));
        KEYED.forEach(id -> builder.key(id, KEY));
        return builder;
    }

    static List<EvidenceStore.Reply> kept() {
        return Collections.synchronizedList(new ArrayList<>());
    }

    static PortalPage page(
            String portal, String operation, Map<String, String> parameters, PortalServer.Answer... how) {
        try (PortalServer server = new PortalServer(how);
                Portals portals = builder(portal, server, kept()).build()) {
            return portals.fetch(portals.start(portal, operation, parameters));
        }
    }

    static PortalException failure(
            String portal, String operation, Map<String, String> parameters, PortalServer.Answer... how) {
        PortalException failure =
                catchThrowableOfType(PortalException.class, () -> page(portal, operation, parameters, how));
        assertThat(failure).isNotNull();
        return failure;
    }

    static JsonNode resource(String path) {
        try (InputStream in = Samples.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("missing: " + path);
            }
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
