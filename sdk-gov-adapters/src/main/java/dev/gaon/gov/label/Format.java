package dev.gaon.gov.label;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One content format: knows its files by their bytes, reads the marks in them and writes marks into a copy. Stateless.
 *
 * <p>{@link #read} shares nothing with {@link #write} but the file: what it finds is the proof. Both throw
 * {@link LabelException} for content they cannot deal with and never another runtime exception for bad bytes.
 */
interface Format {

    /** The name in reports, such as {@code png}. */
    String kind();

    /** {@code text}, {@code data}, {@code document}, {@code image}, {@code audio} or {@code video}. */
    String media();

    /** By its first bytes; by the name only where the bytes of the format say nothing, as with source code. */
    boolean matches(Source file) throws IOException;

    /** Whether a mark that people perceive can be written with this label. */
    default boolean canShow(AiLabel label) {
        return true;
    }

    /** Whether the format has a place for a machine-readable mark. */
    default boolean canTag() {
        return true;
    }

    /** The Maven coordinates of a library it needs beside the JDK and Jackson; null if none. */
    default @Nullable String library() {
        return null;
    }

    /** Adds what is found to {@code found}. {@code label} says which wordings count besides the usual ones. */
    void read(Source file, AiLabel label, Found found) throws IOException;

    /**
     * Writes a copy that bears the marks which are missing in {@code there}: visible ones if {@code label.visible()}.
     *
     * @param there what {@link #read} found in {@code file}
     */
    void write(Source file, AiLabel label, Found there, OutputStream out) throws IOException;
}
