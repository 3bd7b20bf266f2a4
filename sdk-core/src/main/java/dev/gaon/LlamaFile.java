package dev.gaon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * A model file for one use: a model answers or embeds, which is settled when it is loaded. A file that changed is
 * another one.
 */
record LlamaFile(Path path, boolean embeddings, long size, FileTime changed) {

    static LlamaFile of(Path file, boolean embeddings) throws IOException {
        Path real = file.toRealPath();
        return new LlamaFile(real, embeddings, Files.size(real), Files.getLastModifiedTime(real));
    }
}
