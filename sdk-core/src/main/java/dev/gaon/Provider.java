package dev.gaon;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One provider file: who serves, where, and how its wire format departs from the dialect.
 *
 * @param baseUrl null where the user names the server
 * @param keyVariable the environment variable of the key; null if it takes none
 * @param until when all that it serves ends; null if no end is announced
 * @param notStarted HTTP statuses, besides 429 and 503, by which it says that it did not start
 * @param digest of the file; empty for a server that is known by its address only
 * @param idempotencyHeader the header it honours for resending; null if it honours none
 */
record Provider(
        String id,
        Text name,
        String dialect,
        @Nullable URI baseUrl,
        @Nullable String region,
        @Nullable String authHeader,
        String authPrefix,
        @Nullable String keyVariable,
        boolean keyRequired,
        @Nullable LastDay until,
        Quirks quirks,
        Set<Integer> notStarted,
        @Nullable String idempotencyHeader,
        Map<String, String> paths,
        String digest) {

    /** A server that is known by its address only. */
    static final Provider OWN = new Provider(
            "own",
            new Text("직접 지정한 서버", "Your own server"),
            "openai",
            null,
            null,
            "Authorization",
            "Bearer ",
            null,
            false,
            null,
            Quirks.NONE,
            Set.of(),
            null,
            Map.of(),
            "");

    /** A model file that runs in this process. */
    static final Provider IN_PROCESS = new Provider(
            "in-process",
            new Text("이 프로세스", "This process"),
            LlamaTransport.DIALECT,
            null,
            null,
            null,
            "",
            null,
            false,
            null,
            Quirks.NONE,
            Set.of(),
            null,
            Map.of(),
            "");

    String path(String purpose, String usual) {
        return paths.getOrDefault(purpose, usual);
    }
}
