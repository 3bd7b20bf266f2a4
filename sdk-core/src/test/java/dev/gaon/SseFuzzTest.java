package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Any bytes, cut in any way, are the events that the standard says they are, and never more of them than the limit. */
class SseFuzzTest {

    @FuzzTest
    void events(byte[] input) throws IOException {
        CutStream stream = CutStream.of(input);
        check(stream, 1 << 20, 8192);
        check(stream, 1 << 20, 3);
        check(stream, 30, 3);
    }

    @Test
    void mutatedEvents() throws IOException {
        Mutations.of(getClass(), "events", 2_000, this::events);
    }

    private static void check(CutStream stream, int limit, int buffer) throws IOException {
        SseByTheBook book = new SseByTheBook(stream.bytes(), limit);
        for (InputStream feed : stream.feeds()) {
            List<SseByTheBook.Event> events = new ArrayList<>();
            boolean tooLarge = false;
            SseReader reader = new SseReader(feed, limit, buffer);
            try {
                while (reader.next()) {
                    String data =
                            new String(reader.data(), reader.offset(), reader.length(), StandardCharsets.ISO_8859_1);
                    events.add(new SseByTheBook.Event(reader.name(), data, reader.cutOff()));
                }
            } catch (SseReader.EventTooLarge e) {
                tooLarge = true;
            }
            assertThat(events).as(feed.toString()).isEqualTo(book.events);
            assertThat(tooLarge).as(feed.toString()).isEqualTo(book.tooLarge);
            assertThat(reader.data().length).isLessThanOrEqualTo(Math.max(8192, 8 * limit));
        }
    }
}
