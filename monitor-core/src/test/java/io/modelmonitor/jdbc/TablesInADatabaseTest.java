package io.modelmonitor.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class TablesInADatabaseTest {

    /** Returns a database in memory, which ends with the JVM. */
    private static DataSource database(String name) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        return database;
    }

    @Test
    void aTransactionThatFailsInWhateverWayLeavesNothing() {
        DataSource database = database("transactions");
        JdbcHistory.createTables(database);
        JdbcStore store = new JdbcStore(database);
        for (Throwable thrown :
                new Throwable[] {new StackOverflowError(), new IllegalStateException(), new SQLException("away")}) {
            assertThatThrownBy(() -> store.inTransaction("save a state", connection -> {
                        JdbcStore.update(
                                connection, "insert into model_monitor_state (watch, state) values ('w', 'half')");
                        if (thrown instanceof Error error) {
                            throw error;
                        }
                        if (thrown instanceof RuntimeException exception) {
                            throw exception;
                        }
                        throw (SQLException) thrown;
                    }))
                    .satisfiesAnyOf(told -> assertThat(told).isSameAs(thrown), told -> assertThat(told)
                            .hasMessageContaining("cannot save a state: away"));
            assertThat(store.<Integer>inTransaction(
                            "delete states",
                            connection -> JdbcStore.update(connection, "delete from model_monitor_state")))
                    .isZero();
        }
    }

    @Test
    void eachSchemaHasTablesOfItsOwn() throws SQLException {
        List<DataSource> schemas = new ArrayList<>();
        for (String schema : List.of("A_1", "AB1", "A%")) {
            try (Connection connection = database("schemas").getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create schema \"" + schema + "\"");
            }
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:mem:schemas;SCHEMA=\"" + schema + "\"");
            schemas.add(0, database);
        }
        for (DataSource schema : schemas) {
            assertThatThrownBy(() -> JdbcHistory.of(schema)).hasMessageContaining("the database has no tables");
            JdbcHistory.createTables(schema);
            JdbcHistory.createTables(schema);
            new JdbcStore(schema).save("watch", Instant.EPOCH, "part", new byte[1]);
        }
        for (DataSource schema : schemas) {
            assertThat(new JdbcStore(schema).load("watch", Instant.EPOCH, "part"))
                    .hasSize(1);
        }
    }

    @Test
    void aTableWhoseNameIsOnlyLikeThatOfTheVersionIsNone() throws SQLException {
        DataSource database = database("alike");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table modelXmonitorXschema (version integer)");
        }
        JdbcHistory.createTables(database);
        assertThat(JdbcHistory.of(database)).isNotNull();
    }
}
