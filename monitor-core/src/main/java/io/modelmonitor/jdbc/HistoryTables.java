package io.modelmonitor.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** The tables of a history, and their version. */
final class HistoryTables {

    private static final int VERSION = 2;

    private HistoryTables() {}

    static void create(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            if (version(connection) == 0) {
                for (String sql : tables(bytes(connection))) {
                    statement.execute(sql);
                }
                statement.executeUpdate("insert into model_monitor_schema (version) values (" + VERSION + ")");
            }
        } catch (SQLException e) {
            throw failure("create the tables", e);
        }
        check(dataSource);
    }

    static void check(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            int version = version(connection);
            if (version != VERSION) {
                throw new IllegalStateException(
                        version == 0
                                ? "the database has no tables of a history; JdbcHistory.createTables(dataSource)"
                                        + " creates them"
                                : "the database has tables of version " + version + "; allowed is " + VERSION);
            }
        } catch (SQLException e) {
            throw failure("read the version of the tables", e);
        }
    }

    static UncheckedIOException failure(String what, SQLException e) {
        return new UncheckedIOException(new IOException("cannot " + what + ": " + e.getMessage(), e));
    }

    /** Returns the version of the tables; 0 if there are none. */
    private static int version(Connection connection) throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        String name = about.storesUpperCaseIdentifiers() ? "MODEL_MONITOR_SCHEMA" : "model_monitor_schema";
        // Only where statements look for it, as other schemas may have tables of their own.
        String schema = connection.getSchema();
        try (ResultSet tables = about.getTables(
                connection.getCatalog(), schema == null ? null : literal(schema, about), literal(name, about), null)) {
            if (!tables.next()) {
                return 0;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select max(version) from model_monitor_schema")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    /** Returns a pattern that matches a name only, where the database knows how to write one. */
    private static String literal(String name, DatabaseMetaData about) throws SQLException {
        String escape = about.getSearchStringEscape();
        if (escape == null || escape.isEmpty()) {
            return name;
        }
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }

    /** Returns the type of long arrays of bytes, which has no name that all databases know. */
    private static String bytes(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        return product.contains("postgres") ? "bytea" : "blob";
    }

    private static List<String> tables(String bytes) {
        return List.of(
                "create table model_monitor_line (watch varchar(400) not null, seq bigint not null,"
                        + " token bigint not null, scheduled bigint not null, line text not null,"
                        + " primary key (watch, seq))",
                "create table model_monitor_state (watch varchar(400) not null primary key, state text not null)",
                "create table model_monitor_metric (metric integer not null primary key, watch varchar(400) not null,"
                        + " subject text not null, name text not null)",
                "create index model_monitor_metric_watch on model_monitor_metric (watch)",
                "create table model_monitor_number (metric integer not null, scheduled bigint not null,"
                        + " starts bigint not null, ends bigint not null, number double precision,"
                        + " primary key (metric, scheduled))",
                "create table model_monitor_measurement (watch varchar(400) not null, scheduled bigint not null,"
                        + " part varchar(200) not null, bytes " + bytes + " not null,"
                        + " primary key (watch, scheduled, part))",
                "create table model_monitor_lease (watch varchar(400) not null primary key, token bigint not null,"
                        + " holder varchar(200) not null, until_millis bigint not null)",
                "create table model_monitor_schema (version integer not null)");
    }
}
