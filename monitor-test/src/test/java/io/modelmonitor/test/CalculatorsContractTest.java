package io.modelmonitor.test;

import static io.modelmonitor.attribution.Attribution.attributionByRow;
import static io.modelmonitor.attribution.Attribution.attributionColumns;
import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.summarizingDouble;
import static java.util.stream.Collectors.toSet;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.fairness.Facet;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.sagemaker.ServiceFiles;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.attribution.Aggregation;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The merge laws, of every calculator there is and of collectors as users write them. */
@Tag("exhaustive")
class CalculatorsContractTest {

    /** Credit decisions with a score, some of them incomplete. */
    private static final Dataset CREDITS = credits();

    private static Dataset credits() {
        Random random = new Random(3);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            double debt = random.nextDouble();
            boolean defaulted = random.nextDouble() < debt * 0.6;
            double score = Math.min(1, Math.max(0, debt * 0.6 + 0.2 * random.nextGaussian()));
            rows.add(new @Nullable Object[] {
                18 + random.nextInt(60),
                random.nextInt(15) == 0 ? null : Math.rint(debt * 1000) / 1000,
                random.nextInt(3) == 0 ? "F" : "M",
                List.of("north", "south", "east").get(random.nextInt(3)),
                random.nextInt(40) == 0 ? null : defaulted ? 1 : 0,
                score > 0.3 ? 1 : 0,
                Math.rint(score * 1e4) / 1e4,
                20_000 + 1e4 * random.nextGaussian(),
                20_500 + 1e4 * random.nextGaussian(),
                random.nextGaussian(),
                2 * random.nextGaussian()
            });
        }
        return Datasets.of(
                Schema.ofNames(
                        "age",
                        "debt",
                        "sex",
                        "region",
                        "defaulted",
                        "predicted",
                        "score",
                        "income",
                        "estimate",
                        "shap_a",
                        "shap_b"),
                rows);
    }

    /** A calculator over the table of this test. */
    private abstract static class OfCredits<S> implements MetricCalculatorContract<S> {

        private final MetricCalculator<S> calculator;

        OfCredits(MetricCalculator<S> calculator) {
            this.calculator = calculator;
        }

        @Override
        public MetricCalculator<S> calculator() {
            return calculator;
        }

        @Override
        public Dataset rows() {
            return CREDITS;
        }
    }

    @SuppressWarnings("unchecked") // the state's type is the calculator's own affair
    private static MetricCalculator<Object> any(MetricCalculator<?> calculator) {
        return (MetricCalculator<Object>) calculator;
    }

    @Nested
    class OfDataQuality extends OfCredits<Object> {
        OfDataQuality() {
            super(any(DataQuality.standard()));
        }
    }

    @Nested
    class OfAUsersDrift extends OfCredits<Object> {
        OfAUsersDrift() {
            super(any(DataQuality.drift("drift.mine", (p, q) -> Math.abs(p.share(0) - q.share(0)))));
        }
    }

    @Nested
    class OfScores extends OfCredits<Object> {
        OfScores() {
            super(any(modelQuality().label("defaulted").score("score")));
        }
    }

    @Nested
    class OfPredictionsNobodySaidAnythingOf extends OfCredits<Object> {
        OfPredictionsNobodySaidAnythingOf() {
            super(any(modelQuality().label("defaulted").prediction("predicted")));
        }
    }

    @Nested
    class OfARegression extends OfCredits<Object> {
        OfARegression() {
            super(any(modelQuality().label("income").prediction("estimate").regression()));
        }
    }

    @Nested
    class OfSeveralLabels extends OfCredits<Object> {
        OfSeveralLabels() {
            super(any(modelQuality().label("region").prediction("sex").multiclass()));
        }
    }

    @Nested
    class OfSegments extends OfCredits<Object> {
        OfSegments() {
            super(any(modelQuality()
                    .label("defaulted")
                    .score("score")
                    .by("region")
                    .maxSegments(2)
                    .minRows(10)));
        }
    }

    @Nested
    class OfSegmentsOfSegments extends OfCredits<Object> {
        OfSegmentsOfSegments() {
            super(any(io.modelmonitor.quality.Segments.of(
                            modelQuality().label("defaulted").score("score").by("region"))
                    .by("old", row -> row.number("age") > 50)
                    .minRows(0)));
        }
    }

    @Nested
    class OfBias extends OfCredits<Object> {
        OfBias() {
            super(any(bias(
                            Facet.of("sex", "F"),
                            Facet.of("region"),
                            Facet.above("age", 45),
                            Facet.intersection(Facet.of("sex"), Facet.of("region")))
                    .label("defaulted", "0")
                    .prediction("predicted", "0")
                    .score("score")
                    .group("region")));
        }
    }

    @Nested
    class OfTheFlipTest extends OfCredits<Object> {
        OfTheFlipTest() {
            super(any(bias("sex", "F").prediction("predicted", "0").flipTest("age", "debt", "region")));
        }
    }

    @Nested
    class OfAttribution extends OfCredits<Object> {
        OfAttribution() {
            super(any(attributionByRow(row -> 0.01 * row[0] + row[1])
                    .background(
                            Datasets.of(
                                    Schema.ofNames("age", "score"),
                                    List.of(new Object[] {20, 0.1}, new Object[] {60, 0.9})),
                            "age",
                            "score")
                    .maxRows(100_000)));
        }
    }

    @Nested
    class OfAttributionsInColumns extends OfCredits<Object> {
        OfAttributionsInColumns() {
            super(any(attributionColumns("shap_").aggregation(Aggregation.MEDIAN)));
        }
    }

    @Nested
    class OfTheServicesArithmetic extends OfCredits<Object> {
        OfTheServicesArithmetic() {
            super(any(ServiceFiles.measures()));
        }
    }

    @Nested
    class OfTheLambdaOfTheReadme extends OfCredits<Object> {
        OfTheLambdaOfTheReadme() {
            super(any(MetricCalculator.of("mean_debt", averagingDouble(row -> row.number("debt")))));
        }
    }

    @Nested
    class OfANamedCalculator extends OfCredits<Object> {
        OfANamedCalculator() {
            super(any(modelQuality()
                    .label("defaulted")
                    .score("score")
                    .named("challenger")
                    .onOneThread()));
        }
    }

    @Nested
    class OfACount extends OfCredits<Object> {
        OfACount() {
            super(any(MetricCalculator.of("count", counting())));
        }
    }

    @Nested
    class OfACollectorWhoseStateCannotBeSaved extends OfCredits<Object> {
        OfACollectorWhoseStateCannotBeSaved() {
            super(any(MetricCalculator.of(
                    "regions", collectingAndThen(mapping(row -> row.text("region"), toSet()), Set::size))));
        }

        @Override
        public boolean canBeSaved() {
            return false;
        }
    }

    @Nested
    class OfSeveralMetricsOfACollector extends OfCredits<Object> {
        OfSeveralMetricsOfACollector() {
            super(any(MetricCalculator.ofMetrics(
                    "debt",
                    collectingAndThen(
                            summarizingDouble(row -> row.number("debt")),
                            (DoubleSummaryStatistics debt) -> List.of(
                                    Metric.of("debt", "sum", debt.getSum()),
                                    Metric.of(MetricId.DATASET, "debts", (double) debt.getCount()))))));
        }

        @Override
        public boolean canBeSaved() {
            return false;
        }
    }
}
