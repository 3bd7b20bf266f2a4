package dev.gaon.gov.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run: results that appear whole or not at all, and a journal of what is finished, so that a run that was
 * killed goes on. One writer; a second one, in this process or another, is refused.
 */
final class RunFolder implements AutoCloseable {

    private static final String WORK = ".gaon";
    private static final String JOURNAL = "journal.jsonl";

    private final Path folder;
    private final FileChannel lockFile;
    private final FileChannel journal;
    private final Map<String, JsonNode> done = new TreeMap<>();

    /** @param run all that must be the same for a run to go on */
    RunFolder(Path folder, Map<String, Object> run) {
        this.folder = folder;
        try {
            Files.createDirectories(work());
            lockFile = FileChannel.open(work().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock();
        } catch (IOException e) {
            throw failed(e);
        }
        boolean mine = false;
        try {
            String wanted = CanonicalForm.write(run);
            long end = replay(wanted);
            journal = FileChannel.open(work().resolve(JOURNAL), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            // a line that was cut off by a crash says nothing
            journal.truncate(end);
            journal.position(end);
            clear(work().resolve("tmp"));
            Files.createDirectories(work().resolve("tmp"));
            if (end == 0) {
                line(wanted);
            }
            mine = true;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            if (!mine) {
                release();
            }
        }
    }

    private void release() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void lock() throws IOException {
        FileLock got;
        try {
            got = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            got = null;
        }
        if (got == null) {
            lockFile.close();
            throw new CorpusException(
                    "in-use",
                    new BilingualText(
                            "다른 감사가 이 폴더에 쓰고 있습니다: " + folder + ".",
                            "Another audit writes to this folder: " + folder + "."),
                    new BilingualText("그 감사가 끝난 뒤 다시 하거나 다른 폴더를 쓰세요.", "Wait for it to end, or use another folder."),
                    null);
        }
    }

    /** @return where the last whole line ends */
    private long replay(String wanted) throws IOException {
        Path file = work().resolve(JOURNAL);
        if (!Files.exists(file)) {
            try (Stream<Path> there = Files.list(folder)) {
                if (there.anyMatch(each -> !each.equals(work()))) {
                    throw CorpusException.wrongUse(
                            "폴더가 비어 있지 않습니다: " + folder + ".",
                            "The folder is not empty: " + folder + ".",
                            "비어 있거나 없는 폴더를 쓰세요.",
                            "Use a folder that is empty or does not exist.");
                }
            }
            return 0;
        }
        byte[] bytes = Files.readAllBytes(file);
        int end = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                byte[] text = Arrays.copyOfRange(bytes, end, i);
                if (end == 0) {
                    same(wanted, text);
                } else {
                    JsonNode line = CanonicalForm.read(text);
                    if (line == null) {
                        return end;
                    }
                    done.put(line.path("done").asText(), line);
                }
                end = i + 1;
            }
        }
        return end;
    }

    private void same(String wanted, byte[] text) {
        JsonNode before = CanonicalForm.read(text);
        JsonNode now = CanonicalForm.read(wanted.getBytes(StandardCharsets.UTF_8));
        if (before == null || now == null || before.equals(now)) {
            if (before != null && now != null) {
                return;
            }
            throw other("journal");
        }
        TreeSet<String> differ = new TreeSet<>();
        now.fieldNames().forEachRemaining(each -> {
            if (!now.path(each).equals(before.path(each))) {
                differ.add(each);
            }
        });
        throw other(String.join(", ", differ));
    }

    private CorpusException other(String differ) {
        return new CorpusException(
                "other-run",
                new BilingualText(
                        "이 폴더에는 다른 감사의 결과가 있습니다: " + folder + " (다른 것: " + differ + ").",
                        "This folder holds another audit: " + folder + " (what differs: " + differ + ")."),
                new BilingualText(
                        "그때와 같은 입력과 설정을 쓰거나, 폴더를 지우고 처음부터 하거나, 다른 폴더를 쓰세요.",
                        "Use the inputs and settings of then, delete the folder to start anew, or use another folder."),
                null);
    }

    Path work() {
        return folder.resolve(WORK);
    }

    /** What stays in the working folder for the next run of the same audit. */
    Path kept(String name) {
        return work().resolve(name);
    }

    Path result(String name) {
        return folder.resolve(name);
    }

    /** Where to write what is published later. */
    Path fresh(String name) {
        return work().resolve("tmp").resolve(name.replace('/', '-'));
    }

    /** Makes a written file safe and puts it in its place at once. */
    void publish(Path written, Path place) {
        try {
            Files.createDirectories(place.getParent());
            try (FileChannel file = FileChannel.open(written, StandardOpenOption.WRITE)) {
                file.force(true);
            }
            Files.move(written, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void publish(String text, Path place) {
        Path written = fresh(String.valueOf(place.getFileName()));
        try {
            Files.writeString(written, text);
        } catch (IOException e) {
            throw failed(e);
        }
        publish(written, place);
    }

    /** What was said of a finished part; null if it is not finished. */
    @Nullable
    JsonNode done(String part) {
        return done.get(part);
    }

    /** Writes down that a part is finished, on the disk before it returns. */
    void done(String part, Map<String, Object> facts) {
        Map<String, Object> line = new TreeMap<>(facts);
        line.put("done", part);
        String text = CanonicalForm.write(line);
        try {
            line(text);
        } catch (IOException e) {
            throw failed(e);
        }
        JsonNode read = CanonicalForm.read(text.getBytes(StandardCharsets.UTF_8));
        if (read != null) {
            done.put(part, read);
        }
    }

    private void line(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            journal.write(bytes);
        }
        journal.force(true);
    }

    /** A failure of the disk; a full one is told as such. */
    static RuntimeException failed(IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return CorpusException.cancelled();
        }
        return String.valueOf(e.getMessage()).contains("No space left")
                ? CorpusException.diskFull(e)
                : new UncheckedIOException(e);
    }

    void clear(Path unneeded) {
        try {
            if (Files.exists(unneeded)) {
                List<Path> all;
                try (Stream<Path> walk = Files.walk(unneeded)) {
                    all = new ArrayList<>(walk.toList());
                }
                for (int i = all.size() - 1; i >= 0; i--) {
                    Files.delete(all.get(i));
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            journal.close();
            lockFile.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
