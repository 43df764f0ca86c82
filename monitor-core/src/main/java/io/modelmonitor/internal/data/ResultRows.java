package io.modelmonitor.internal.data;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a result of a database. */
public final class ResultRows implements Iterator<@Nullable Object[]> {

    private static final String NAME = "the result of a query";
    private static final int ROWS_FETCHED = 1_000;
    private static final String CUT = "value of more than " + Limits.LINE + " characters; cut off";

    /** The bytes of which Base64 makes the longest text. */
    private static final int MOST_BYTES = Limits.LINE / 4 * 3;

    private final ResultSet result;
    private final int columns;
    private final Problems problems;
    private long row;
    private boolean isRead;
    private boolean hasNext;

    private ResultRows(ResultSet result, int columns, Problems problems) {
        this.result = result;
        this.columns = columns;
        this.problems = problems;
    }

    /** Runs a query and opens its result, which takes its connection with it when it is closed. */
    @SuppressWarnings("resource") // closed by the cursor, or below
    public static Dataset.Cursor query(DataSource database, String sql) {
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            Connection connection = database.getConnection();
            opened.add(0, connection);
            Statement statement = connection.createStatement();
            opened.add(0, statement);
            statement.setFetchSize(ROWS_FETCHED);
            return open(statement.executeQuery(sql), opened);
        } catch (SQLException e) {
            closeAll(opened);
            throw unreadable(e);
        }
    }

    /** Opens a result. */
    public static Dataset.Cursor of(Callable<? extends ResultSet> results) {
        try {
            return open(results.call(), new ArrayList<>());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw unreadable(e);
        }
    }

    private static Dataset.Cursor open(ResultSet result, List<AutoCloseable> opened) throws SQLException {
        opened.add(0, result);
        ResultSetMetaData about = result.getMetaData();
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            labels.add(about.getColumnLabel(i));
        }
        Schema schema = new ColumnNames(new Problems(NAME, false)).schema(labels, 1);
        Problems problems = new Problems(NAME, false);
        Iterator<@Nullable Object[]> rows = new ResultRows(result, schema.size(), problems);
        return new RowsCursor(
                schema,
                StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
                        .onClose(() -> closeAll(opened)),
                problems);
    }

    private static void closeAll(List<AutoCloseable> opened) {
        for (AutoCloseable resource : opened) {
            try {
                resource.close();
            } catch (Exception e) {
                // All that was wanted of it has been read.
            }
        }
    }

    private static UncheckedIOException unreadable(Exception because) {
        String message = String.valueOf(because.getMessage()).replaceAll("\\s+", " ");
        return new UncheckedIOException("cannot read " + NAME + ": " + message, new IOException(because));
    }

    @Override
    public boolean hasNext() {
        try {
            if (!isRead) {
                hasNext = result.next();
                isRead = true;
            }
            return hasNext;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public @Nullable Object[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        isRead = false;
        row++;
        try {
            @Nullable Object[] row = new Object[columns];
            for (int i = 0; i < columns; i++) {
                row[i] = value(result.getObject(i + 1));
            }
            return row;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private @Nullable Object value(@Nullable Object value) throws SQLException {
        if (value instanceof BigDecimal decimal) {
            return decimal.scale() <= 0 ? decimal.toBigInteger() : (Object) decimal.doubleValue();
        }
        if (value instanceof Timestamp time) {
            return time.toLocalDateTime();
        }
        if (value instanceof Clob text) {
            return text.getSubString(1, atMost(Limits.LINE, text.length()));
        }
        if (value instanceof Blob bytes) {
            return Base64.getEncoder().encodeToString(bytes.getBytes(1, atMost(MOST_BYTES, bytes.length())));
        }
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value;
    }

    private int atMost(int most, long length) {
        if (length > most) {
            problems.add(CUT, row);
        }
        return (int) Math.min(length, most);
    }
}
