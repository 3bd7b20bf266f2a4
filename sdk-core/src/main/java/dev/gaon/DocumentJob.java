package dev.gaon;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how far a server has come with parsing a document by and by. */
final class DocumentJob extends JsonReply {

    /** More than a document has; a longer list is refused. */
    private static final int MOST_BATCHES = 10_000;

    private static final Comparator<Batch> PAGES =
            Comparator.comparingInt(Batch::firstPage).thenComparingInt(Batch::id);

    /** Some pages, and where they lie once they are parsed. */
    record Batch(int id, int firstPage, String url) {}

    private final List<Batch> batches = new ArrayList<>();
    private @Nullable String id;
    private @Nullable String status;
    private @Nullable String failure;
    private boolean whole = true;

    /** What starting a job says of it. */
    String started(ReplyInput in) throws IOException {
        fields(in);
        if (id == null || !id.matches("[A-Za-z0-9._-]{1,128}") || id.matches("[.]+")) {
            throw malformed("the reply names no job");
        }
        return id;
    }

    /** @throws Dialect.ReplyError if the job failed */
    DocumentJob read(ReplyInput in) throws IOException {
        fields(in);
        if (status == null) {
            throw malformed("the job has no status");
        }
        if (status.equals("failed") || (done() && !whole && failure != null)) {
            throw new Dialect.ReplyError("failed", failure == null ? "" : failure);
        }
        expect(!done() || (whole && !batches.isEmpty()), "the job is done but its pages are not");
        batches.sort(PAGES);
        return this;
    }

    /** Every batch lies ready. */
    boolean done() {
        return "completed".equals(status);
    }

    /** In the order of the pages. */
    List<Batch> batches() {
        return batches;
    }

    private void fields(ReplyInput in) throws IOException {
        try (JsonParser json = DocumentReply.JSON.createParser(in)) {
            read(json);
            expect(next() == JsonToken.START_OBJECT, "the reply is no JSON object");
            while (nextField()) {
                switch (field()) {
                    case "request_id" -> id = textValue();
                    case "status" -> status = textValue();
                    case "failure_message" -> failed(textValue());
                    case "batches" -> batchList();
                    default -> skip();
                }
            }
            expect(next() == null, "something follows the JSON of the reply");
        }
    }

    /** Why the job failed, or one of its batches. */
    private void failed(@Nullable String why) {
        failure = why == null || why.isBlank() ? failure : why;
    }

    private void batchList() throws IOException {
        JsonToken token = next();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        expect(token == JsonToken.START_ARRAY, "batches is no list");
        while ((token = next()) != JsonToken.END_ARRAY) {
            expect(token == JsonToken.START_OBJECT, "a batch is no object");
            expect(batches.size() < MOST_BATCHES, "there are more than " + MOST_BATCHES + " batches");
            batch();
        }
    }

    private void batch() throws IOException {
        Integer number = null;
        Integer page = null;
        String url = null;
        while (nextField()) {
            switch (field()) {
                case "id" -> number = wholeNumber();
                case "start_page" -> page = wholeNumber();
                case "download_url" -> url = textValue();
                case "failure_message" -> failed(textValue());
                default -> skip();
            }
        }
        whole &= url != null && !url.isBlank();
        batches.add(new Batch(number == null ? 0 : number, page == null ? 0 : page, url == null ? "" : url));
    }
}
