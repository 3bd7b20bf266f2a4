package dev.gaon.gov.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.license.Work;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.MediaType;
import org.netpreserve.jwarc.WarcCompression;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcTruncationReason;
import org.netpreserve.jwarc.WarcWriter;

class WarcPagesTest {

    /** 2026-05-01 in Seoul, still April in Greenwich. */
    private static final Instant WHEN = Instant.parse("2026-04-30T20:00:00Z");

    @TempDir
    private Path folder;

    private static HttpResponse http(int status, String type, byte[] body, String... headers) {
        HttpResponse.Builder http = new HttpResponse.Builder(status, "OK").addHeader("Content-Type", type);
        for (int i = 0; i < headers.length; i += 2) {
            http.addHeader(headers[i], headers[i + 1]);
        }
        return http.body(MediaType.parseLeniently(type), body).build();
    }

    private static byte[] record(WarcCompression compression, String url, HttpResponse http, boolean whole) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (WarcWriter writer = new WarcWriter(Channels.newChannel(out), compression)) {
                WarcResponse.Builder record =
                        new WarcResponse.Builder(URI.create(url)).date(WHEN).body(http);
                writer.write(
                        whole
                                ? record.build()
                                : record.truncated(WarcTruncationReason.LENGTH).build());
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] page(WarcCompression compression, int number, String mark) {
        byte[] body = Pages.html("<p>" + mark + "</p>", "").getBytes(Pages.MS949);
        return record(compression, url(number), http(200, "text/html; charset=euc-kr", body), true);
    }

    private static String url(int number) {
        return "https://example.go.kr/" + number;
    }

    private Path archive(WarcCompression compression, List<byte[]> records) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        records.forEach(all::writeBytes);
        String ending = compression == WarcCompression.GZIP ? ".warc.gz" : ".warc";
        return Files.write(folder.resolve("a" + Math.abs(all.size()) + ending), all.toByteArray());
    }

    private static List<Work> works(WarcPages pages) {
        List<Work> works = new ArrayList<>();
        pages.forEach(works::add);
        return works;
    }

    private static LicenseDecision decide(Work work) {
        return Pages.AUDIT.decide(work, Purpose.TRAIN_COMMERCIAL, Pages.DAY);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "GZIP"})
    void pagesAndHeadersBecomeWorks(WarcCompression compression) throws IOException {
        byte[] html = Pages.html("<p>공공누리 제1유형</p>", "").getBytes(StandardCharsets.UTF_8);
        Path file = archive(
                compression,
                List.of(
                        page(compression, 1, "공공누리 제4유형"),
                        record(compression, url(2), http(200, "image/png", html), true),
                        record(compression, url(3), http(404, "text/html", html), true),
                        record(compression, url(4), http(200, "text/html", html, "tdm-reservation", "1"), true),
                        record(compression, url(5), http(200, "text/html", html, "Content-Usage", "train-ai=n"), true),
                        record(compression, url(6), http(200, "text/html", html, "X-Robots-Tag", "noai"), true),
                        record(compression, url(7), http(200, "text/html", html), true),
                        record(compression, url(8), http(200, "text/html", html), false)));
        try (WarcPages pages = WarcPages.open(file, PageClaims.standard())) {
            List<Work> works = works(pages);
            assertThat(works).extracting(Work::id).containsExactly(url(1), url(4), url(5), url(6), url(7), url(8));
            assertThat(works)
                    .extracting(each -> decide(each).toString().replaceAll("^\\S+ \\S+ ", ""))
                    .containsExactly(
                            "DENY LicenseRef-KOGL-4",
                            "REVIEW LicenseRef-KOGL-1",
                            "REVIEW LicenseRef-KOGL-1",
                            "REVIEW LicenseRef-KOGL-1",
                            "ALLOW_WITH_DUTIES LicenseRef-KOGL-1",
                            "REVIEW LicenseRef-KOGL-1");
            assertThat(decide(works.get(1)).notes()).contains("opt-out");
            assertThat(works.get(0).claims()).allMatch(each -> Pages.DAY.equals(each.seen()));
            assertThat(works.get(0).claims()).extracting(Claim::url).containsOnly(url(1));
            assertThat(pages.unreadCount()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "GZIP"})
    void aBrokenRecordIsKeptWithItsPlaceAndTheOthersAreRead(WarcCompression compression) throws IOException {
        byte[] first = page(compression, 1, "공공누리 제1유형");
        byte[] broken = page(compression, 2, "공공누리 제4유형");
        for (int i = 12; i < 60; i++) {
            broken[i] = (byte) (i * 7);
        }
        byte[] cut = page(compression, 4, "공공누리 제4유형");
        Path file = archive(
                compression,
                List.of(
                        first,
                        broken,
                        page(compression, 3, "공공누리 제1유형"),
                        java.util.Arrays.copyOf(cut, cut.length / 2)));
        try (WarcPages pages = WarcPages.open(file, PageClaims.standard())) {
            List<Work> works = works(pages);
            assertThat(works).extracting(Work::id).contains(url(1), url(3)).doesNotContain(url(2));
            assertThat(works).allMatch(each -> !each.id().equals(url(4)));
            assertThat(pages.unreadCount()).isEqualTo(pages.unread().size()).isGreaterThanOrEqualTo(2);
            assertThat(pages.unread().get(0).offset()).isEqualTo(first.length);
            assertThat(pages.unread().get(0).reason()).isNotBlank();
        }
    }

    @Test
    void aPageBeyondTheBoundIsCutAndTheRestGoesOn() throws IOException {
        byte[] large = ("<p>공공누리 제1유형</p>" + "x".repeat(5_000)).getBytes(StandardCharsets.UTF_8);
        Path file = archive(
                WarcCompression.GZIP,
                List.of(
                        record(WarcCompression.GZIP, url(1), http(200, "text/html", large), true),
                        page(WarcCompression.GZIP, 2, "공공누리 제1유형")));
        try (WarcPages pages = WarcPages.open(file, PageClaims.standard().withMostBytes(2_000))) {
            assertThat(works(pages))
                    .extracting(each -> decide(each).decision())
                    .containsExactly(Outcome.REVIEW, Outcome.ALLOW_WITH_DUTIES);
        }
    }

    @Test
    void whatTheSiteSaysIsAdded() throws IOException {
        Path file = archive(WarcCompression.NONE, List.of(page(WarcCompression.NONE, 1, "공공누리 제1유형")));
        OptOuts site = OptOuts.none().withRobots("User-agent: GPTBot\nDisallow: /\n".getBytes(StandardCharsets.UTF_8));
        try (WarcPages pages = WarcPages.open(file, PageClaims.standard(), url -> site)) {
            assertThat(decide(works(pages).get(0)).notes()).contains("opt-out");
        }
    }

    @Test
    void pagesAreReadOneByOneAndOnce() throws IOException {
        Path file = archive(
                WarcCompression.NONE, List.of(page(WarcCompression.NONE, 1, "a"), page(WarcCompression.NONE, 2, "b")));
        try (WarcPages pages = WarcPages.open(file, PageClaims.standard())) {
            assertThat(pages.iterator().next().id()).isEqualTo(url(1));
            assertThatThrownBy(pages::iterator).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void whatIsNoArchiveIsRefusedOrCounted() throws IOException {
        assertThatThrownBy(() -> WarcPages.open(folder.resolve("none.warc"), PageClaims.standard()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageMatching("(?s).*[가-힣].* / .*[a-z].*");
        Path text = Files.writeString(folder.resolve("b.warc"), "no archive at all\n".repeat(100));
        try (WarcPages pages = WarcPages.open(text, PageClaims.standard())) {
            assertThat(works(pages)).isEmpty();
            assertThat(pages.unread())
                    .singleElement()
                    .satisfies(each -> assertThat(each.last()).isTrue());
        }
    }
}
