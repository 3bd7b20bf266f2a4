package dev.gaon.gov.portal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.pack.PackFiles;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Fetches one page: counts it, asks, blots out keys, keeps the bytes, reads them. Safe for use by many threads. */
final class Collector {

    record Settings(
            Map<String, PortalKey> keys,
            Map<String, URI> addresses,
            Map<String, Integer> quotas,
            int attempts,
            Duration backoff,
            InstantSource clock,
            String version) {

        Settings {
            keys = Map.copyOf(keys);
            addresses = Map.copyOf(addresses);
            quotas = Map.copyOf(quotas);
        }
    }

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int MOST_PAGES = 10_000;
    private static final int LONGEST_CODE = 12;

    private final Settings settings;
    private final Faults faults;
    private final Wire wire;
    private final EvidenceStore evidence;
    private final CountDownLatch closed;
    private final Quota quota = new Quota();

    Collector(Settings settings, Faults faults, Wire wire, EvidenceStore evidence, CountDownLatch closed) {
        this.settings = settings;
        this.faults = faults;
        this.wire = wire;
        this.evidence = evidence;
        this.closed = closed;
    }

    /** What one attempt came to if it was no page; never leaves this class. */
    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Fault fault;
        private final @Nullable String code;
        private final @Nullable Duration retryAfter;

        Failed(Fault fault, @Nullable String code, @Nullable Duration retryAfter) {
            super(fault.kind(), null, false, false);
            this.fault = fault;
            this.code = code;
            this.retryAfter = retryAfter;
        }
    }

    /** What is to be asked, its parameters found to be those that the operation takes. */
    Request check(Portal portal, Position at) {
        Portal.Operation operation = portal.operation(at.operation());
        if (operation == null) {
            throw PortalException.wrongUse(
                    portal.id() + ": 그런 조회가 없습니다.",
                    "쓸 수 있는 조회: " + String.join(", ", portal.operations()) + ".",
                    portal.id() + ": there is no such operation.",
                    "The operations are " + String.join(", ", portal.operations()) + ".");
        }
        return Request.of(portal, operation, at.parameters(), settings.keys().values());
    }

    PortalPage fetch(Portal portal, Position from) {
        Request request = check(portal, from);
        String where = portal.id() + " " + from.operation();
        if (from.pages() >= MOST_PAGES) {
            throw refusal("too-many-pages", where, from, null);
        }
        Request.Target target = target(portal, request, where, from);
        Position at = from;
        for (int attempt = 1; ; attempt++) {
            if (closed.getCount() == 0) {
                throw refusal("closed", where, at, null);
            }
            Instant now = settings.clock().instant();
            LocalDate today = LocalDate.ofInstant(now, SEOUL);
            int calls = quota.take(at, today, settings.quotas().getOrDefault(portal.id(), portal.quota()));
            if (calls == Quota.SPENT) {
                throw refusal("quota", where, at, midnight(today));
            }
            at = at.called(today, calls);
            try {
                return ask(portal, request, target, at, now, today);
            } catch (Failed failed) {
                Duration pause = pause(attempt, failed.retryAfter);
                if (attempt >= attempts(failed.fault.retry()) || pause.compareTo(LONGEST_PAUSE) > 0) {
                    throw last(failed, where, at, now, today);
                }
                await(pause, where, at);
            }
        }
    }

    private int attempts(Fault.Retry retry) {
        return switch (retry) {
            case BACKOFF -> settings.attempts();
            case ONCE -> Math.min(2, settings.attempts());
            default -> 1;
        };
    }

    private PortalException last(Failed failed, String where, Position at, Instant now, LocalDate today) {
        Duration later = failed.retryAfter;
        Instant when = later == null ? null : now.plus(later);
        Position from = at;
        if (failed.fault.retry() == Fault.Retry.NEXT_DAY) {
            quota.spent(at, today);
            when = midnight(today);
            from = at.called(today, Quota.SPENT);
        }
        return PortalException.of(failed.fault, where, failed.code, when).with(from.text());
    }

    private Request.Target target(Portal portal, Request request, String where, Position at) {
        URI given = settings.addresses().get(portal.id());
        URI base = given == null ? portal.base() : given;
        Portal.KeyPlace place = portal.key();
        PortalKey key = place == null ? null : settings.keys().get(place.id());
        if (place != null && key == null) {
            throw refusal("missing-key", where, at, null);
        }
        if (key != null && given == null && !"https".equals(base.getScheme())) {
            throw refusal("cleartext-key", where, at, null);
        }
        return request.target(base, at.pages(), key);
    }

    private PortalPage ask(
            Portal portal, Request request, Request.Target target, Position at, Instant now, LocalDate today)
            throws Failed {
        Wire.Answer answer;
        try {
            answer = wire.get(target.address(), target.header());
        } catch (Wire.Broken e) {
            String kind = closed.getCount() == 0 ? "closed" : e.kind;
            throw new Failed(faults.own(kind), null, null);
        }
        Fault status = faults.status(answer.status());
        if (answer.status() >= 300 && answer.status() < 400) {
            throw new Failed(faults.own("redirect-refused"), String.valueOf(answer.status()), null);
        }
        byte[] bytes = redacted(answer.bytes());
        String text = ReplyText.of(bytes, answer.contentType());
        Envelope.Reading reading = text == null
                ? new Envelope.Strange(true)
                : request.operation().envelope().read(text);
        Duration later = answer.retryAfter();
        String code = answer.status() < 300 ? null : String.valueOf(answer.status());
        if (reading instanceof Envelope.Told told) {
            Fault fault = told.fault() != null ? told.fault() : status != null ? status : faults.own("portal-error");
            throw new Failed(fault, told.code().isEmpty() ? code : shown(told.code()), later);
        } else if (reading instanceof Envelope.Page page) {
            Fault fault = page.fault() != null ? page.fault() : status != null ? status : faults.own("error-page");
            throw new Failed(fault, code, later);
        } else if (reading instanceof Envelope.Strange strange) {
            String own = strange.malformed() ? "malformed-reply" : "unexpected-reply";
            throw new Failed(status != null ? status : faults.own(own), code, later);
        }
        Envelope.Rows rows = (Envelope.Rows) reading;
        if (status != null && !rows.vouched()) {
            throw new Failed(status, code, later);
        }
        return page(portal, request, target, at, rows, keep(at, target, now, answer, bytes), today);
    }

    /** @return the hash of what was kept */
    private String keep(Position at, Request.Target target, Instant now, Wire.Answer answer, byte[] bytes) {
        String sha256 = "sha256:" + PackFiles.sha256(bytes);
        String type = new String(
                redacted(answer.contentType().getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
        try {
            evidence.keep(new EvidenceStore.Reply(
                    at.portal(), at.operation(), target.shown(), now, answer.status(), type, sha256, bytes));
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw PortalException.of(
                            faults.own("evidence-failed"),
                            at.portal() + " " + at.operation(),
                            cause.getClass().getSimpleName(),
                            null)
                    .with(at.text());
        }
        return sha256;
    }

    private PortalPage page(
            Portal portal,
            Request request,
            Request.Target target,
            Position at,
            Envelope.Rows rows,
            String sha256,
            LocalDate today)
            throws Failed {
        Portal.Operation operation = request.operation();
        String extractor = "gaon-portals " + settings.version() + " " + portal.id() + "." + operation.name()
                + (rows.repaired() ? " (repaired)" : "");
        Records records = new Records(portal, operation, at.parameters(), today, target.shown(), extractor, sha256);
        StringBuilder all = new StringBuilder();
        List<Work> works = new ArrayList<>();
        for (JsonNode row : rows.rows()) {
            all.append(row).append('\n');
            works.add(records.work(row));
        }
        String hash = PackFiles.sha256(all.toString().getBytes(StandardCharsets.UTF_8))
                .substring(0, 16);
        if (!works.isEmpty() && at.recent().contains(hash)) {
            throw new Failed(faults.own("repeated-page"), null, null);
        }
        Long total = rows.total() == null ? at.total() : rows.total();
        Position after = at.after(works.size(), total, hash);
        boolean ends = operation.paging() == null || works.isEmpty() || total != null && after.rows() >= total;
        boolean shifted = at.total() != null && !at.total().equals(total)
                || operation.paging() != null && ends && total != null && after.rows() != total;
        return new PortalPage(works, total, target.shown(), sha256, today, shifted, ends ? null : after.text());
    }

    private byte[] redacted(byte[] bytes) {
        byte[] clean = bytes;
        for (PortalKey key : settings.keys().values()) {
            clean = key.redact(clean);
        }
        return clean;
    }

    /** A portal's code, unless it is too long for one or tells of a key. */
    private @Nullable String shown(String code) {
        boolean plain = code.length() <= LONGEST_CODE && code.matches("[A-Za-z0-9_.-]+");
        return plain && settings.keys().values().stream().noneMatch(key -> key.hints(code)) ? code : null;
    }

    private PortalException refusal(String kind, String where, Position at, @Nullable Instant when) {
        return PortalException.of(faults.own(kind), where, null, when).with(at.text());
    }

    private static Instant midnight(LocalDate today) {
        return today.plusDays(1).atStartOfDay(SEOUL).toInstant();
    }

    private Duration pause(int attempt, @Nullable Duration retryAfter) {
        Duration grown = settings.backoff().multipliedBy(1L << (attempt - 1));
        Duration own = grown.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : grown;
        return retryAfter != null && retryAfter.compareTo(own) > 0 ? retryAfter : own;
    }

    private void await(Duration pause, String where, Position at) {
        boolean ended;
        try {
            ended = closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal("cancelled", where, at, null);
        }
        if (ended) {
            throw refusal("closed", where, at, null);
        }
    }
}
