package dev.gaon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends records as JSON lines; after a failed write it refuses, so that no gap goes unnoticed. */
final class JsonLinesSink implements RecordSink {

    private final Path file;
    private final FileChannel channel;
    private boolean broken;

    JsonLinesSink(Path file) {
        this.file = file;
        try {
            this.channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new Text(
                            "기록 파일을 열 수 없습니다: " + file + " (" + e.getClass().getSimpleName() + "). 쓸 수 있는 경로를 지정하세요.",
                            "Cannot open the record file " + file + " (" + e.getClass().getSimpleName()
                                    + "). Name a path that can be written.")
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
        ByteBuffer line = ByteBuffer.wrap((record.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
        broken = true;
        while (line.hasRemaining()) {
            channel.write(line);
        }
        broken = false;
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
