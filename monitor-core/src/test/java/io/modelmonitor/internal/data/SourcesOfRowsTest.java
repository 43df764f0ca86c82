package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.data.Tables.Table;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourcesOfRowsTest {

    private static final String CSV = "name,age\nJos\u00e9 \ud83d\ude00,30\n\u5c71\u7530,\n";

    private record Loan(String name, @Nullable Integer age, double rate) {}

    @Test
    void aTextAReaderAndAStreamAreReadAsAFileIs() {
        byte[] bytes = CSV.getBytes(StandardCharsets.UTF_8);
        List<List<@Nullable String>> rows =
                List.of(List.of("Jos\u00e9 \ud83d\ude00", "30"), Arrays.asList("\u5c71\u7530", null));
        for (Dataset csv : List.of(
                Datasets.csvText(CSV),
                Datasets.csv(new StringReader(CSV)),
                Datasets.csv(new ByteArrayInputStream(bytes)),
                Datasets.csv(() -> new ByteArrayInputStream(bytes)))) {
            Table table = Tables.read(csv);
            assertThat(table.names()).containsExactly("name", "age");
            assertThat(table.rows()).isEqualTo(rows);
        }
        String lines = "{\"a\":1}\n{\"a\":2}\n";
        for (Dataset json : List.of(
                Datasets.jsonLinesText(lines),
                Datasets.jsonLines(new StringReader(lines)),
                Datasets.jsonLines(() -> new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8))),
                Datasets.jsonLines(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8))))) {
            assertThat(Tables.read(json).rows()).containsExactly(List.of("1"), List.of("2"));
        }
    }

    @Test
    void charactersThatAReaderGivesInHalvesStayWhole() {
        String text =
                "a\n" + IntStream.range(0, 9_000).mapToObj(i -> "\ud83d\ude00").reduce("x", String::concat) + "\n";
        Table table = Tables.read(Datasets.csv(new StringReader(text)));
        assertThat(table.rows().get(0).get(0)).isEqualTo(text.lines().toList().get(1));
        assertThat(table.problems()).isEmpty();
    }

    @Test
    void whatCanBeReadOnceSaysSoWhenItIsReadAgain() {
        Dataset once = Datasets.csv(new StringReader(CSV));
        Baseline.of(once);
        assertThatThrownBy(() -> Baseline.of(once))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot read text: it was read before, and can be read once only; for several readings give"
                        + " what opens it: () -> ..");
        assertThatThrownBy(() -> Datasets.csv(() -> {
                            throw new IOException("no route");
                        })
                        .open())
                .hasMessage("cannot read stream: no route");
    }

    @Test
    void objectsAreRowsOfWhatFunctionsGive() {
        List<Loan> loans = List.of(new Loan("x", 30, 0.5), new Loan("y", null, 1));
        Dataset dataset = Datasets.objects(loans)
                .column("name", Loan::name)
                .column("age", Loan::age)
                .column("rate", Loan::rate);
        Table table = Tables.read(dataset);
        assertThat(table.names()).containsExactly("name", "age", "rate");
        assertThat(table.rows()).containsExactly(List.of("x", "30", "0.5"), Arrays.asList("y", null, "1.0"));
        assertThat(dataset).hasToString("objects with columns [name, age, rate]");
        assertThatThrownBy(() -> Datasets.objects(loans).open()).hasMessageContaining("objects without columns");
        assertThatThrownBy(() -> Datasets.objects(loans).column("a", Loan::age).column("a", Loan::age))
                .hasMessageContaining("both named 'a'");
        Dataset streamed = Datasets.<Loan>objects(() -> Stream.generate(() -> loans.get(0)))
                .column("age", Loan::age)
                .limit(3);
        assertThat(Tables.read(streamed).rows()).hasSize(3);
    }

    @Test
    void optionalValuesAreWhatTheyHoldWhateverRowsAre() {
        List<Object> held = List.of(
                Optional.of("x"), Optional.of(3), OptionalInt.of(4), OptionalLong.of(5), OptionalDouble.of(0.5));
        List<Object> empty = List.of(
                Optional.empty(), Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), OptionalDouble.empty());
        List<String> names = List.of("a", "b", "c", "d", "e");
        List<List<@Nullable String>> rows =
                List.of(List.of("x", "3", "4", "5", "0.5"), Arrays.asList(null, null, null, null, null));

        var objects = Datasets.objects(List.of(held, empty));
        Map<String, Object> first = new LinkedHashMap<>();
        Map<String, Object> second = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            int place = i;
            objects = objects.column(names.get(i), (List<Object> row) -> row.get(place));
            first.put(names.get(i), held.get(i));
            second.put(names.get(i), empty.get(i));
        }
        Schema schema = Schema.ofNames(names.toArray(String[]::new));
        for (Dataset table : List.of(
                objects,
                Datasets.rows(List.of(first, second)),
                Datasets.of(schema, List.of(held.toArray(), empty.toArray())),
                Datasets.of(schema, List.of(held, empty)))) {
            assertThat(Tables.read(table).names()).isEqualTo(names);
            assertThat(Tables.read(table).rows()).isEqualTo(rows);
        }
        Dataset nested = Datasets.rows(List.of(Map.of("o", Optional.of(Map.of("x", Optional.of(1.5))))));
        assertThat(Tables.read(nested).names()).containsExactly("o.x");
        assertThat(Tables.read(nested).rows()).containsExactly(List.of("1.5"));
    }

    @Test
    void mapsOfAStreamAreRows() {
        Dataset rows = Datasets.rows(() -> IntStream.range(0, 3).mapToObj(i -> Map.of("i", i)));
        assertThat(Tables.read(rows).rows()).containsExactly(List.of("0"), List.of("1"), List.of("2"));
    }

    @Test
    void aQueryIsReadAsOftenAsWantedWithItsTypes() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:rows;DB_CLOSE_DELAY=-1");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table loans(id int, rate decimal(5,2), whole decimal(5,0), good boolean, name clob,"
                            + " at timestamp, note varchar)");
            statement.execute(
                    "insert into loans values (1, 0.25, 7, true, 'Ann', timestamp '2024-05-06 07:08:09', null)");
            statement.execute("insert into loans values (2, null, null, false, 'Bob', null, '')");
            Dataset query = Datasets.query(database, "select *, id as id from loans order by id");
            for (int reading = 0; reading < 2; reading++) {
                Table table = Tables.read(query);
                assertThat(table.names()).containsExactly("ID", "RATE", "WHOLE", "GOOD", "NAME", "AT", "NOTE", "ID_2");
                assertThat(table.rows())
                        .containsExactly(
                                Arrays.asList("1", "0.25", "7", "true", "Ann", "2024-05-06T07:08:09", null, "1"),
                                Arrays.asList("2", null, null, "false", "Bob", null, null, "2"));
            }
            assertThat(Tables.read(Datasets.query(() -> statement.executeQuery("select id from loans")))
                            .rows())
                    .hasSize(2);
            assertThatThrownBy(() ->
                            Datasets.query(database, "select * from nothing").open())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("cannot read the result of a query: Table \"NOTHING\" not found");
        }
    }

    @Test
    void bytesOfADatabaseAreBase64HoweverItKeepsThemAndWhatIsTooLongIsCutAndCounted() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:bytes;DB_CLOSE_DELAY=-1");
        int longest = 1 << 24;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table files(id int, short varbinary, long blob, text clob)");
            statement.execute("insert into files values (1, X'0102', X'0102', 'abc'), (2, X'', X'', ''),"
                    + " (3, null, null, null)");
            try (PreparedStatement large = connection.prepareStatement("insert into files values (?, null, ?, ?)")) {
                for (int more = 0; more < 2; more++) {
                    large.setInt(1, 4 + more);
                    large.setBytes(2, new byte[longest / 4 * 3 + more]);
                    large.setString(3, "x".repeat(longest + more));
                    large.execute();
                }
            }
        }
        Table table = Tables.read(Datasets.query(database, "select short, long, text from files order by id"));
        assertThat(table.rows().subList(0, 3))
                .containsExactly(
                        List.of("AQI=", "AQI=", "abc"),
                        Arrays.asList(null, null, null),
                        Arrays.asList(null, null, null));
        for (List<@Nullable String> row : table.rows().subList(3, 5)) {
            assertThat(row.get(1)).hasSize(longest);
            assertThat(row.get(2)).hasSize(longest);
        }
        assertThat(table.problems())
                .containsExactly(
                        new DataProblem("value of more than 16777216 characters; cut off", 2, List.of(5L, 5L)));
    }
}
