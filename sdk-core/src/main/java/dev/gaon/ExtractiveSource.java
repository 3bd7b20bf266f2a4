package dev.gaon;

import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The documents of the embedded default: the user's folder is read at once, the guides when they are first asked. */
final class ExtractiveSource {

    private static final Logger LOG = LoggerFactory.getLogger("dev.gaon");

    private final List<SourceDocument> own;
    private ExtractiveEngine engine;

    ExtractiveSource(Path folder) {
        if (folder == null) {
            own = List.of();
        } else {
            DocumentReader.Reading reading = DocumentReader.folder(folder);
            reading.skipped().forEach(skipped -> LOG.warn("not read: {} ({})", skipped.name(), skipped.reason()));
            own = reading.documents();
        }
    }

    synchronized ExtractiveEngine engine() {
        if (engine == null) {
            engine = ExtractiveEngine.bundled(Gaon.class.getClassLoader(), own);
        }
        return engine;
    }
}
