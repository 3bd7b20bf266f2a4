package dev.gaon.gov.portal;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Fetches metadata of public works from Korean portals, page by page, and keeps what it read.
 *
 * <p>Owned by whoever builds it, who closes it; safe for use by many threads. A call works on the thread of its caller and
 * resends nothing but what is safe to ask again: a query, after a pause, as often as the portal's table allows, each attempt
 * counted on the day's quota.
 *
 * <pre>{@code
 * try (Portals portals = Portals.builder()
 *         .key("data.go.kr", key)
 *         .evidence(EvidenceStore.in(folder))
 *         .build()) {
 *     String position = portals.start("tourapi", "images", Map.of("contentId", "126508"));
 *     while (position != null) {
 *         PortalPage page = portals.fetch(position);
 *         page.works().forEach(work -> System.out.println(work.toJson()));
 *         position = page.next();
 *     }
 * }
 * }</pre>
 */
public final class Portals implements AutoCloseable {

    private final Map<String, Portal> portals;
    private final Collector collector;
    private final Wire wire;
    private final CountDownLatch closed;

    private Portals(Builder b) {
        PortalPack bundled = PortalPack.bundled();
        portals = new TreeMap<>(bundled.portals());
        String version = bundled.version();
        if (b.folder != null) {
            PortalPack own = PortalPack.in(b.folder);
            portals.putAll(own.portals());
            version += "+" + own.version();
        }
        Set<String> keyed = new TreeSet<>();
        for (Portal each : portals.values()) {
            if (each.key() != null) {
                keyed.add(each.key().id());
            }
        }
        known(b.keys.keySet(), keyed);
        known(b.addresses.keySet(), portals.keySet());
        known(b.quotas.keySet(), portals.keySet());
        if (b.evidence == null) {
            throw PortalException.wrongUse(
                    "읽은 응답을 남길 곳이 없습니다.",
                    "evidence(EvidenceStore.in(폴더))로 정하세요.",
                    "There is nowhere to keep what is read.",
                    "Name it with evidence(EvidenceStore.in(folder)).");
        }
        closed = new CountDownLatch(1);
        wire = new Wire(new Wire.Settings(b.connect, b.total, b.replyBytes, b.proxy, b.trusted));
        collector = new Collector(
                new Collector.Settings(b.keys, b.addresses, b.quotas, b.attempts, b.backoff, b.clock, version),
                bundled.faults(),
                wire,
                b.evidence,
                closed);
    }

    private static void known(Set<String> given, Set<String> known) {
        if (!known.containsAll(given)) {
            throw PortalException.wrongUse(
                    "모르는 이름입니다.",
                    "쓸 수 있는 이름: " + String.join(", ", known) + ".",
                    "The name is not known.",
                    "The names are " + String.join(", ", known) + ".");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The portals that can be asked, by id. */
    public List<Portal> all() {
        return List.copyOf(portals.values());
    }

    /**
     * The position before the first page. Asks nothing yet.
     *
     * @param portal for instance {@code khs}
     * @param operation one of {@link Portal#operations()}
     * @param parameters as {@link Portal#parameters} lists them, plain, not encoded
     * @throws PortalException {@code wrong-use} if the portal, the operation or a parameter is unknown or missing
     */
    public String start(String portal, String operation, Map<String, String> parameters) {
        Position at = Position.start(portal, operation, parameters);
        collector.check(portal(at), at);
        return at.text();
    }

    /**
     * Fetches the page at a position, keeps its bytes, and reads its records. The page tells the position after it; the same
     * position may be asked again, also by another process on another day.
     *
     * @throws PortalException if there is no such page; it tells when to try again and from where
     */
    public PortalPage fetch(String position) {
        Position at;
        try {
            at = Position.parse(position);
        } catch (IllegalArgumentException e) {
            throw PortalException.wrongUse(
                    "자리 표시를 읽을 수 없습니다.",
                    "start, next() 또는 position()이 준 글을 그대로 쓰세요.",
                    "The position cannot be read.",
                    "Use the text that start, next() or position() gave, unchanged.");
        }
        return collector.fetch(portal(at), at);
    }

    private Portal portal(Position at) {
        known(Set.of(at.portal()), portals.keySet());
        return Objects.requireNonNull(portals.get(at.portal()));
    }

    /** Ends calls under way and pauses between attempts with {@code closed}. May be called twice. */
    @Override
    public void close() {
        closed.countDown();
        wire.close();
    }

    /** How portals are reached. One thread; {@link #build} may be called again. */
    public static final class Builder {

        private final Map<String, PortalKey> keys = new TreeMap<>();
        private final Map<String, URI> addresses = new TreeMap<>();
        private final Map<String, Integer> quotas = new TreeMap<>();
        private Duration connect = Duration.ofSeconds(5);
        private Duration total = Duration.ofSeconds(60);
        private Duration backoff = Duration.ofSeconds(1);
        private int replyBytes = 16 << 20;
        private int attempts = 3;
        private InstantSource clock = InstantSource.system();
        private @Nullable EvidenceStore evidence;
        private @Nullable InetSocketAddress proxy;
        private @Nullable KeyStore trusted;
        private @Nullable Path folder;

        private Builder() {}

        /**
         * The key that was issued, in its encoded or its decoded form.
         *
         * @param id whose: {@code data.go.kr} serves all portals behind that gateway
         * @throws PortalException {@code wrong-use} if it cannot be a key; the message tells nothing of it
         */
        public Builder key(String id, String key) {
            keys.put(id, PortalKey.of(key));
            return this;
        }

        /** Where replies are kept. Required. */
        public Builder evidence(EvidenceStore store) {
            evidence = Objects.requireNonNull(store, "store");
            return this;
        }

        /** What says which day it is in Asia/Seoul; default the system's clock. */
        public Builder clock(InstantSource source) {
            clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /** How long a connection may take; default 5 seconds. */
        public Builder connect(Duration most) {
            connect = positive(most);
            return this;
        }

        /** How long one attempt may take, from connecting to the last byte; default 60 seconds. */
        public Builder total(Duration most) {
            total = positive(most);
            return this;
        }

        /** The longest reply, unpacked; default 16 MiB, at least 1 KiB and at most 256 MiB. */
        public Builder replyBytes(int most) {
            replyBytes = Math.max(1 << 10, Math.min(most, 256 << 20));
            return this;
        }

        /** How often one page is asked for where the portal may recover; default 3, 1 to 10. */
        public Builder attempts(int most) {
            attempts = Math.max(1, Math.min(most, 10));
            return this;
        }

        /** The pause before the second attempt, doubled for each further one up to 30 seconds; default 1 second. */
        public Builder backoff(Duration first) {
            backoff = positive(first);
            return this;
        }

        /** Goes through an HTTP proxy; default as the JVM is told. */
        public Builder proxy(String host, int port) {
            proxy = InetSocketAddress.createUnresolved(host, port);
            return this;
        }

        /** Trusts the certificates of this store, instead of Java's. */
        public Builder trust(KeyStore store) {
            trusted = Objects.requireNonNull(store, "store");
            return this;
        }

        /** Calls a day for each operation of a portal, where yours differ from the usual ones. */
        public Builder quota(String portal, int calls) {
            quotas.put(portal, Math.max(1, calls));
            return this;
        }

        /**
         * Another address of a portal: a relay, or its own over plain HTTP, which keys are sent over only if it is given
         * here.
         */
        public Builder address(String portal, URI base) {
            boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
            if (!http || base.getHost() == null || base.getRawUserInfo() != null || base.getRawQuery() != null) {
                throw PortalException.wrongUse(
                        "쓸 수 없는 주소입니다.",
                        "https://호스트/경로 꼴로 주세요.",
                        "The address cannot be used.",
                        "Give it as https://host/path.");
            }
            addresses.put(portal, base);
            return this;
        }

        /** Further portals, from a sealed folder; one with the id of a bundled portal replaces it. */
        public Builder portals(Path sealed) {
            folder = sealed;
            return this;
        }

        private static Duration positive(Duration most) {
            if (most.isNegative() || most.isZero()) {
                throw PortalException.wrongUse(
                        "시간은 0보다 길어야 합니다.", "더 긴 시간을 주세요.", "A time must be longer than 0.", "Give a longer one.");
            }
            return most;
        }

        /**
         * Portals that are reached in this way.
         *
         * @throws PortalException {@code wrong-use} if evidence has no place, or a name is not known
         */
        public Portals build() {
            return new Portals(this);
        }
    }
}
