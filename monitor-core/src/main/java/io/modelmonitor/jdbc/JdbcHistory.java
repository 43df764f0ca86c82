package io.modelmonitor.jdbc;

import io.modelmonitor.watch.History;
import javax.sql.DataSource;

/**
 * Makes histories in a database. Tested with PostgreSQL, SQLite and H2.
 *
 * <p>Tables: {@code model_monitor_line} has a line of JSON for each run of a window, {@code model_monitor_number} the value of each metric
 * in each window, null if undefined, by the keys of {@code model_monitor_metric}, {@code model_monitor_state} what each watch remembers
 * after its last line, {@code model_monitor_measurement} the measurements, {@code model_monitor_lease} the process that runs each watch,
 * and {@code model_monitor_schema} the version. Times are milliseconds since 1970. A line is written in one transaction with a check of its
 * lease, so that of two processes only the one with the lease writes.
 */
public final class JdbcHistory {

    private JdbcHistory() {}

    /**
     * Returns the history in the tables of a database.
     *
     * @param dataSource gives a connection for each use; with a pool, that is cheap
     * @throws IllegalStateException if the tables are not there, or those of another version; the message says what to do
     */
    public static History of(DataSource dataSource) {
        HistoryTables.check(dataSource);
        return History.in(new JdbcStore(dataSource));
    }

    /**
     * Creates the tables, unless they are there.
     *
     * @throws IllegalStateException if there are those of another version
     * @throws java.io.UncheckedIOException if the database refuses
     */
    public static void createTables(DataSource dataSource) {
        HistoryTables.create(dataSource);
    }
}
