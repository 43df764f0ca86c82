package io.modelmonitor.jdbc;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.watch.History;
import io.modelmonitor.watch.HistoryStore;
import io.modelmonitor.watch.Window;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values of metrics in rows, each metric with a number of its own as its key. */
final class JdbcMetrics {

    private static final int MOST_TRIES = 8;
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private JdbcMetrics() {}

    static Map<MetricId, Integer> keys(Connection connection, String watch) throws SQLException {
        Map<MetricId, Integer> keys = new LinkedHashMap<>();
        try (PreparedStatement statement = JdbcStore.prepared(
                        connection, "select metric, subject, name from model_monitor_metric where watch = ?", watch);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                keys.putIfAbsent(new MetricId(rows.getString(2), rows.getString(3)), rows.getInt(1));
            }
        }
        return keys;
    }

    /** Returns the keys of a watch's metrics, and makes those that are not there. */
    static Map<MetricId, Integer> keys(JdbcStore store, String watch, List<Metric> metrics) {
        for (int tries = 1; ; tries++) {
            try {
                return store.inTransaction("name the metrics of " + watch, connection -> {
                    Map<MetricId, Integer> keys = keys(connection, watch);
                    for (Metric metric : metrics) {
                        if (!keys.containsKey(metric.id())) {
                            JdbcStore.update(
                                    connection,
                                    "insert into model_monitor_metric (metric, watch, subject, name)"
                                            + " select coalesce(max(metric), 0) + 1, ?, ?, ? from model_monitor_metric",
                                    watch,
                                    metric.subject(),
                                    metric.name());
                            keys = keys(connection, watch);
                        }
                    }
                    return keys;
                });
            } catch (UncheckedIOException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
                // Another watch has taken the same number for a metric of its own.
            }
        }
    }

    /** Writes what was measured in a window, in place of what was there. */
    static void replace(Connection connection, HistoryStore.Entry entry, Map<MetricId, Integer> keys)
            throws SQLException {
        long scheduled = entry.line().scheduled().toEpochMilli();
        delete(connection, keys.values(), "scheduled = ?", scheduled);
        List<Metric> metrics = entry.metrics() == null ? List.of() : entry.metrics();
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into model_monitor_number (metric, scheduled, starts, ends, number) values (?, ?, ?, ?, ?)")) {
            Set<MetricId> written = new HashSet<>();
            for (Metric metric : metrics) {
                if (!written.add(metric.id())) {
                    continue;
                }
                insert.setInt(1, keys.getOrDefault(metric.id(), 0));
                insert.setLong(2, scheduled);
                insert.setLong(3, entry.window().start().toEpochMilli());
                insert.setLong(4, entry.window().end().toEpochMilli());
                if (metric.isDefined()) {
                    insert.setDouble(5, metric.value());
                } else {
                    insert.setNull(5, Types.DOUBLE); // not every database knows NaN
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Deletes what was measured in windows that were due before a time. */
    static void deleteBefore(Connection connection, String watch, Instant time) throws SQLException {
        delete(connection, keys(connection, watch).values(), "scheduled < ?", time.toEpochMilli());
    }

    /** Deletes metric by metric, as not every database finds the rows of many by the primary key. */
    private static void delete(Connection connection, Collection<Integer> keys, String which, long time)
            throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from model_monitor_number where metric = ? and " + which)) {
            for (int key : keys) {
                delete.setInt(1, key);
                delete.setLong(2, time);
                delete.addBatch();
            }
            if (!keys.isEmpty()) {
                delete.executeBatch();
            }
        }
    }

    static List<History.Point> series(Connection connection, int key, Instant from, Instant to) throws SQLException {
        List<History.Point> points = new ArrayList<>();
        try (PreparedStatement statement = JdbcStore.prepared(
                        connection,
                        "select starts, ends, number from model_monitor_number where metric = ? and scheduled >= ?"
                                + " and ends >= ? and ends < ? order by scheduled",
                        key,
                        from.toEpochMilli(),
                        from.toEpochMilli(),
                        to.isBefore(LAST) ? to.toEpochMilli() : Long.MAX_VALUE);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Window window =
                        new Window(Instant.ofEpochMilli(rows.getLong(1)), Instant.ofEpochMilli(rows.getLong(2)));
                double number = rows.getDouble(3);
                points.add(new History.Point(window, rows.wasNull() ? Double.NaN : number));
            }
        }
        return points;
    }
}
