package io.modelmonitor.jdbc;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.watch.History;
import io.modelmonitor.watch.HistoryStore;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The storage of a history in tables. Opens a connection for each call. Safe for use by several threads, as far as the data source is. */
record JdbcStore(DataSource dataSource) implements HistoryStore {

    private static final String LINES =
            "select scheduled, token, line from model_monitor_line where watch = ? and scheduled >= ? order by token,"
                    + " seq";
    private static final String LAST = "select l.scheduled, l.token, l.line, s.state from model_monitor_line l"
            + " left join model_monitor_state s on s.watch = l.watch where l.watch = ?"
            + " order by l.token desc, l.seq desc";

    private static final long NONE = -1;

    /** The work of a transaction. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    <T extends @Nullable Object> T inTransaction(String what, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                T result = work.run(connection);
                connection.commit();
                committed = true;
                return result;
            } finally {
                // Whatever was thrown, errors too, as setting the mode commits what is left.
                if (!committed) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw HistoryTables.failure(what, e);
        }
    }

    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
        return statement;
    }

    @Override
    public void append(String watch, Entry entry) {
        List<Metric> metrics = entry.metrics();
        Map<MetricId, Integer> keys = metrics == null ? Map.of() : JdbcMetrics.keys(this, watch, metrics);
        Line line = entry.line();
        inTransaction("append a line of " + watch, connection -> {
            // Touching the lease locks it until the line is there: no successor can come in between.
            int held = update(
                    connection,
                    "update model_monitor_lease set token = token where watch = ? and token = ?",
                    watch,
                    line.token());
            if (held == 0) {
                throw new SQLException("another process has taken over");
            }
            if (metrics != null) {
                JdbcMetrics.replace(connection, entry, keys);
            }
            int replaced = update(
                    connection, "update model_monitor_state set state = ? where watch = ?", entry.state(), watch);
            if (replaced == 0) {
                update(
                        connection,
                        "insert into model_monitor_state (watch, state) values (?, ?)",
                        watch,
                        entry.state());
            }
            return update(
                    connection,
                    "insert into model_monitor_line (watch, seq, token, scheduled, line)"
                            + " select ?, coalesce(max(seq), 0) + 1, ?, ?, ? from model_monitor_line where watch = ?",
                    watch,
                    line.token(),
                    line.scheduled().toEpochMilli(),
                    line.text(),
                    watch);
        });
    }

    @Override
    public List<History.Point> series(String watch, MetricId id, Instant from, Instant to) {
        return inTransaction("read a series of " + watch, connection -> {
            Integer key = JdbcMetrics.keys(connection, watch).get(id);
            return key == null ? List.of() : JdbcMetrics.series(connection, key, from, to);
        });
    }

    @Override
    public List<Line> lines(String watch, Instant from) {
        return inTransaction("read the lines of " + watch, connection -> {
            try (PreparedStatement statement = prepared(connection, LINES, watch, from.toEpochMilli())) {
                return read(statement);
            }
        });
    }

    @Override
    public @Nullable Last last(String watch) {
        List<Last> found = inTransaction("read the last line of " + watch, connection -> {
            List<Last> last = new ArrayList<>();
            // One statement, so that another process cannot append in between.
            try (PreparedStatement statement = prepared(connection, LAST, watch)) {
                statement.setMaxRows(1);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        String state = rows.getString(4);
                        last.add(new Last(line(rows), state == null ? "" : state));
                    }
                }
            }
            return last;
        });
        return found.isEmpty() ? null : found.get(0);
    }

    private static List<Line> read(PreparedStatement statement) throws SQLException {
        List<Line> lines = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                lines.add(line(rows));
            }
        }
        return lines;
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(Instant.ofEpochMilli(row.getLong(1)), row.getLong(2), row.getString(3));
    }

    @Override
    public void save(String watch, Instant scheduled, String part, byte[] bytes) {
        inTransaction("save a measurement of " + watch, connection -> {
            int replaced = update(
                    connection,
                    "update model_monitor_measurement set bytes = ? where watch = ? and scheduled = ? and part = ?",
                    bytes,
                    watch,
                    scheduled.toEpochMilli(),
                    part);
            return replaced > 0
                    ? replaced
                    : update(
                            connection,
                            "insert into model_monitor_measurement (watch, scheduled, part, bytes)"
                                    + " values (?, ?, ?, ?)",
                            watch,
                            scheduled.toEpochMilli(),
                            part,
                            bytes);
        });
    }

    @Override
    public byte @Nullable [] load(String watch, Instant scheduled, String part) {
        List<byte[]> found = inTransaction("load a measurement of " + watch, connection -> {
            List<byte[]> bytes = new ArrayList<>();
            try (PreparedStatement statement = prepared(
                            connection,
                            "select bytes from model_monitor_measurement where watch = ? and scheduled = ? and part ="
                                    + " ?",
                            watch,
                            scheduled.toEpochMilli(),
                            part);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    bytes.add(rows.getBytes(1));
                }
            }
            return bytes;
        });
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public boolean has(String watch, Instant scheduled, String part) {
        return inTransaction("look for a measurement of " + watch, connection -> {
            try (PreparedStatement statement = prepared(
                            connection,
                            "select 1 from model_monitor_measurement where watch = ? and scheduled = ? and part = ?",
                            watch,
                            scheduled.toEpochMilli(),
                            part);
                    ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        });
    }

    @Override
    public void deleteBefore(String watch, Instant time) {
        inTransaction("delete what is old of " + watch, connection -> {
            JdbcMetrics.deleteBefore(connection, watch, time);
            for (String table : List.of("model_monitor_line", "model_monitor_measurement")) {
                update(
                        connection,
                        "delete from " + table + " where watch = ? and scheduled < ?",
                        watch,
                        time.toEpochMilli());
            }
            return 0;
        });
    }

    @Override
    public @Nullable Lease lease(String watch, String owner, Instant now, Duration time) {
        long until = now.plus(time).toEpochMilli();
        long token = inTransaction("take the lease of " + watch, connection -> {
            int taken = update(
                    connection,
                    "update model_monitor_lease set token = token + 1, holder = ?, until_millis = ?"
                            + " where watch = ? and until_millis <= ?",
                    owner,
                    until,
                    watch,
                    now.toEpochMilli());
            long greatest = token(connection, watch);
            return taken > 0 ? greatest : greatest > 0 ? NONE : 0L;
        });
        if (token == 0) {
            token = first(watch, owner, until);
        }
        return token == NONE ? null : new JdbcLease(this, watch, token);
    }

    /** Takes the first lease of a watch; of two processes that try, the database refuses one. */
    private long first(String watch, String owner, long until) {
        try {
            return inTransaction("take the first lease of " + watch, connection -> {
                update(
                        connection,
                        "insert into model_monitor_lease (watch, token, holder, until_millis) values (?, 1, ?, ?)",
                        watch,
                        owner,
                        until);
                return 1L;
            });
        } catch (UncheckedIOException e) {
            long greatest = inTransaction("read the lease of " + watch, connection -> token(connection, watch));
            if (greatest > 0) {
                return NONE;
            }
            throw e;
        }
    }

    /** Returns the greatest token that was given; 0 if none was. */
    private static long token(Connection connection, String watch) throws SQLException {
        try (PreparedStatement statement =
                        prepared(connection, "select token from model_monitor_lease where watch = ?", watch);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private record JdbcLease(JdbcStore store, String watch, long token) implements Lease {

        @Override
        public void renew(Instant until) {
            store.inTransaction(
                    "extend the lease of " + watch,
                    connection -> update(
                            connection,
                            "update model_monitor_lease set until_millis = ? where watch = ? and token = ?",
                            until.toEpochMilli(),
                            watch,
                            token));
        }

        @Override
        public void close() {
            renew(Instant.EPOCH);
        }
    }

    @Override
    public String toString() {
        return "a database";
    }
}
