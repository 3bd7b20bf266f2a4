package dev.gaon;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is served: the address, the wire format spoken there, and what is declared about the place.
 *
 * <p>Immutable and safe to share; holds no secret. The region is a declared fact, not a guess from the address. An
 * endpoint without a highest level takes calls of every level.
 */
public final class Endpoint {

    private static final Pattern DISGUISED_IPV4 =
            Pattern.compile("(0x[0-9a-f]+|[0-9]+)(\\.(0x[0-9a-f]+|[0-9]+)){0,3}", Pattern.CASE_INSENSITIVE);
    private static final Pattern PLAIN_IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    private final @Nullable URI uri;
    private final Provider provider;
    private final String dialect;
    private final @Nullable String region;
    private final CallContext.@Nullable Level highestLevel;
    private final @Nullable String wireModel;
    private final @Nullable String keyVariable;
    private final @Nullable LastDay until;

    private Endpoint(
            @Nullable URI uri,
            Provider provider,
            String dialect,
            @Nullable String region,
            CallContext.@Nullable Level highestLevel,
            @Nullable String wireModel,
            @Nullable String keyVariable,
            @Nullable LastDay until) {
        this.uri = uri;
        this.provider = provider;
        this.dialect = dialect;
        this.region = region;
        this.highestLevel = highestLevel;
        this.wireModel = wireModel;
        this.keyVariable = keyVariable;
        this.until = until;
    }

    /**
     * A server of your own that speaks the OpenAI format.
     *
     * @param baseUrl up to and including {@code /v1}
     * @throws IllegalArgumentException if it is no absolute http or https address, or carries user-info, a query, a
     *     fragment, or an IPv4 address in disguise (such as {@code 127.1} or {@code 0x7f000001})
     */
    public static Endpoint of(String baseUrl) {
        return new Endpoint(checked(baseUrl), Provider.OWN, "openai", null, null, null, null, null);
    }

    /**
     * A GGUF file that llama.cpp runs in this process: nothing is sent anywhere, no key is needed. Wants the library
     * {@code de.kherud:llama} on the class path. Printed as the name of the file.
     *
     * <p>It writes text, also by a JSON schema, and embeds; it calls no tools. One call at a time is served, in a context of
     * at most 8,192 tokens. The file is loaded at its first call, and what the library gave memory to it keeps until the
     * process ends; it also keeps a thread, so a program that used it ends with {@code System.exit}, not by returning.
     *
     * @param gguf must not change while it is used; {@link Gaon.Builder#build} refuses what is no GGUF file
     */
    public static Endpoint of(Path gguf) {
        URI file = gguf.toAbsolutePath().normalize().toUri();
        return new Endpoint(file, Provider.IN_PROCESS, LlamaTransport.DIALECT, null, null, null, null, null);
    }

    /** @param until when it ends for one model; null if it ends with its provider, if at all */
    static Endpoint of(
            Provider provider, @Nullable String dialect, @Nullable String wireModel, @Nullable LastDay until) {
        return new Endpoint(
                provider.baseUrl(),
                provider,
                dialect == null ? provider.dialect() : dialect,
                provider.region(),
                null,
                wireModel,
                provider.keyVariable(),
                until == null ? provider.until() : until);
    }

    static URI checked(String baseUrl) {
        Objects.requireNonNull(baseUrl, "baseUrl");
        URI uri;
        try {
            uri = new URI(baseUrl);
        } catch (URISyntaxException e) {
            throw refused("주소로 읽을 수 없습니다", "it cannot be read as an address");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused("http:// 또는 https://로 시작해야 합니다", "it must begin with http:// or https://");
        }
        if (uri.getRawUserInfo() != null
                || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
            throw refused(
                    "주소에 사용자 정보(user:password@)를 넣을 수 없습니다. 키는 Credential로 주세요",
                    "it must not carry user-info (user:password@); give the key as a Credential");
        }
        if (disguised(hostOf(uri))) {
            throw refused(
                    "IP 주소는 127.0.0.1처럼 보통의 형식으로 써야 합니다", "an IP address must be written plainly, as in 127.0.0.1");
        }
        if (uri.getHost() == null || uri.getHost().contains("%")) {
            throw refused("호스트 이름이 없거나 잘못되었습니다", "its host is missing or malformed");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused("물음표(?)나 # 뒤의 부분은 쓸 수 없습니다", "it must not carry a query or a fragment");
        }
        String host = uri.getHost();
        if (uri.getPort() > 65535 || uri.getPort() == 0) {
            throw refused("포트 번호는 1~65535여야 합니다", "its port must be 1 to 65535");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        String authority = host.toLowerCase(Locale.ROOT) + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        return URI.create(scheme + "://" + authority + path);
    }

    /** The host even where it is one that {@link URI} does not read, such as {@code 127.1}. */
    private static String hostOf(URI uri) {
        String authority = String.valueOf(uri.getRawAuthority());
        return uri.getHost() != null ? uri.getHost() : authority.replaceFirst(":[0-9]*$", "");
    }

    /** An IPv4 address in another form than the usual one, or inside an IPv6 address. */
    private static boolean disguised(String host) {
        if (!host.startsWith("[")) {
            return DISGUISED_IPV4.matcher(host).matches() && !isPlainIpv4(host);
        }
        try {
            // An address in brackets is read, never looked up.
            InetAddress address = InetAddress.getByName(host);
            return address instanceof Inet4Address
                    || (((Inet6Address) address).isIPv4CompatibleAddress()
                            && !address.isLoopbackAddress()
                            && !address.isAnyLocalAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isPlainIpv4(String host) {
        if (!PLAIN_IPV4.matcher(host).matches()) {
            return false;
        }
        for (String part : host.split("\\.")) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    /** The address itself is not repeated: it may carry a password. */
    static final class BadAddress extends IllegalArgumentException {

        final transient Text why;

        private BadAddress(Text why) {
            super(new Text(
                            "엔드포인트 주소를 쓸 수 없습니다: " + why.ko() + ". 예: http://127.0.0.1:8080/v1",
                            "The endpoint address cannot be used: " + why.en() + ". Example: http://127.0.0.1:8080/v1")
                    .both());
            this.why = why;
        }
    }

    private static BadAddress refused(String ko, String en) {
        return new BadAddress(new Text(ko, en));
    }

    /**
     * The wire format spoken there: {@code openai} unless said otherwise.
     *
     * @throws IllegalArgumentException if it is that of a model in this process and this is a server, or the other way
     */
    public Endpoint withDialect(String name) {
        if (name.equals(LlamaTransport.DIALECT) != inProcess()) {
            throw new Text(
                            LlamaTransport.DIALECT + "은(는) Endpoint.of(Path)로 준 모델 파일에만, 그 파일은 그것으로만 씁니다.",
                            LlamaTransport.DIALECT
                                    + " goes with a model file given to Endpoint.of(Path), and only with one.")
                    .refusal();
        }
        return new Endpoint(uri, provider, name, region, highestLevel, wireModel, keyVariable, until);
    }

    /** Where it stands, as declared by its operator: an ISO 3166 code such as {@code KR}. */
    public Endpoint withRegion(@Nullable String declared) {
        return new Endpoint(uri, provider, dialect, declared, highestLevel, wireModel, keyVariable, until);
    }

    /** The most sensitive calls it may see; null for all. A call without a level is not held back. */
    public Endpoint withHighestLevel(CallContext.@Nullable Level level) {
        return new Endpoint(uri, provider, dialect, region, level, wireModel, keyVariable, until);
    }

    /** What the server calls the model, if it differs from the model's id. */
    public Endpoint withWireModel(@Nullable String name) {
        return new Endpoint(uri, provider, dialect, region, highestLevel, name, keyVariable, until);
    }

    /** The environment variable that holds its key; null if it asks for none. */
    public Endpoint withKeyVariable(@Nullable String variable) {
        return new Endpoint(uri, provider, dialect, region, highestLevel, wireModel, variable, until);
    }

    /** A server of your own of a known kind, for instance {@code llama-cpp} or {@code vllm}: its quirks hold. */
    Endpoint withProvider(Provider known) {
        return new Endpoint(uri, known, known.dialect(), region, highestLevel, wireModel, keyVariable, until);
    }

    /**
     * The base address, without a slash at the end; of a model in this process its file, as a {@code file:} URI; null for
     * a kind of server whose address you have not given yet.
     */
    public @Nullable URI uri() {
        return uri;
    }

    /** The base address of an endpoint that is called: those without one are never chosen. */
    URI address() {
        return Objects.requireNonNull(uri, "uri");
    }

    boolean inProcess() {
        return provider.equals(Provider.IN_PROCESS);
    }

    /** The model file of an endpoint in this process. */
    Path file() {
        return Path.of(address());
    }

    /** The provider's id; {@code own} for a server named by address only, {@code in-process} for a model file. */
    public String provider() {
        return provider.id();
    }

    public String dialect() {
        return dialect;
    }

    /** Null if nobody declared it. */
    public @Nullable String region() {
        return region;
    }

    /** Null if it may see every level. */
    public CallContext.@Nullable Level highestLevel() {
        return highestLevel;
    }

    /** Null if it is the model's id. */
    public @Nullable String wireModel() {
        return wireModel;
    }

    /** Null if no key is needed. */
    public @Nullable String keyVariable() {
        return keyVariable;
    }

    /** Null if no end is announced. */
    @Nullable
    LastDay until() {
        return until;
    }

    Provider offer() {
        return provider;
    }

    /** Whether it is the provider's own address, where models have the provider's names. */
    boolean hosted() {
        return uri != null && uri.equals(provider.baseUrl());
    }

    /**
     * The path of a purpose below the base address, with the model's name filled in; null if its provider file has none. A
     * path that begins with {@code ../} climbs above the base address.
     */
    @Nullable
    String path(String purpose, String model) {
        String path = provider.paths().get(purpose);
        if (path == null) {
            return null;
        }
        String name = URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
        return (path.startsWith("/") ? "" : "/") + path.replace("{model}", name);
    }

    @Override
    public String toString() {
        // The folders of a file may tell who its user is.
        return uri == null ? provider.id() : inProcess() ? String.valueOf(file().getFileName()) : uri.toString();
    }
}
