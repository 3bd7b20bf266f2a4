package dev.gaon;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Appends records as JSON lines; after a failed write it refuses, so that no gap goes unnoticed. */
final class JsonLinesSink implements RecordSink {

    private final Path file;
    /** A plain stream: a channel would close for good when an interrupted thread writes. */
    private final OutputStream out;

    private boolean broken;

    JsonLinesSink(Path file) {
        this.file = file;
        try {
            this.out = new FileOutputStream(file.toFile(), true);
        } catch (IOException e) {
            throw new Text(
                            "기록 파일을 열 수 없습니다: " + file + " (" + e.getClass().getSimpleName() + "). 쓸 수 있는 경로를 지정하세요.",
                            "Cannot open the record file " + file + " ("
                                    + e.getClass().getSimpleName() + "). Name a path that can be written.")
                    .refusal(e);
        }
    }

    @Override
    public void opened(CallRecord record) throws IOException {
        append(record);
    }

    @Override
    public void closed(CallRecord record) throws IOException {
        append(record);
    }

    private synchronized void append(CallRecord record) throws IOException {
        if (broken) {
            throw new IOException("an earlier write to " + file + " failed");
        }
        byte[] line = (record.toJson() + "\n").getBytes(StandardCharsets.UTF_8);
        broken = true;
        out.write(line);
        broken = false;
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
