package dev.gaon.gov.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gaon.gov.text.BilingualText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One embedded DuckDB in memory that reads nothing but the given files, writes nothing but below one folder, and loads no
 * extension. One caller; its queries run on a thread of its own so that an interrupt of the caller stops them.
 */
final class Duck implements AutoCloseable {

    interface Reader {
        /** One row. */
        void row(ResultSet row) throws SQLException;
    }

    interface Rows {
        void append(Insert to) throws SQLException;
    }

    private interface Work<T> {
        T on(Statement statement) throws SQLException;
    }

    /** How files are written: a higher level takes longer and, with rows as short as these, does not write less. */
    private static final String PARQUET = " (format parquet, compression zstd, compression_level 1)";

    private static final long AGAIN_MS = 20;

    private final Connection connection;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "gaon-corpus");
        thread.setDaemon(true);
        return thread;
    });

    /** @param ordered whether rows stay in the order of their file, which costs time */
    Duck(int memoryMb, int threads, Path folder, Collection<Path> inputs, boolean ordered) {
        connection = open();
        List<String> files = inputs.stream().map(each -> text(each.toString())).toList();
        run("set memory_limit = '" + memoryMb + "MB'");
        run("set threads = " + threads);
        run("set preserve_insertion_order = " + ordered);
        run("set autoinstall_known_extensions = false");
        run("set autoload_known_extensions = false");
        run("set allow_community_extensions = false");
        run("set temp_directory = " + text(folder.resolve("spill").toString()));
        run("set allowed_directories = [" + text(folder + "/") + "]");
        run("set allowed_paths = [" + String.join(", ", files) + "]");
        run("set enable_external_access = false");
        run("set lock_configuration = true");
    }

    /** By its name, so that it is needed only where it runs. */
    private static Connection open() {
        try {
            Driver driver = Class.forName("org.duckdb.DuckDBDriver")
                    .asSubclass(Driver.class)
                    .getConstructor()
                    .newInstance();
            Connection connection = driver.connect("jdbc:duckdb:", new Properties());
            if (connection == null) {
                throw new IllegalStateException("org.duckdb.DuckDBDriver refuses its own address");
            }
            return connection;
        } catch (ReflectiveOperationException | LinkageError e) {
            throw CorpusException.missingLibrary(e);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** A text as SQL writes it. */
    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** The name of a column or table as SQL writes it. */
    static String name(String value) {
        return "\"" + value.replace("\"", "\"\"") + "\"";
    }

    void run(String sql) {
        on(statement -> statement.execute(sql));
    }

    /**
     * Writes what a query gives.
     *
     * @return how many rows
     */
    long copy(String query, Path to, boolean json) {
        return on(statement -> {
            statement.execute("copy (" + query + ") to " + text(to.toString()) + (json ? " (format json)" : PARQUET));
            return statement.getLargeUpdateCount();
        });
    }

    void read(String sql, Reader reader) {
        on(statement -> {
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    reader.row(rows);
                }
            }
            return true;
        });
    }

    /** The first column of all rows, as text. */
    List<@Nullable String> texts(String sql) {
        List<@Nullable String> texts = new ArrayList<>();
        read(sql, row -> texts.add(row.getString(1)));
        return texts;
    }

    long number(String sql) {
        long[] number = new long[1];
        read(sql, row -> number[0] = row.getLong(1));
        return number[0];
    }

    void append(String table, Rows rows) {
        on(statement -> {
            int columns = columns(statement, table);
            String values = IntStream.rangeClosed(1, columns)
                    .mapToObj(each -> "r[" + each + "]")
                    .collect(Collectors.joining(", "));
            try (PreparedStatement to = connection.prepareStatement("insert into " + table + " select " + values
                    + " from (select unnest(from_json(?, '[[\"VARCHAR\"]]')) as r)")) {
                Insert insert = new Insert(to);
                rows.append(insert);
                insert.flush();
            }
            return true;
        });
    }

    private static int columns(Statement statement, String table) throws SQLException {
        try (ResultSet none = statement.executeQuery("select * from " + table + " limit 0")) {
            return none.getMetaData().getColumnCount();
        }
    }

    /** Rows on their way into a table, some thousand at a time as one JSON text; a statement for each costs a thousand times more. */
    static final class Insert {

        private static final int MANY = 5_000;
        private static final JsonMapper JSON = new JsonMapper();

        private final PreparedStatement to;
        private final List<List<@Nullable String>> rows = new ArrayList<>();
        private List<@Nullable String> row = new ArrayList<>();

        Insert(PreparedStatement to) {
            this.to = to;
        }

        void beginRow() {
            row = new ArrayList<>();
        }

        void append(long value) {
            row.add(Long.toString(value));
        }

        void append(@Nullable String value) {
            row.add(value);
        }

        void endRow() throws SQLException {
            rows.add(row);
            if (rows.size() == MANY) {
                flush();
            }
        }

        void flush() throws SQLException {
            if (rows.isEmpty()) {
                return;
            }
            try {
                to.setString(1, JSON.writeValueAsString(rows));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("texts are JSON", e);
            }
            to.execute();
            rows.clear();
        }
    }

    private <T> T on(Work<T> work) {
        try (Statement statement = connection.createStatement()) {
            Future<T> result = worker.submit(() -> work.on(statement));
            try {
                return result.get();
            } catch (InterruptedException e) {
                cancel(statement, result);
                Thread.currentThread().interrupt();
                throw CorpusException.cancelled();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof SQLException failed) {
                    throw failure(failed);
                }
                if (e.getCause() instanceof RuntimeException failed) {
                    throw failed;
                }
                throw new IllegalStateException(e.getCause());
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Again and again, since one that comes before the statement runs is lost; nothing else may use the connection before it ends. */
    private static void cancel(Statement statement, Future<?> running) throws SQLException {
        boolean ended = false;
        while (!ended) {
            statement.cancel();
            try {
                running.get(AGAIN_MS, TimeUnit.MILLISECONDS);
                ended = true;
            } catch (ExecutionException e) {
                ended = true;
            } catch (TimeoutException | InterruptedException e) {
                // still running, or asked twice
            }
        }
    }

    private static CorpusException failure(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("No space left") || message.contains("max_temp_directory_size")) {
            return CorpusException.diskFull(e);
        }
        if (message.contains("Out of Memory")) {
            return new CorpusException(
                    "memory",
                    new BilingualText("메모리 한도가 모자랍니다.", "The memory limit is too low."),
                    new BilingualText("memoryMb를 올리거나 threads를 줄이세요.", "Raise memoryMb or lower threads."),
                    e);
        }
        String first = message.lines().findFirst().orElse("");
        String shown = first.substring(0, Math.min(first.length(), 300));
        return new CorpusException(
                "damaged",
                new BilingualText(
                        "말뭉치를 읽거나 쓸 수 없습니다: " + shown + ".", "The corpus cannot be read or written: " + shown + "."),
                new BilingualText("그 파일을 다시 만들거나 내려받으세요.", "Make or download that file again."),
                e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            worker.shutdown();
        }
    }
}
