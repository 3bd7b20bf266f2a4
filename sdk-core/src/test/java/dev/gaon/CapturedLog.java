package dev.gaon;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The log of the tests: keeps everything that is logged at any level, stack traces included, and prints nothing. What
 * OkHttp logs through java.util.logging is kept too.
 */
public final class CapturedLog implements SLF4JServiceProvider {

    private static final int MOST = 4 << 20;
    private static final StringBuilder TEXT = new StringBuilder();
    private static final List<String> MESSAGES = new ArrayList<>();

    /** Kept, as java.util.logging forgets loggers that nobody holds. */
    private static final java.util.logging.Logger OKHTTP = java.util.logging.Logger.getLogger("okhttp3");

    static {
        OKHTTP.setLevel(java.util.logging.Level.ALL);
        OKHTTP.setUseParentHandlers(false);
        OKHTTP.addHandler(new Handler() {
            @Override
            public void publish(LogRecord record) {
                add(
                        record.getLevel() + " " + record.getLoggerName(),
                        new SimpleFormatter().formatMessage(record),
                        record.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
    }

    /** What was logged since {@link #clear()}. */
    static synchronized String text() {
        return TEXT.toString();
    }

    /** The same, each without its stack trace. */
    static synchronized List<String> messages() {
        return List.copyOf(MESSAGES);
    }

    static synchronized void clear() {
        TEXT.setLength(0);
        MESSAGES.clear();
    }

    private static synchronized void add(String head, String message, Throwable error) {
        if (TEXT.length() < MOST) {
            MESSAGES.add(message);
            TEXT.append(head).append(' ').append(message).append('\n').append(error == null ? "" : trace(error));
        }
    }

    static String trace(Throwable error) {
        StringWriter out = new StringWriter();
        error.printStackTrace(new PrintWriter(out, true));
        return out.toString();
    }

    private static final class Capturing extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;

        Capturing(String name) {
            this.name = name;
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String pattern, Object[] arguments, Throwable error) {
            add(level + " " + name, MessageFormatter.basicArrayFormat(pattern, arguments), error);
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    @Override
    public ILoggerFactory getLoggerFactory() {
        return (String name) -> (Logger) new Capturing(name);
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}
}
