package dev.gaon.gov.claim;

import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.text.BilingualText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.ParsingException;
import org.netpreserve.jwarc.WarcCompression;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcTruncationReason;

/**
 * The HTML pages of a web archive, WARC or WARC in gzip, read one by one as works: the id is the address, the claims are
 * those of the page and of the response's headers, the day is that of the record in Asia/Seoul. Goes over the archive once,
 * on one thread; the caller closes it. Needs {@code org.netpreserve:jwarc} and {@code org.jsoup:jsoup}.
 *
 * <p>Other records, and responses that are no HTML or did not succeed, are passed over. A record that cannot be read is
 * passed over too, and kept with its place in {@link #unread}; reading goes on where the next one begins. A record that was
 * cut when it was archived is as a page that was cut. Files of the sites are not looked for in the archive.
 */
public final class WarcPages implements Iterable<Work>, AutoCloseable {

    /**
     * A record that could not be read.
     *
     * @param offset of its first byte in the file
     * @param reason what was wrong, in words of the reader
     * @param last true if the archive could not be read on from there
     */
    public record Unread(long offset, String reason, boolean last) {}

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final int MOST_UNREAD = 10_000;
    private static final int LONGEST_ID = 4_000;

    private static final byte[] GZIP = {0x1F, (byte) 0x8B, 8};
    private static final byte[] PLAIN = "WARC/1.".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final WarcReader reader;
    private final PageClaims pages;
    private final Function<String, OptOuts> sites;
    private final List<Unread> unread = new ArrayList<>();
    private long unreadCount;
    private long resumed = -1;
    private boolean begun;

    private WarcPages(Path file, WarcReader reader, PageClaims pages, Function<String, OptOuts> sites) {
        this.file = file;
        this.reader = reader;
        this.pages = pages;
        this.sites = sites;
        reader.setLenient(true);
    }

    /**
     * Opens an archive.
     *
     * @throws UncheckedIOException if it cannot be opened or is no WARC
     */
    public static WarcPages open(Path file, PageClaims pages) {
        return open(file, pages, url -> OptOuts.none());
    }

    /**
     * Opens an archive whose sites' files are known.
     *
     * @param sites what the site of an address says, asked once for each page
     * @throws UncheckedIOException if it cannot be opened or is no WARC
     */
    public static WarcPages open(Path file, PageClaims pages, Function<String, OptOuts> sites) {
        try {
            return new WarcPages(file, new WarcReader(file), pages, sites);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    new BilingualText(
                                    "웹 보존 파일을 열 수 없습니다. WARC나 WARC.gz 파일인지 확인하세요.",
                                    "The web archive cannot be opened. Check that it is a WARC or WARC.gz file.")
                            .both(),
                    e);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    new BilingualText(
                                    "WARC를 읽으려면 라이브러리가 필요합니다. org.netpreserve:jwarc 의존성을 프로젝트에 더하세요.",
                                    "Reading WARC needs a library. Add the dependency org.netpreserve:jwarc to your"
                                            + " project.")
                            .both(),
                    e);
        }
    }

    /** The pages in the order of the file; can be asked for once. */
    @Override
    public Iterator<Work> iterator() {
        if (begun) {
            throw new IllegalStateException(
                    new BilingualText("웹 보존 파일은 한 번만 읽을 수 있습니다. 다시 여세요.", "An archive is read once. Open it again.")
                            .both());
        }
        begun = true;
        return new Pages();
    }

    /** The first 10,000 records that could not be read so far. */
    public List<Unread> unread() {
        return Collections.unmodifiableList(unread);
    }

    /** How many records could not be read so far. */
    public long unreadCount() {
        return unreadCount;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Pages implements Iterator<Work> {

        private @Nullable Work next;
        private boolean over;

        @Override
        public boolean hasNext() {
            while (next == null && !over) {
                advance();
            }
            return next != null;
        }

        @Override
        public Work next() {
            Work work = hasNext() ? next : null;
            if (work == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return work;
        }

        private void advance() {
            WarcRecord record;
            try {
                record = reader.next().orElse(null);
            } catch (IOException | RuntimeException e) {
                over = !goOn(e);
                return;
            }
            if (record == null) {
                over = true;
                return;
            }
            try {
                next = record instanceof WarcResponse response ? work(response) : null;
            } catch (IOException | RuntimeException e) {
                broken(record.position(), e, false);
            }
        }
    }

    /** Behind a record that cannot be told from the next, goes on where one begins again. */
    private boolean goOn(Exception e) {
        long lost = reader.position();
        try {
            long next = begins(Math.max(lost, resumed) + 1);
            broken(lost, e, next < 0);
            if (next < 0) {
                return false;
            }
            resumed = next;
            reader.position(next);
            return true;
        } catch (IOException | RuntimeException again) {
            broken(lost, again, true);
            return false;
        }
    }

    /** Where the next record or gzip member begins; -1 if none does. */
    private long begins(long from) throws IOException {
        byte[] mark = reader.compression() == WarcCompression.GZIP ? GZIP : PLAIN;
        try (SeekableByteChannel channel = Files.newByteChannel(file);
                InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(from)), 1 << 16)) {
            int matched = 0;
            long at = from;
            for (int c = in.read(); c >= 0; c = in.read(), at++) {
                matched = c == (mark[matched] & 0xFF) ? matched + 1 : c == (mark[0] & 0xFF) ? 1 : 0;
                if (matched == mark.length) {
                    return at + 1 - mark.length;
                }
            }
            return -1;
        }
    }

    private void broken(long offset, Exception e, boolean last) {
        unreadCount++;
        if (unread.size() < MOST_UNREAD) {
            String reason =
                    e instanceof ParsingException ? "parsing" : e.getClass().getSimpleName();
            unread.add(new Unread(offset, reason, last));
        }
    }

    private @Nullable Work work(WarcResponse response) throws IOException {
        String type = response.contentType().base().toString().toLowerCase(Locale.ROOT);
        if (!type.equals("application/http")) {
            return null;
        }
        HttpResponse http = response.http();
        String content = http.headers().first("Content-Type").orElse("");
        String lower = content.toLowerCase(Locale.ROOT);
        if (http.status() / 100 != 2 || !(lower.contains("html") || lower.isEmpty())) {
            return null;
        }
        byte[] body;
        try (InputStream in = http.bodyDecoded().stream()) {
            body = in.readNBytes(pages.mostBytes() + 1);
        }
        if (lower.isEmpty() && (body.length == 0 || body[0] != '<')) {
            return null;
        }
        String url = response.target();
        LocalDate day = day(response.date());
        PageReading page = pages.read(body, content.isEmpty() ? null : content, url, day);
        Map<String, List<String>> headers = http.headers().map();
        if (response.truncated() != WarcTruncationReason.NOT_TRUNCATED) {
            page = page.cutBy("record", url, day);
        }
        Work work = Work.of(url.length() > LONGEST_ID ? url.substring(0, LONGEST_ID) : url, "");
        for (Claim claim : sites.apply(url).claims(url, headers, page.claims(), day)) {
            work = work.withClaim(claim);
        }
        return work.withCollected(day);
    }

    private static LocalDate day(Instant when) {
        return LocalDate.ofInstant(when, SEOUL);
    }
}
