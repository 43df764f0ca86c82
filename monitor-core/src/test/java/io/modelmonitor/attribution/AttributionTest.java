package io.modelmonitor.attribution;

import static io.modelmonitor.attribution.Attribution.attribution;
import static io.modelmonitor.attribution.Attribution.attributionBy;
import static io.modelmonitor.attribution.Attribution.attributionColumns;
import static io.modelmonitor.attribution.AttributionNames.ATTRIBUTION;
import static io.modelmonitor.attribution.AttributionNames.EXPECTED_VALUE;
import static io.modelmonitor.attribution.AttributionNames.EXPLAINED_ROWS;
import static io.modelmonitor.attribution.AttributionNames.MEAN;
import static io.modelmonitor.attribution.AttributionNames.NDCG;
import static io.modelmonitor.attribution.AttributionNames.RANK_CHANGE;
import static io.modelmonitor.attribution.AttributionNames.SIGN_FLIPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Explanation;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Plot;
import io.modelmonitor.api.Row;
import io.modelmonitor.stats.attribution.Aggregation;
import io.modelmonitor.stats.attribution.Attributors;
import io.modelmonitor.stats.attribution.Background;
import io.modelmonitor.stats.attribution.Link;
import io.modelmonitor.stats.evidence.PValues;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributionTest {

    private static final String[] FEATURES = {"income", "age", "debt", "years"};
    private static final double[] WEIGHTS = {4, 2, 1, -0.5};
    private static final double[] TURNED = {-0.5, 1, 2, 4};
    private static final Bound SAME_ORDER = Bound.atLeast(0.90);

    @Test
    void baselineAndWindowAreMeasuredAlikeAndDriftIsTheOrderBetweenThem() {
        Attribution reasons = of(WEIGHTS);
        Known baseline = Known.of(reasons, rows(300, 1));
        List<Metric> window = Known.run(of(TURNED), baseline, rows(200, 2));

        assertThat(find(baseline.metrics(), ATTRIBUTION, "income").value()).isCloseTo(4 * 0.5, within(0.2));
        assertThat(find(baseline.metrics(), ATTRIBUTION, "income").evidence().standardError())
                .isBetween(0.01, 0.2);
        assertThat(find(baseline.metrics(), EXPECTED_VALUE, "").value()).isCloseTo(0, within(1e-12));
        assertThat(find(baseline.metrics(), EXPLAINED_ROWS, "").value()).isEqualTo(300);
        assertThat(find(baseline.metrics(), NDCG, "")).isNull();

        Metric ndcg = find(window, NDCG, "");
        assertThat(ndcg.value()).isLessThan(0.7);
        assertThat(PValues.of(ndcg.evidence(), ndcg.value(), SAME_ORDER)).isLessThan(0.01);
        assertThat(ndcg.note()).startsWith("95 % interval 0.");
        assertThat(ndcg.note()).contains("income fell from rank 1 to 4").contains("years rose from rank 4 to 1");
        assertThat(find(window, RANK_CHANGE, "years").value()).isEqualTo(3);
        assertThat(find(window, RANK_CHANGE, "income").value()).isEqualTo(-3);
        assertThat(find(window, ATTRIBUTION, "income").note()).contains("rank 4, was 1");
    }

    @Test
    void theSameDataKeepsItsOrder() {
        Attribution reasons = of(WEIGHTS);
        Known baseline = Known.of(reasons, rows(300, 1));

        List<Metric> window = Known.run(reasons, baseline, rows(20, 2));

        assertThat(find(window, NDCG, "").value()).isGreaterThan(0.95);
        assertThat(find(window, SIGN_FLIPS, "").value()).isZero();
    }

    @Test
    void aFeatureThatNowLowersWhatItRaisedHasItsSignTurned() {
        Attribution reasons = attribution(linear(WEIGHTS)).background(zero(), FEATURES);
        Table before = new Table(FEATURES);
        Table now = new Table(FEATURES);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50; i++) {
            before.row(1 + random.nextDouble(), 1, 1, 1);
            now.row(-1 - random.nextDouble(), 1, 1, 1);
        }
        Known baseline = Known.of(reasons, before.list());

        List<Metric> window = Known.run(reasons, baseline, now.list());

        assertThat(find(window, SIGN_FLIPS, "").value()).isEqualTo(1);
        assertThat(find(window, ATTRIBUTION, "income").note()).contains("sign has turned");
        assertThat(find(window, MEAN, "income").value()).isNegative();
        assertThat(find(window, NDCG, "").value()).isEqualTo(1);
    }

    @Test
    void takesItsFeaturesAndItsBackgroundFromADataset() {
        Table sample = new Table("income", "age");
        for (int i = 0; i < 250; i++) {
            sample.row(i % 2, 3);
        }
        Attribution reasons = attribution(linear(2, 5)).background(sample);
        Row row = new Table("other", "age", "income").row("x", 4, 1).list().get(0);

        Explanation explanation = reasons.explain(row);

        assertThat(explanation.contribution(0, 1)).isCloseTo(5, within(1e-12));
        assertThat(explanation.contribution(0, 0)).isBetween(0.7, 1.3);
    }

    @Test
    void severalOutputsHaveALabelBeforeTheFeature() {
        Attribution reasons = attribution(rows -> Arrays.stream(rows)
                        .map(row -> new double[] {row[0] + 3 * row[1], row[0] - row[1]})
                        .toArray(double[][]::new))
                .background(Background.of(new double[1][2]), "a", "b");
        List<Row> rows = new Table("a", "b").row(1, 1).row(2, -1).list();
        Known baseline = Known.of(reasons, rows);

        List<Metric> window = Known.run(reasons, baseline, rows);

        assertThat(find(window, ATTRIBUTION, "label0/b").value()).isCloseTo(3, within(1e-12));
        assertThat(find(window, ATTRIBUTION, "label1/b").value()).isCloseTo(1, within(1e-12));
        assertThat(find(window, NDCG, "label1").value()).isEqualTo(1);
        assertThat(baseline.suggested())
                .containsExactly(
                        new Constraint("label0", NDCG, SAME_ORDER), new Constraint("label1", NDCG, SAME_ORDER));
        assertThat(Known.run(reasons.labels("yes", "no"), null, rows))
                .extracting(Metric::subject)
                .contains("yes/a", "no/b", "no");
    }

    @Test
    void theOrderOfOneOutputIsASuggestedConstraintOfTheDataset() {
        Known baseline = Known.of(of(WEIGHTS), rows(30, 1));

        assertThat(baseline.suggested()).containsExactly(new Constraint(MetricId.DATASET, NDCG, SAME_ORDER));
        assertThat(Known.of(of(WEIGHTS), List.of()).suggested()).isEmpty();
    }

    @Test
    void attributionsComputedElsewhereAreTakenAsTheyAreFromEveryRow() {
        Attribution reasons = attributionColumns("shap_");
        List<Row> rows = new Table("id", "shap_age", "shap_debt")
                .row("a", 1, -3)
                .row("b", -2, 0.5)
                .row("c", "", 1)
                .row("d", 2, "none")
                .list();

        List<Metric> metrics = Known.run(reasons, null, rows);

        assertThat(find(metrics, ATTRIBUTION, "age").value()).isEqualTo(1.5);
        assertThat(find(metrics, ATTRIBUTION, "debt").value()).isEqualTo(1.75);
        assertThat(find(metrics, EXPECTED_VALUE, "")).isNull();
        Metric explained = find(metrics, EXPLAINED_ROWS, "");
        assertThat(explained.value()).isEqualTo(2);
        assertThat(explained.note())
                .contains("a contribution is NaN; it has to be finite: 1 rows, first row 3")
                .contains("feature 'debt' is no number: 1 rows, first row 4");
        assertThat(Known.of(reasons, rows).suggested())
                .containsExactly(new Constraint(MetricId.DATASET, NDCG, SAME_ORDER));
    }

    @ParameterizedTest
    @CsvSource({"MEAN_ABS, 2", "MEDIAN, 1", "MEAN_SQ, 5"})
    void aggregatesAsToldTo(Aggregation aggregation, double expected) {
        List<Row> rows =
                new Table("shap_x").row(1).row(3).row(-1).row(3).row(1).row(-3).list();
        List<Metric> metrics = Known.run(attributionColumns("shap_").aggregation(aggregation), null, rows);

        assertThat(find(metrics, ATTRIBUTION, "x").value()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void rowsThatTheModelFailsOnAreReportedAndTheOthersExplained() {
        Attribution reasons = attribution(rows -> {
                    for (double[] row : rows) {
                        if (row[0] == 13) {
                            throw new IllegalStateException("unlucky\nrow");
                        }
                    }
                    return linear(1, 1).apply(rows);
                })
                .background(Background.of(new double[1][2]), "a", "b");
        List<Row> rows =
                new Table("a", "b").row(1, 2).row(13, 2).row("", 2).row(4, 5).list();

        List<Metric> metrics = Known.run(reasons, null, rows);

        Metric explained = find(metrics, EXPLAINED_ROWS, "");
        assertThat(explained.value()).isEqualTo(2);
        assertThat(explained.note())
                .contains("unlucky row: 1 rows, first row 2")
                .contains("the model returned NaN; only finite outputs can be explained: 1 rows, first row 3");
        assertThat(find(metrics, ATTRIBUTION, "a").value()).isEqualTo(2.5);
    }

    @Test
    void aModelThatAlwaysFailsLeavesTheOrderUndefinedNeverFine() {
        Known baseline = Known.of(of(WEIGHTS), rows(30, 1));
        Attribution broken = attribution(rows -> new double[0][]).background(zero(), FEATURES);

        Metric ndcg = find(Known.run(broken, baseline, rows(3, 2)), NDCG, "");

        assertThat(ndcg.isDefined()).isFalse();
        assertThat(ndcg.note()).contains("no row could be explained").contains("returned 0 rows for 1 row: 3 rows");
        assertThat(find(Known.run(of(WEIGHTS), baseline, List.of()), NDCG, "").note())
                .isEqualTo("there were no rows");
    }

    @Test
    void missingColumnsAndOtherFeaturesAreSaidNotGuessed() {
        Known baseline = Known.of(of(WEIGHTS), rows(30, 1));
        List<Row> without = new Table("income").row(1).list();
        assertThat(find(Known.run(of(WEIGHTS), baseline, without), EXPLAINED_ROWS, "")
                        .note())
                .contains("no column 'age'");

        List<Row> other = new Table("shap_other").row(1).row(2).list();
        Metric ndcg = find(Known.run(attributionColumns("shap_"), baseline, other), NDCG, "");
        assertThat(ndcg.isDefined()).isFalse();
        assertThat(ndcg.note()).contains("other features");
    }

    @Test
    void explainsAUniformSampleOfManyRowsAndSaysSo() {
        AtomicLong calls = new AtomicLong();
        Attribution reasons = counted(calls).maxRows(20);

        List<Metric> metrics = Known.run(reasons, null, rows(500, 1));

        assertThat(find(metrics, EXPLAINED_ROWS, "").value()).isEqualTo(20);
        assertThat(find(metrics, EXPLAINED_ROWS, "").note()).isEqualTo("a uniform sample of 20 of 500 rows");
        assertThat(calls).hasValue(20 * (1 + 1 + 14));
    }

    @Test
    void aBudgetOfCallsIsKeptByExplainingFewerRows() {
        AtomicLong calls = new AtomicLong();

        List<Metric> metrics = Known.run(counted(calls).maxCalls(100), null, rows(500, 1));

        assertThat(find(metrics, EXPLAINED_ROWS, "").value()).isEqualTo(6);
        assertThat(find(metrics, EXPLAINED_ROWS, "").note())
                .isEqualTo("a uniform sample of 6 of 500 rows, which 100 calls pay for");
        assertThat(calls).hasValueLessThanOrEqualTo(100);

        Known baseline = Known.of(counted(calls).maxCalls(100), rows(500, 1));
        List<Metric> tooFew = Known.run(counted(calls).maxCalls(15), baseline, rows(500, 1));
        assertThat(find(tooFew, NDCG, "").isDefined()).isFalse();
        assertThat(find(tooFew, NDCG, "").note()).contains("15 calls does not pay for one row, which takes up to 16");
    }

    @Test
    void aDeadlineLeavesRowsUnexplainedAndSaysSo() {
        AtomicLong seconds = new AtomicLong();
        InstantSource clock = () -> Instant.ofEpochSecond(seconds.getAndIncrement());

        List<Metric> metrics = Known.run(of(WEIGHTS).timeLimit(Duration.ofSeconds(10), clock), null, rows(50, 1));

        assertThat(find(metrics, EXPLAINED_ROWS, "").value()).isEqualTo(9);
        assertThat(find(metrics, EXPLAINED_ROWS, "").note())
                .isEqualTo("time was up after PT10S, 41 of 50 sampled rows of 50 were left");
    }

    @Test
    void equalSeedsGiveEqualBitsOnAnyNumberOfThreads() {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Attribution alone = of(WEIGHTS).maxRows(40);
            Known baseline = Known.of(alone, rows(300, 1));

            List<Metric> one = Known.run(alone, baseline, rows(300, 2));
            List<Metric> other = Known.run(alone.executor(threads), baseline, rows(300, 2));

            assertThat(other).hasSameSizeAs(one);
            for (int i = 0; i < one.size(); i++) {
                assertThat(other.get(i).name()).isEqualTo(one.get(i).name());
                assertThat(other.get(i).value()).isEqualTo(one.get(i).value());
                assertThat(PValues.of(other.get(i).evidence(), 0.5, SAME_ORDER))
                        .isEqualTo(PValues.of(one.get(i).evidence(), 0.5, SAME_ORDER));
            }
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "77", "299", "300"})
    void statesMerge(int first) {
        Attribution every = attributionBy(Attributors.linear(new double[][] {WEIGHTS}, new double[1], zero()), FEATURES)
                .everyRow();
        for (Attribution reasons : List.of(every, of(WEIGHTS))) {
            List<Metric> whole = Known.run(reasons, null, rows(300, 1));
            List<Metric> merged = Known.runInTwo(reasons, rows(300, 1), first);

            assertThat(merged).hasSameSizeAs(whole);
            for (int i = 0; i < whole.size(); i++) {
                assertThat(merged.get(i).value()).isCloseTo(whole.get(i).value(), within(1e-12));
            }
        }
    }

    @Test
    void mergedStatesNumberFailedRowsAsOne() {
        List<Row> rows = new Table("shap_x").row(1).row("bad").row(2).row("bad").list();

        Metric explained = find(Known.runInTwo(attributionColumns("shap_"), rows, 3), EXPLAINED_ROWS, "");

        assertThat(explained.note()).isEqualTo("feature 'x' is no number: 2 rows, first row 2");
    }

    @Test
    void showsRankedBarsSlopesAndLocalValues() {
        Known baseline = Known.of(of(WEIGHTS), rows(30, 1));
        List<Metric> window = Known.run(of(TURNED), baseline, rows(30, 2));

        assertThat(find(baseline.metrics(), EXPLAINED_ROWS, "").plots())
                .hasExactlyElementsOfTypes(Plot.Bars.class, Plot.Strips.class);
        Plot.Bars bars =
                (Plot.Bars) find(baseline.metrics(), EXPLAINED_ROWS, "").plots().get(0);
        assertThat(bars.names()).containsExactly("income", "age", "debt", "years");
        List<Plot> shown = find(window, NDCG, "").plots();
        Plot.Pairs ranks = (Plot.Pairs) shown.get(1);
        assertThat(ranks.names()).containsExactly("income", "age", "debt", "years");
        assertThat(ranks.before()).containsExactly(1.0, 2.0, 3.0, 4.0);
        assertThat(ranks.after()).containsExactly(4.0, 3.0, 2.0, 1.0);
        Plot.Strips strips =
                (Plot.Strips) find(window, EXPLAINED_ROWS, "").plots().get(1);
        assertThat(strips.names().get(0)).isEqualTo("years");
        assertThat(strips.points().get(0)).hasSize(30);
    }

    @Test
    void settingsReachTheAttributor() {
        Row row = new Table(FEATURES).row(0.5, 1, -1, 2).list().get(0);
        Attribution logistic = attribution(rows -> Arrays.stream(linear(WEIGHTS).apply(rows))
                        .map(output -> new double[] {1 / (1 + Math.exp(-output[0]))})
                        .toArray(double[][]::new))
                .background(zero(), FEATURES);

        assertThat(logistic.link(Link.LOGIT).explain(row).contribution(0, 1)).isCloseTo(2, within(1e-9));
        assertThat(of(WEIGHTS).byPermutation().explain(row).contributions(0))
                .containsExactly(new double[] {2, 2, -1, -1}, within(1e-12));
        assertThat(logistic.samples(8).seed(1).explain(row).contribution(0, 1))
                .isCloseTo(logistic.explain(row).contribution(0, 1), within(0.05));
    }

    @Test
    void refusesSettingsThatCannotWork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> attributionColumns(""))
                .withMessageContaining("prefix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> attributionColumns("shap_").link(Link.LOGIT))
                .withMessageContaining("link cannot be set");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> attributionBy(row -> Explanation.of(new double[1], row)))
                .withMessageContaining("features are none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> attribution(linear(1)).background(zero(), "a"))
                .withMessageContaining("features: 1 named, the background has 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> attribution(linear(1)).background(new Table("a")))
                .withMessageContaining("no rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(WEIGHTS).maxRows(0))
                .withMessageContaining("rows 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(WEIGHTS).maxCalls(0))
                .withMessageContaining("calls 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(WEIGHTS).timeLimit(Duration.ZERO))
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(WEIGHTS).samples(7))
                .withMessageContaining("samples 7");
    }

    private static Attribution of(double... weights) {
        return attribution(linear(weights)).background(zero(), FEATURES);
    }

    private static Attribution counted(AtomicLong calls) {
        return attribution(rows -> {
                    calls.addAndGet(rows.length);
                    return linear(WEIGHTS).apply(rows);
                })
                .background(zero(), FEATURES);
    }

    private static Background zero() {
        return Background.of(new double[1][4]);
    }

    private static UnaryOperator<double[][]> linear(double... weights) {
        return rows -> {
            double[][] outputs = new double[rows.length][1];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < weights.length; j++) {
                    outputs[i][0] += weights[j] * rows[i][j];
                }
            }
            return outputs;
        };
    }

    private static List<Row> rows(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Table table = new Table(FEATURES);
        for (int i = 0; i < count; i++) {
            table.row(random.doubles(4, -1, 1).boxed().toArray());
        }
        return table.list();
    }

    private static Metric find(List<Metric> metrics, String name, String subject) {
        return Known.find(metrics, name, subject);
    }
}
