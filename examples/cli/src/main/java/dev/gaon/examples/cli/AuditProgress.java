package dev.gaon.examples.cli;

import dev.gaon.gov.corpus.CorpusAudit;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far an audit is, on standard error: one line written anew at a terminal, a line every ten seconds or later elsewhere,
 * such as in the log of a CI; nothing for an audit that is one part. One thread.
 */
final class AuditProgress implements AutoCloseable {

    private static final int BAR = 30;

    private static final long PAUSE = Duration.ofSeconds(10).toNanos();

    private final Terminal terminal;
    private final LongSupplier nanos;
    private long last;
    private boolean open;
    private boolean begun;

    AuditProgress(Terminal terminal, LongSupplier nanos) {
        this.terminal = terminal;
        this.nanos = nanos;
        this.last = nanos.getAsLong();
    }

    void at(CorpusAudit.Progress progress) {
        begun |= progress.rows() < progress.total();
        if (!begun) {
            return;
        }
        String rows = String.format(Locale.ROOT, "%,d / %,d", progress.rows(), progress.total());
        String rate = String.format(Locale.ROOT, "%,.0f", progress.rowsPerSecond());
        String line = terminal.say(rows + "행, 초당 " + rate + "행", rows + " rows, " + rate + " rows/s");
        if (terminal.watched()) {
            int full = (int) (BAR * progress.rows() / progress.total());
            // spaces at the end cover what a longer line left
            terminal.err().print("\r[" + "#".repeat(full) + ".".repeat(BAR - full) + "] " + line + "    ");
            terminal.err().flush();
            open = true;
        } else if (nanos.getAsLong() - last >= PAUSE) {
            terminal.err().println(line);
            last = nanos.getAsLong();
        }
    }

    /** Ends the line that is written anew. */
    @Override
    public void close() {
        if (open) {
            terminal.err().println();
            open = false;
        }
    }
}
