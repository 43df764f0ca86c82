package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Report.Status;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.spi.MetricCalculator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsWatchedTest {

    private static final String[] TRAINING = {"order_id", "age", "income", "defaulted", "score"};

    private static Dataset table(int seed, int rows, String... names) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] numbers = new double[names.length][rows];
        for (int row = 0; row < rows; row++) {
            double age = random.nextInt(18, 80);
            boolean bad = random.nextInt(4) == 0;
            double[] values = {1000L * seed + row, age, 1000 + random.nextInt(500), bad ? 1 : 0, bad ? 0.7 : 0.3};
            for (int column = 0; column < names.length; column++) {
                numbers[column][row] = values[column % values.length];
            }
        }
        var table = Datasets.columns();
        for (int column = 0; column < names.length; column++) {
            long[] whole = new long[rows];
            for (int row = 0; row < rows; row++) {
                whole[row] = (long) numbers[column][row];
            }
            boolean isWhole = column % 5 < 4;
            table = isWhole ? table.add(names[column], whole) : table.add(names[column], numbers[column]);
        }
        return table.build();
    }

    private static Dataset training() {
        return table(1, 2_000, TRAINING);
    }

    private static List<String> subjects(Report report) {
        return report.metrics().stream().map(Metric::subject).distinct().toList();
    }

    @Test
    void idsAndLabelsThatOnlyTheTrainingDataHaveAreNotMissedWhereTheyAreNotWatched() {
        Dataset traffic = table(2, 500, TRAINING).select("age", "income");
        Monitor all = Monitor.against(Baseline.of(training()));
        assertThat(all.check(traffic).status()).isEqualTo(Status.VIOLATED);

        Monitor without = all.withoutColumns("order_id", "defaulted").withoutColumns("score");
        Monitor only = all.ofColumns("age", "income");
        for (Monitor monitor :
                List.of(without, only, all.withoutColumns("order_id").ofColumns("age", "income"))) {
            Report report = monitor.check(traffic);
            assertThat(report.status()).as("%s", report).isEqualTo(Status.HEALTHY);
            assertThat(subjects(report)).containsExactly("", "age", "income");
            assertThat(monitor.constraints().list())
                    .extracting(c -> c.subject())
                    .containsOnly("", "age", "income");
        }
    }

    @Test
    void columnsThatOnlyTrafficHasAreOneViolationAndNoneWhereColumnsAreNamed() {
        Baseline baseline = Baseline.of(training().select("age", "income"));
        Monitor monitor = Monitor.against(baseline);
        Dataset traffic = table(2, 500, TRAINING);
        assertThat(monitor.check(traffic).violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.metric().name()).isEqualTo("extra_columns"));
        assertThat(monitor.ofColumns("age", "income").check(traffic).status()).isEqualTo(Status.HEALTHY);
        assertThat(monitor.withoutColumns("age").check(traffic).violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.metric().note())
                        .contains("order_id")
                        .doesNotContain("age"));
    }

    @Test
    void aChangeOfAWatchedColumnIsSeenAndOfAnotherIsNot() {
        Dataset shifted = table(2, 500, TRAINING).with("age", row -> (long) row.number("age") + 20);
        Monitor monitor = Monitor.against(Baseline.of(training()));
        assertThat(monitor.ofColumns("age").check(shifted).violations())
                .anyMatch(violation -> violation.subject().equals("age"));
        assertThat(monitor.ofColumns("income").check(shifted).status()).isEqualTo(Status.HEALTHY);
    }

    @Test
    void calculatorsReadColumnsWhoseQualityIsNotWatched() {
        MetricCalculator<?> quality = modelQuality().label("defaulted").score("score");
        Monitor monitor =
                Monitor.against(Baseline.of(training(), quality)).withoutColumns("order_id", "defaulted", "score");
        Report report = monitor.check(table(2, 500, TRAINING));
        assertThat(report.status()).isEqualTo(Status.HEALTHY);
        assertThat(report.metrics()).anyMatch(metric -> metric.name().equals("roc_auc") && metric.isDefined());
    }

    @Test
    void aColumnThatIsNotWatchedOrNotThereIsSaidToBeSo() {
        Monitor monitor = Monitor.against(Baseline.of(training()));
        assertThatThrownBy(() -> monitor.ofColumns("age", "incme"))
                .hasMessage("column 'incme' is none of the baseline's 5; the nearest is 'income'");
        assertThatThrownBy(() -> monitor.withoutColumns("Score")).hasMessageContaining("the nearest is 'score'");
        assertThatThrownBy(() -> monitor.ofColumns("age").requiring(on("income").drift()))
                .hasMessage("column 'income' is none of the baseline's 1; the nearest is 'age'");
    }

    @ParameterizedTest
    @CsvSource({
        "Income, income",
        "INCOME, income",
        "' income', income",
        "'income\u00a0', income",
        "'\ufeffincome', income",
        "'yearly  income', 'yearly income'",
        "'re\u0301gion', 'r\u00e9gion'",
        "'R\u00c9GION', 're\u0301gion'",
        "\u03a3\u03bf\u03c6\u03cc\u03c2, \u03c3\u03bf\u03c6\u03cc\u03c3"
    })
    void aNameThatDiffersByCaseBlanksOrUnicodeFormIsMatchedAndToldOnce(String given, String expected) {
        Monitor monitor = Monitor.against(Baseline.of(table(1, 2_000, "order_id", expected)));
        Dataset today = table(2, 50_000, "order_id", given);
        Report report = monitor.check(today);
        assertThat(report.status()).as("%s", report).isEqualTo(Status.HEALTHY);
        assertThat(report.problems())
                .extracting(DataProblem::description, DataProblem::count)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "column '" + given + "' is read as '" + expected
                                + "', from which it differs by case, blanks or Unicode form",
                        1L));
        assertThat(monitor.exactNames().check(today).violations())
                .singleElement()
                .satisfies(renamed -> {
                    assertThat(renamed.metric().name()).isEqualTo("missing_columns");
                    assertThat(renamed.metric().note()).contains(expected + "; new: " + given);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"incomes", "in come", "in_come", "inc\u00f4me"})
    void aNameThatDiffersOtherwiseIsAnother(String given) {
        Monitor monitor = Monitor.against(Baseline.of(table(1, 500, "order_id", "income")));
        assertThat(monitor.measure(table(2, 500, "order_id", given)).columns()).containsExactly("order_id", given);
    }

    @Test
    void aNameThatCouldBeSeveralIsNotMatched() {
        Monitor twoExpected = Monitor.against(Baseline.of(table(1, 500, "a", "Income", "INCOME")));
        assertThat(twoExpected.measure(table(2, 500, "a", "income")).columns()).containsExactly("a", "income");
        Monitor oneExpected = Monitor.against(Baseline.of(table(1, 500, "a", "income")));
        assertThat(oneExpected.measure(table(2, 500, "Income", "INCOME")).columns())
                .containsExactly("Income", "INCOME");
        assertThat(oneExpected.measure(table(2, 500, "income", "INCOME")).columns())
                .containsExactly("income", "INCOME");
    }

    @Test
    void rowsBehindAViolationAreFoundByTheMatchedName() {
        Monitor monitor = Monitor.against(Baseline.of(table(1, 2_000, "order_id", "age")));
        Dataset today = table(2, 500, "order_id", "age")
                .with("age", row -> row.number("age") > 77 ? null : (long) row.number("age"))
                .renamed("age", "AGE");
        Report report = monitor.check(today);
        assertThat(report.violations()).isNotEmpty();
        assertThat(monitor.rowsBehind(report.violations().get(0), today))
                .isNotEmpty()
                .allMatch(row -> row.isMissing("age"));
    }

    @Test
    void aColumnThatComesAfterOneTakenForItGetsANameOfItsOwn() {
        List<java.util.Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            rows.add(java.util.Map.of("Age", i % 50));
        }
        rows.add(java.util.Map.of("age", 3));
        Monitor monitor = Monitor.against(Baseline.of(table(1, 500, "order_id", "age")));
        Measurement measured = monitor.measure(Datasets.rows(rows));
        assertThat(measured.columns()).containsExactly("age", "age_2");
        assertThat(measured.problems()).hasSize(2);
    }
}
