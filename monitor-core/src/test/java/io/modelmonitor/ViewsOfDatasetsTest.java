package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.ForwardingCursor;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.stats.internal.text.NumberText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ViewsOfDatasetsTest {

    @TempDir
    private Path folder;

    private static List<String> texts(Dataset dataset) {
        try (Stream<Row> rows = dataset.rows()) {
            return rows.map(Row::toString).toList();
        }
    }

    private static List<DataProblem> problems(Dataset dataset) {
        try (Dataset.Cursor cursor = dataset.open()) {
            while (cursor.next() != null) {}
            return cursor.problems();
        }
    }

    private Dataset csv(String text) throws Exception {
        return Datasets.csv(Files.writeString(Files.createTempFile(folder, "t", ".csv"), text));
    }

    private Dataset three() throws Exception {
        return csv("id,age,income\n1,30,100\n2,40,\n3,50,300\n");
    }

    @Test
    void columnsAreChosenInTheOrderNamedLeftOutAndRenamed() throws Exception {
        assertThat(texts(three().select("income", "id"))).first().isEqualTo("{income=100, id=1}");
        assertThat(texts(three().without("id"))).first().isEqualTo("{age=30, income=100}");
        assertThat(texts(three().renamed("id", "key"))).first().isEqualTo("{key=1, age=30, income=100}");
    }

    @Test
    void aColumnIsMadeOfTheOthersOrTakesThePlaceOfOne() throws Exception {
        Dataset derived = three().with("ratio", row -> row.number("age") / row.number("income"))
                .with("age", row -> (int) row.number("age") / 10)
                .with("old", row -> row.number("age") > 3)
                .with("who", row -> List.of(row.text("id")))
                .with("none", row -> null);
        assertThat(texts(derived))
                .containsExactly(
                        "{id=1, age=3, income=100, ratio=0.3, old=false, who=[1], none=null}",
                        "{id=2, age=4, income=null, ratio=null, old=true, who=[2], none=null}",
                        "{id=3, age=5, income=300, ratio=0.16666666666666666, old=true, who=[3], none=null}");
    }

    @Test
    void rowsThatAreLeftKeepTheirPlaces() throws Exception {
        Dataset some = three().filter(row -> !row.isMissing("income")).with("twice", row -> 2 * row.number("income"));
        assertThat(some.rows().map(row -> Objects.requireNonNull(row.place()).line()))
                .containsExactly(2L, 4L);
        assertThat(some.rows().map(row -> row.number("twice"))).containsExactly(200.0, 600.0);
        assertThat(texts(some.without("age"))).last().isEqualTo("{id=3, income=300, twice=600.0}");
    }

    @Test
    void aLimitStopsReading() {
        int[] made = {0};
        Dataset endless = Datasets.rows(
                () -> Stream.iterate(0, i -> i + 1).peek(i -> made[0] = i).map(i -> Map.of("x", i)));
        assertThat(endless.limit(5).rows().map(row -> row.number("x"))).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
        assertThat(made[0]).isLessThan(100_000);
        assertThat(texts(endless.limit(0))).isEmpty();
        assertThatThrownBy(() -> endless.limit(-1)).hasMessage("rows is -1; allowed is at least 0");
    }

    @Test
    void aNameThatIsNotThereFailsOnOpeningWithTheNearest() throws Exception {
        for (Dataset wrong :
                List.of(three().select("id", "incme"), three().without("incme"), three().renamed("incme", "x"))) {
            assertThatThrownBy(wrong::open)
                    .hasMessage("no column 'incme'; the nearest of 3 is 'income'; there are [id, age, income]");
        }
        assertThatThrownBy(() -> three().renamed("id", "age").open()).hasMessageContaining("both named 'age'");
        assertThatThrownBy(() -> three().select()).hasMessage("columns: none given; at least one is needed");
        assertThatThrownBy(() -> three().select("id", "id")).hasMessage("columns: 'id' given twice");
        assertThatThrownBy(() -> three().with("", row -> 1)).hasMessageContaining("name is empty");
    }

    @Test
    void aFunctionThatNeverWorksIsAnErrorAndOneThatFailsOnARowIsAProblem() throws Exception {
        Dataset wrong = three().with("x", row -> row.number("incme"));
        assertThatThrownBy(() -> Baseline.of(wrong)).hasMessageContaining("the nearest of 3 is 'income'");
        assertThatThrownBy(() -> problems(three().filter(row -> row.number("agee") > 1)))
                .hasMessageContaining("the nearest of 3 is 'age'");

        Function<Row, Object> parsed = row -> Integer.parseInt(Objects.requireNonNull(row.text("income"), "no income"));
        assertThat(problems(three().with("parsed", parsed)))
                .hasToString(
                        "[value of column 'parsed' could not be made; it is missing (no income): 1, first at line 3]");
        Dataset kept = three().filter(row -> (int) Objects.requireNonNull(parsed.apply(row)) > 0);
        assertThat(texts(kept)).hasSize(2);
        assertThat(problems(kept))
                .hasToString(
                        "[row of which a filter could not be worked out; left out (no income): 1, first at line 3]");
    }

    @Test
    void columnsThatAreMetOnTheWayAreChosenWhenTheyCome() {
        List<Map<String, Object>> rows = new ArrayList<>();
        IntStream.range(0, 30_000).forEach(i -> rows.add(Map.of("a", i, "b", 2 * i)));
        rows.add(Map.of("a", 1, "c", 7, "d", 8));
        Dataset late = Datasets.rows(rows);
        Dataset chosen = late.with("sum", row -> row.number("a") + row.number("b"))
                .select("d", "sum", "a", "zz")
                .renamed("a", "A");
        List<String> texts = texts(chosen);
        assertThat(texts).first().isEqualTo("{sum=0.0, A=0}");
        assertThat(texts).last().isEqualTo("{sum=null, A=1, d=8}");
        assertThat(problems(chosen)).hasToString("[column 'zz' was named and not met; the nearest is 'a': 1]");
        assertThat(texts(late.without("b"))).last().isEqualTo("{a=1, c=7, d=8}");
    }

    static Stream<Integer> threads() {
        return Stream.of(2, 5);
    }

    @ParameterizedTest
    @MethodSource("threads")
    void whatIsMeasuredOfAViewIsWhatIsMeasuredOfTheSameTableWhateverTheThreads(int threads) throws Exception {
        StringBuilder whole = new StringBuilder("id,age,income,city\n");
        StringBuilder same = new StringBuilder("city,AGE,ratio\n");
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 10_000; i++) {
            int age = random.nextInt(18, 80);
            int income = random.nextInt(1, 5) * 1000;
            String city = random.nextInt(10) == 0 ? "" : "c" + random.nextInt(5);
            whole.append(i + "," + age + "," + income + "," + city + "\n");
            if (age >= 30) {
                same.append(city + "," + age + "," + age / (double) income + "\n");
            }
        }
        Dataset view = csv(whole.toString())
                .with("ratio", row -> row.number("age") / row.number("income"))
                .filter(row -> row.number("age") >= 30)
                .renamed("age", "AGE")
                .select("city", "AGE", "ratio");
        Baseline ofView = Baseline.of(threads, view);
        Baseline ofTable = Baseline.of(1, csv(same.toString()));
        assertThat(ofView.metrics()).isEqualTo(Baseline.of(1, view).metrics());
        // Batches of other sizes are summed in another order.
        assertThat(ofView.metrics()).zipSatisfy(ofTable.metrics(), (ours, theirs) -> {
            assertThat(ours.id()).isEqualTo(theirs.id());
            assertThat(ours.value()).isCloseTo(theirs.value(), Offset.offset(1e-12 * Math.abs(theirs.value())));
        });
        assertThat(ofView.measurement().columns()).containsExactly("city", "AGE", "ratio");
    }

    @Test
    void theRowsBehindAViolationOfAViewKeepTheirLines() throws Exception {
        StringBuilder text = new StringBuilder("id,age\n");
        IntStream.range(0, 500).forEach(i -> text.append(i + "," + (20 + i % 40) + "\n"));
        String good = text.toString();
        Dataset today = csv(good.replace("450,30", "450,-3")).filter(row -> row.number("id") >= 100);
        Monitor monitor = Monitor.against(Baseline.of(csv(good)));
        Report report = monitor.requiring(on("age").minimum().atLeast(0)).check(today);
        assertThat(report.violations())
                .anyMatch(violation -> violation.metric().name().equals("minimum"));
        assertThat(monitor.rowsBehind(
                        report.violations().stream()
                                .filter(violation -> violation.metric().name().equals("minimum"))
                                .findFirst()
                                .orElseThrow(),
                        today))
                .singleElement()
                .satisfies(row ->
                        assertThat(Objects.requireNonNull(row.place()).line()).isEqualTo(452));
    }

    @Test
    void derivedNumbersAreSpelledAsNumbersAreElsewhere() {
        SplittableRandom random = new SplittableRandom(3);
        List<Object[]> numbers = Stream.concat(
                        Stream.of(
                                0.0,
                                -0.0,
                                1e7,
                                9999999.0,
                                1e-3,
                                9.99e-4,
                                Double.parseDouble("1e23"),
                                2e-3,
                                Double.MIN_VALUE,
                                1e300),
                        Stream.generate(() -> Double.longBitsToDouble(random.nextLong()))
                                .filter(Double::isFinite)
                                .limit(300))
                .map(number -> new Object[] {number})
                .toList();
        Dataset copied = Datasets.of(Schema.ofNames("x"), numbers)
                .with("y", row -> row.number("x"))
                .with("z", row -> Float.parseFloat("0.1"));
        assertThat(copied.rows().toList()).hasSize(310).allSatisfy(row -> {
            assertThat(row.text("y")).isEqualTo(NumberText.of(row.number("x"), true));
            assertThat(row.text("z")).isEqualTo("0.1");
        });
    }

    @Test
    void aDatasetIsReadThroughCursorsAroundItsOwn() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        Dataset counted = three().per("id").readThrough(cursor -> new ForwardingCursor(cursor) {
            @Override
            public @Nullable Batch next() {
                Batch batch = super.next();
                sizes.add(batch == null ? 0 : batch.size());
                return batch;
            }
        });
        assertThat(texts(counted)).isEqualTo(texts(three()));
        assertThat(sizes).containsExactly(3, 0);
        assertThat(counted.group()).isEqualTo("id");
        try (Dataset.Cursor cursor = counted.open()) {
            assertThat(cursor.isSchemaComplete()).isTrue();
            assertThat(cursor.schema().names()).containsExactly("id", "age", "income");
        }
    }

    @Test
    void aCursorIsClosedAroundWhichNoneCanBeMade() throws Exception {
        List<String> closed = new ArrayList<>();
        Dataset table = three().readThrough(cursor -> new ForwardingCursor(cursor) {
            @Override
            public void close() {
                closed.add("closed");
                super.close();
            }
        });
        assertThatThrownBy(() -> table.select("incom").open()).hasMessageContaining("'income'");
        assertThatThrownBy(() -> table.readThrough(cursor -> {
                            throw new IllegalStateException("none");
                        })
                        .open())
                .hasMessage("none");
        assertThat(closed).hasSize(2);
    }

    @Test
    void aViewSaysWhatItIs() throws Exception {
        assertThat(Datasets.csv(Path.of("train.csv")).without("id").limit(10))
                .hasToString("train.csv, without [id], limit [10]");
    }
}
