package dev.gaon.examples.cli;

import dev.gaon.Credential;
import dev.gaon.Endpoint;
import dev.gaon.Gaon;
import dev.gaon.ModelCard;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** What the user set: keys, model, catalogue, proxy, clock. Sends nothing. */
final class SettingChecks {

    private final Terminal terminal;

    SettingChecks(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Names only: a value is never shown. */
    Check keys(Gaon client) {
        TreeSet<String> present = new TreeSet<>();
        TreeSet<String> absent = new TreeSet<>();
        for (ModelCard card : client.models().all()) {
            card.endpoints().stream()
                    .filter(endpoint -> endpoint.uri() != null)
                    .map(Endpoint::keyVariable)
                    .filter(Objects::nonNull)
                    .forEach(name -> (terminal.environment(name) == null ? absent : present).add(name));
        }
        for (String name : present) {
            try {
                Credential.ofEnvironment(name);
            } catch (IllegalArgumentException e) {
                return Check.fail("keys", Failure.wrongUse("bad-key", e));
            }
        }
        String missing = String.join(", ", absent);
        if (present.isEmpty()) {
            return Check.ok(
                    "keys",
                    "없음 (내장 기본값에는 필요 없음). 설정할 수 있는 변수: " + missing,
                    "none (the embedded default needs none). Variables known: " + missing);
        }
        String set = String.join(", ", present);
        return Check.ok("keys", "있음: " + set + ". 없음: " + missing, "set: " + set + ". Not set: " + missing);
    }

    Check model(Gaon client) {
        String id = terminal.environment("GAON_MODEL");
        if (id == null) {
            return Check.ok("model", "GAON_MODEL 없음: 내장 기본값", "GAON_MODEL is not set: the embedded default");
        }
        try {
            ModelCard card = client.models().get(id);
            String known = card.id();
            String notice = client.models().availability(card).notice();
            if (notice != null) {
                return Check.warn(
                        "model",
                        Text.halves(notice),
                        new Text("GAON_MODEL을 다른 모델로 바꾸세요.", "Set GAON_MODEL to another model."));
            }
            return Check.ok("model", "GAON_MODEL=" + known, "GAON_MODEL=" + known);
        } catch (RuntimeException e) {
            return Check.fail("model", Failure.of(e));
        }
    }

    Check catalogue(Gaon client) {
        int number = client.models().all().size();
        String path = terminal.environment("GAON_CATALOGUE");
        return path == null
                ? Check.ok("catalogue", "내장 자료, 모델 " + number + "개", "bundled data, " + number + " models")
                : Check.ok(
                        "catalogue",
                        "내장 자료와 " + path + ", 모델 " + number + "개",
                        "bundled data and " + path + ", " + number + " models");
    }

    Check proxy() {
        List<String> java = new ArrayList<>();
        for (String name : new String[] {"https.proxyHost", "http.proxyHost", "socksProxyHost"}) {
            String host = System.getProperty(name);
            if (host != null && !host.isBlank()) {
                java.add(name + "=" + host);
            }
        }
        List<String> ignored = new ArrayList<>();
        for (String name :
                new String[] {"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"}) {
            if (terminal.environment(name) != null) {
                ignored.add(name);
            }
        }
        if (java.isEmpty() && !ignored.isEmpty()) {
            String names = String.join(", ", ignored);
            return Check.warn(
                    "proxy",
                    new Text(names + "가 설정되어 있지만 Java는 읽지 않습니다.", names + " is set, but Java does not read it."),
                    new Text(
                            "java -Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT -jar gaon.jar ... 로 실행하세요.",
                            "Run java -Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT -jar gaon.jar ..."));
        }
        if (!java.isEmpty()) {
            String set = String.join(", ", java);
            return Check.ok("proxy", set, set);
        }
        boolean system = ProxySelector.getDefault() != null
                && ProxySelector.getDefault().select(URI.create("https://gaon.invalid")).stream()
                        .anyMatch(proxy -> proxy.address() != null);
        return system
                ? Check.ok("proxy", "시스템 프록시", "the system's proxy")
                : Check.ok("proxy", "없음 (바로 연결)", "none (direct)");
    }

    /** The newest dated fact of the bundled data cannot lie in the future. */
    Check clock(Gaon client) {
        LocalDate data = client.models().all().stream()
                .map(ModelCard::programme)
                .filter(Objects::nonNull)
                .map(ModelCard.Programme::date)
                .filter(Objects::nonNull)
                .max(LocalDate::compareTo)
                .orElse(LocalDate.EPOCH);
        Instant now = Instant.now();
        if (LocalDate.ofInstant(now, ZoneOffset.UTC).isBefore(data)) {
            return Check.fail(
                    "clock",
                    new Text(
                            "시계가 " + now + "입니다. 자료의 날짜 " + data + "보다 이릅니다.",
                            "The clock says " + now + ", before the data's date " + data + "."),
                    new Text("시스템 시각을 맞추세요. TLS가 실패합니다.", "Set the system's time; TLS will fail."));
        }
        String said = now.toString().substring(0, 19) + "Z";
        return Check.ok("clock", said + " (자료 " + data + " 이후)", said + " (after the data's date " + data + ")");
    }
}
