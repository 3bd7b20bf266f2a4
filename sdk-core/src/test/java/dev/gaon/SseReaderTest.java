package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Framing of server-sent events; each stream is read in every way it can be cut. */
class SseReaderTest {

    private record Event(String name, String data) {}

    private static Event data(String data) {
        return new Event(null, data);
    }

    private static List<Event> read(InputStream in, int limit) throws IOException {
        SseReader reader = new SseReader(in, limit);
        List<Event> events = new ArrayList<>();
        while (reader.next()) {
            events.add(new Event(
                    reader.name(),
                    new String(reader.data(), reader.offset(), reader.length(), StandardCharsets.UTF_8)));
        }
        return events;
    }

    private static void assertEvents(byte[] stream, Event... expected) {
        for (InputStream feed : Feeds.of(stream)) {
            try {
                assertThat(read(feed, 1 << 20)).as(feed.toString()).containsExactly(expected);
            } catch (IOException e) {
                throw new AssertionError(feed.toString(), e);
            }
        }
    }

    private static void assertEvents(String stream, Event... expected) {
        assertEvents(stream.getBytes(StandardCharsets.UTF_8), expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void lineEndsOfAllThreeKinds(String end) {
        assertEvents(
                ("data: one" + end + end + "data: two" + end + end + end + "data: 셋" + end + end),
                data("one"),
                data("two"),
                data("셋"));
    }

    @Test
    void lineEndsMayBeMixed() {
        assertEvents("data: a\r\ndata: b\n\rdata: c\r\r\n", data("a\nb"), data("c"));
    }

    @Test
    void commentsAreNoEvents() {
        // llama.cpp sends ":" and a blank line each 30 s; OpenRouter sends ": OPENROUTER PROCESSING".
        assertEvents(":\n\n: PROCESSING\n\n:data: no\ndata: yes\n: in between\n\n:\n", data("yes"));
    }

    @Test
    void theSpaceAfterTheColonMayBeMissing() {
        assertEvents("data:{\"a\":1}\n\ndata:  two spaces\n\n", data("{\"a\":1}"), data(" two spaces"));
    }

    @Test
    void severalDataLinesMakeOneEvent() {
        assertEvents("data: {\ndata:   \"a\": 1\ndata: }\n\ndata\ndata: x\n\n", data("{\n  \"a\": 1\n}"), data("\nx"));
    }

    @Test
    void theLastEventNeedsNoBlankLine() {
        assertEvents("data: a\n\ndata: [DONE]", data("a"), data("[DONE]"));
        assertEvents("data: a\n\ndata: [DONE]\n", data("a"), data("[DONE]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: a\n\n", ":\n\ndata: a\n\n", "\n\ndata: a\n\n", "\rdata: a\r\r"})
    void aByteOrderMarkIsSkipped(String stream) {
        assertEvents("\uFEFF" + stream, data("a"));
    }

    @Test
    void aByteOrderMarkCountsAtTheStartOnly() {
        assertEvents("\n\n\uFEFFdata: a\n\ndata: \uFEFFb\n\n", data("\uFEFFb"));
        assertEvents("\uFEFF\uFEFFdata: a\n\n");
    }

    @Test
    void namesBelongToOneEvent() {
        assertEvents(
                "event: error\ndata: a\n\ndata: b\n\nevent: lost\n\ndata: c\n\nevent:ping\nid: 7\nretry: 10\ndata: d\n\n"
                        + "event: x\nevent:\ndata: e\n\n",
                new Event("error", "a"),
                data("b"),
                data("c"),
                new Event("ping", "d"),
                data("e"));
    }

    @Test
    void theFieldErrorOfOldLlamaCppIsAnErrorEvent() {
        assertEvents(
                "data: a\n\nerror: {\"code\":500}\n\ndata: [DONE]\n\n",
                data("a"),
                new Event("error", "{\"code\":500}"),
                data("[DONE]"));
        assertEvents("error\n\ndata: b\n\n", data("b"));
    }

    @Test
    void unknownFieldsAndAlmostDataAreSkipped() {
        assertEvents("datax: 1\n\ndat: 2\n\n data: 3\n\nDATA: 4\n\nfoo\n\ndata: 5\n\n", data("5"));
    }

    @Test
    void nothingIsNoEvent() {
        for (String stream : List.of("", "\n", "\n\n\n", ":", "d", "\uFEFF", "event: a\n\n")) {
            assertEvents(stream);
        }
    }

    @Test
    void dataMayBeEmpty() {
        assertEvents("data:\n\ndata\n\n", data(""), data(""));
    }

    @Test
    void bytesPassUntouched() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
        stream.writeBytes(new byte[] {(byte) 0xEA, (byte) 0xB0});
        stream.writeBytes("\n\ndata: 가😀\n\n".getBytes(StandardCharsets.UTF_8));
        assertEvents(stream.toByteArray(), data("\uFFFD"), data("가😀"));
    }

    @Test
    void eventsLongerThanTheBufferAreReadWhole() throws IOException {
        String text = "가나다라마바사".repeat(4_000);
        String stream = "data: " + text + "\n\ndata: x\ndata: " + text + "\n\ndata: end\n\n";
        List<InputStream> feeds = Feeds.of(stream).subList(0, 2);
        for (InputStream feed : feeds) {
            assertThat(read(feed, 1 << 20)).containsExactly(data(text), data("x\n" + text), data("end"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: 1234567890123456789012345\n\n",
                "data: 123456789012\ndata: 123456789012\n\n",
                "event: 12345678901234567890123456789\ndata: a\n\n",
                ": 123456789012345678901234567890123456\ndata: a\n\n",
                "data: 1234567890123456789012345678901234567890"
            })
    void anEventBeyondTheLimitIsRefused(String stream) {
        for (InputStream feed : Feeds.of("data: ok\n\n" + stream)) {
            assertThatThrownBy(() -> read(feed, 30)).as(feed.toString()).isInstanceOf(SseReader.EventTooLarge.class);
        }
    }

    @Test
    void theLimitIsOfEachEventNotOfTheStream() throws IOException {
        String stream = "data: 123456789012345678\n\n:\n\n".repeat(20);
        for (InputStream feed : Feeds.of(stream)) {
            assertThat(read(feed, 30)).hasSize(20);
        }
    }

    @Test
    void anEndlessLineIsRefusedBeforeItFillsTheMemory() {
        InputStream endless = new InputStream() {
            private long given;

            @Override
            public int read() {
                assertThat(given++).isLessThan(1 << 20);
                return 'a';
            }
        };
        assertThatThrownBy(() -> new SseReader(endless, 100_000).next()).isInstanceOf(SseReader.EventTooLarge.class);
    }

    @Test
    void tellsWhetherTheStreamEndedInsideAnEvent() throws IOException {
        for (InputStream feed : Feeds.of("data: a\n\ndata: b")) {
            SseReader reader = new SseReader(feed, 100);
            assertThat(reader.next()).isTrue();
            assertThat(reader.cutOff()).as(feed.toString()).isFalse();
            assertThat(reader.next()).isTrue();
            assertThat(reader.cutOff()).as(feed.toString()).isTrue();
            assertThat(reader.next()).isFalse();
        }
    }
}
