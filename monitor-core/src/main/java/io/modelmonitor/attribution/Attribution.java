package io.modelmonitor.attribution;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Explanation;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.api.Row;
import io.modelmonitor.spi.Attributor;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.attribution.Aggregation;
import io.modelmonitor.stats.attribution.Background;
import io.modelmonitor.stats.attribution.Link;
import io.modelmonitor.stats.attribution.RowSample;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collector;
import java.util.stream.Stream;

/**
 * Watches what a model's predictions are made of: which features matter, whether their order still is the baseline's, which
 * moved up or down. Reads aloud: {@code attributionByRow(model::score).background(sample)}.
 *
 * <pre>{@code
 * MetricCalculator reasons = attributionByRow(model::score).background(Datasets.csv(Path.of("train.csv")), "age", "income");
 * Baseline baseline = Baseline.of(train, reasons);
 * Report report = Monitor.against(baseline).watching(reasons)
 *     .requiring(onDataset().metric("attribution.ndcg").atLeast(0.90))
 *     .check(today);
 * }</pre>
 *
 * <p>Explaining is expensive, a hundred thousand predictions for one row. So a uniform sample of rows is kept while a window
 * is read, {@value #DEFAULT_ROWS} unless told otherwise, and explained at its end, by whoever ends it: never by the thread
 * that serves. What is explained less for a budget's sake is said in the note of {@code attribution.explained_rows}, and so
 * are rows that the model failed on. Attributions computed elsewhere are taken from all rows.
 *
 * <p>Metrics and subjects are named in {@link AttributionNames}. Global attributions have the standard error, nDCG the
 * evidence of exchanged and resampled rows ({@link io.modelmonitor.stats.attribution.AttributionDrift}), of which a baseline
 * keeps 200 with five digits each: about 40 KB for 20 features. Equal seeds and rows give equal
 * bits, on any number of threads, unless a deadline cuts in. Immutable; every setting returns a new one.
 */
public final class Attribution implements MetricCalculator {

    /** How many rows of a window are explained unless told otherwise. */
    public static final int DEFAULT_ROWS = 500;

    /** How many rows of a dataset make a background unless told otherwise. */
    public static final int DEFAULT_BACKGROUND = 100;

    private static final long DEFAULT_SEED = 42;

    private final FeatureReader.Columns columns;
    private final Method method;
    private final Summary summary;
    private final Budget budget;
    private final Executor executor;

    private Attribution(
            FeatureReader.Columns columns, Method method, Summary summary, Budget budget, Executor executor) {
        this.columns = columns;
        this.method = method;
        this.summary = summary;
        this.budget = budget;
        this.executor = executor;
    }

    /**
     * Starts with a model, explained by Shapley values: exact where 2,072 coalitions suffice, which they do for up to 11
     * features, by Kernel SHAP beyond.
     *
     * @param model the model on batches: rows of features in, as many rows of outputs out. It is given up to about a
     *     thousand rows at once, in arrays that are used again: it may write to them, not keep them
     */
    public static OfModel attribution(UnaryOperator<double[][]> model) {
        return new OfModel(model);
    }

    /**
     * Starts with a model that takes one row at a time and has one output, as {@link #attribution} does with one on batches.
     *
     * @param model the model: a row of features in, an output out. It may write to the row, not keep it
     */
    public static OfModel attributionByRow(ToDoubleFunction<double[]> model) {
        return attribution(rows -> {
            double[][] outputs = new double[rows.length][1];
            for (int i = 0; i < rows.length; i++) {
                outputs[i][0] = model.applyAsDouble(rows[i]);
            }
            return outputs;
        });
    }

    /**
     * Explains rows by other means, such as a tree library's own algorithm.
     *
     * @param attributor what explains a row; counts as one call for each
     * @param features the columns it takes, in its order
     * @throws IllegalArgumentException if there are no features
     */
    public static Attribution attributionBy(Attributor attributor, String... features) {
        return new Attribution(
                FeatureReader.named(notEmpty(features)),
                Method.of(attributor),
                new Summary(Aggregation.MEAN_ABS, List.of(), DEFAULT_SEED),
                Budget.ofRows(DEFAULT_ROWS),
                Runnable::run);
    }

    /**
     * Takes attributions that were computed elsewhere as they are, from columns of the data itself, of every row.
     *
     * @param prefix what the columns' names start with; the rest is the feature's name
     * @throws IllegalArgumentException if the prefix is empty
     */
    public static Attribution attributionColumns(String prefix) {
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("prefix is empty; say what the columns of attributions start with");
        }
        return new Attribution(
                FeatureReader.starting(prefix),
                Method.of(contributions -> Explanation.of(new double[] {Double.NaN}, contributions)),
                new Summary(Aggregation.MEAN_ABS, List.of(), DEFAULT_SEED),
                Budget.ofRows(Budget.EVERY_ROW),
                Runnable::run);
    }

    /** A model that still needs to know what it is explained against. */
    public static final class OfModel {

        private final UnaryOperator<double[][]> model;

        private OfModel(UnaryOperator<double[][]> model) {
            this.model = model;
        }

        /**
         * Explains against rows of a dataset. Of more than {@value Attribution#DEFAULT_BACKGROUND} rows, a uniform sample of
         * as many is taken. It is read now.
         *
         * @param features the columns that the model takes, in its order; none for all columns of the dataset
         * @throws IllegalArgumentException if it has no rows, lacks a column, or a column is no number
         * @throws java.io.UncheckedIOException if it cannot be read
         */
        public Attribution background(Dataset sample, String... features) {
            RowSample rows = RowSample.of(DEFAULT_BACKGROUND, DEFAULT_SEED);
            List<String> names = List.of(features);
            try (Stream<Row> stream = sample.rows()) {
                for (Row row : (Iterable<Row>) stream::iterator) {
                    names = names.isEmpty() ? row.schema().names() : names;
                    rows.add(new FeatureReader(FeatureReader.named(names)).read(row));
                }
            }
            if (rows.rows() == 0) {
                throw new IllegalArgumentException("sample has no rows; at least one is needed");
            }
            double[][] background =
                    rows.ordered().stream().map(RowSample.Row::values).toArray(double[][]::new);
            return background(Background.of(background), names.toArray(String[]::new));
        }

        /**
         * Explains against a background made by hand, such as {@link Background#centres} or {@link Background#medoids}.
         *
         * @param background what stands in for absent features
         * @param features the columns that the model takes, in its order
         * @throws IllegalArgumentException if there are not as many features as in the background
         */
        public Attribution background(Background background, String... features) {
            if (features.length != background.features()) {
                throw new IllegalArgumentException(
                        "features: " + features.length + " named, the background has " + background.features());
            }
            return new Attribution(
                    FeatureReader.named(List.of(features)),
                    Method.shapley(model, background, Link.IDENTITY, DEFAULT_SEED),
                    new Summary(Aggregation.MEAN_ABS, List.of(), DEFAULT_SEED),
                    Budget.ofRows(DEFAULT_ROWS),
                    Runnable::run);
        }
    }

    /**
     * Adds contributions up on another scale than the model's outputs.
     *
     * @throws IllegalArgumentException if attributions are computed elsewhere
     */
    public Attribution link(Link link) {
        return with(method.withLink(link));
    }

    /**
     * Asks Kernel SHAP for another number of coalitions; more are more exact.
     *
     * @throws IllegalArgumentException if they are fewer than two for each feature, or attributions are computed elsewhere
     */
    public Attribution samples(int samples) {
        return with(method.withSamples(samples));
    }

    /**
     * Only asks what is lost when a single feature is taken from the background: a cheap fallback, about a hundred times
     * faster than Kernel SHAP for 20 features.
     *
     * @throws IllegalArgumentException if attributions are computed elsewhere
     */
    public Attribution byPermutation() {
        return with(method.byPermutation());
    }

    /** Sums rows up in another way than by their mean magnitudes. */
    public Attribution aggregating(Aggregation aggregation) {
        return with(summary.withAggregation(aggregation));
    }

    /** Names the outputs of a model with several; otherwise they are numbered from "label0" on. */
    public Attribution labels(String... labels) {
        return with(summary.withLabels(List.of(labels)));
    }

    /** Draws other rows, coalitions and replicates. */
    public Attribution seed(long seed) {
        return new Attribution(columns, method.withSeed(seed), summary.withSeed(seed), budget, executor);
    }

    /**
     * Explains at most so many rows of a window, a uniform sample of it.
     *
     * @throws IllegalArgumentException if rows are less than 1
     */
    public Attribution explainingAtMost(int rows) {
        return with(budget.withRows(positive("rows", rows)));
    }

    /** Explains every row of a window as it comes. For attributors as fast as the closed form of linear models. */
    public Attribution explainingEveryRow() {
        return with(budget.withRows(Budget.EVERY_ROW));
    }

    /**
     * Gives at most so many rows to the model for one window, by explaining fewer rows.
     *
     * @throws IllegalArgumentException if calls are less than 1
     */
    public Attribution atMost(long calls) {
        return with(budget.withCalls(positive("calls", calls)));
    }

    /**
     * Stops explaining the rows of a window so long after all of them have been seen. A row that was begun is finished.
     *
     * @throws IllegalArgumentException if the duration is not positive
     */
    public Attribution within(Duration time) {
        return within(time, InstantSource.system());
    }

    /** As {@link #within(Duration)}, by another clock. */
    public Attribution within(Duration time, InstantSource clock) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("time " + time + " is too short; allowed is more than nothing");
        }
        return with(budget.withTime(time, clock));
    }

    /**
     * Explains rows on an executor, several at once: the model then has to be safe for use by several threads. The thread
     * that ends the window waits for it, and so must not be the executor's only one.
     */
    public Attribution on(Executor otherExecutor) {
        return new Attribution(columns, method, summary, budget, otherExecutor);
    }

    /**
     * Explains one row, on the calling thread.
     *
     * @throws RuntimeException what the model throws, or one line if the row or the model's answer is unfit
     */
    public Explanation explain(Row row) {
        return method.attributor().explain(new FeatureReader(columns).read(row));
    }

    @Override
    public Collector<Row, ?, List<Metric>> against(Reference reference) {
        return Collector.of(
                () -> new AttributionState(new FeatureReader(columns), method, summary.seed(), budget, executor),
                AttributionState::add,
                AttributionState::merge,
                state -> new AttributionMetrics(summary, reference).of(state.finish()));
    }

    private Attribution with(Method newMethod) {
        return new Attribution(columns, newMethod, summary, budget, executor);
    }

    private Attribution with(Summary newSummary) {
        return new Attribution(columns, method, newSummary, budget, executor);
    }

    private Attribution with(Budget newBudget) {
        return new Attribution(columns, method, summary, newBudget, executor);
    }

    private static List<String> notEmpty(String... features) {
        if (features.length == 0) {
            throw new IllegalArgumentException("features are none; name the columns that the attributor takes");
        }
        return List.of(features);
    }

    private static long positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + " is too few; allowed is at least 1");
        }
        return value;
    }
}
