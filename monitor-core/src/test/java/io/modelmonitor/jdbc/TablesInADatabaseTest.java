package io.modelmonitor.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
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
}
