package io.modelmonitor.attribution;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Explanation;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Row;
import io.modelmonitor.spi.Attributor;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.attribution.Aggregation;
import io.modelmonitor.stats.attribution.Link;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Watches what a model's predictions are made of: which features matter, whether their order still is the baseline's, which
 * moved up or down. Reads aloud: {@code attributionByRow(model::score).background(sample)}.
 *
 * <pre>{@code
 * MetricCalculator<?> reasons = attributionByRow(model::score).background(Datasets.csv(Path.of("train.csv")), "age", "income");
 * Baseline baseline = Baseline.of(train, reasons);
 * Report report = Monitor.against(baseline)
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
 * evidence of exchanged and resampled rows ({@link io.modelmonitor.stats.attribution.AttributionDrift}), of which 200 of the
 * baseline are compared with. Equal seeds and rows give equal
 * bits, on any number of threads, unless a deadline cuts in. Immutable; every setting returns a new one.
 */
public final class Attribution implements MetricCalculator<AttributionState> {

    /** The number of rows of a window that are explained by default. */
    public static final int DEFAULT_ROWS = 500;

    /** The number of rows of a dataset that make a background by default. */
    public static final int DEFAULT_BACKGROUND = 100;

    /** The calculator's name unless {@link #named} gives it another. */
    public static final String NAME = "attribution";

    /** The least nDCG that counts as the same order, the field's limit. */
    public static final double LEAST_NDCG = 0.90;

    static final long DEFAULT_SEED = 42;

    private final FeatureReader.Columns columns;
    private final Method method;
    private final Summary summary;
    private final Budget budget;
    private final Executor executor;

    Attribution(FeatureReader.Columns columns, Method method, Summary summary, Budget budget, Executor executor) {
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
    public static ExplainedModel attribution(UnaryOperator<double[][]> model) {
        return new ExplainedModel(model);
    }

    /**
     * Starts with a model that takes one row at a time and has one output, as {@link #attribution} does with one on batches.
     *
     * @param model the model: a row of features in, an output out. It may write to the row, not keep it
     */
    public static ExplainedModel attributionByRow(ToDoubleFunction<double[]> model) {
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
    public Attribution aggregation(Aggregation aggregation) {
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
    public Attribution maxRows(int rows) {
        return with(budget.withRows(positive("rows", rows)));
    }

    /** Explains every row of a window as it comes. For attributors as fast as the closed form of linear models. */
    public Attribution everyRow() {
        return with(budget.withRows(Budget.EVERY_ROW));
    }

    /**
     * Gives at most so many rows to the model for one window, by explaining fewer rows.
     *
     * @throws IllegalArgumentException if calls are less than 1
     */
    public Attribution maxCalls(long calls) {
        return with(budget.withCalls(positive("calls", calls)));
    }

    /**
     * Stops explaining the rows of a window so long after all of them have been seen. A row that was begun is finished.
     *
     * @throws IllegalArgumentException if the duration is not positive
     */
    public Attribution timeLimit(Duration time) {
        return timeLimit(time, InstantSource.system());
    }

    /** As {@link #timeLimit(Duration)}, by another clock. */
    public Attribution timeLimit(Duration time, InstantSource clock) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("time " + time + " is too short; allowed is more than nothing");
        }
        return with(budget.withTime(time, clock));
    }

    /**
     * Explains rows on the thread that ends the window and on those of an executor, several at once: the model then has to be
     * safe for use by several threads. An executor that is busy, full or shut down leaves the work to the calling thread.
     */
    public Attribution executor(Executor otherExecutor) {
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
    public String name() {
        return NAME;
    }

    @Override
    public AttributionState start() {
        return new AttributionState(new FeatureReader(columns), method, summary.seed(), budget, executor);
    }

    /**
     * Returns the state of reference data whose attributions were computed elsewhere and are known without their rows, such as by
     * another service. For {@link io.modelmonitor.Measurement#with}.
     *
     * @param features the features' names
     * @param attributions for each output an attribution of each feature, in their order
     * @throws IllegalArgumentException if there are not as many attributions as features
     */
    public AttributionState stated(List<String> features, double[]... attributions) {
        for (double[] ofOutput : attributions) {
            if (ofOutput.length != features.size()) {
                throw new IllegalArgumentException(
                        "attributions: " + ofOutput.length + " given; there are " + features.size() + " features");
            }
        }
        return start().state(features, List.of(attributions));
    }

    @Override
    public void add(AttributionState state, Batch batch) {
        batch.forEachRow(state::add);
    }

    @Override
    public AttributionState merge(AttributionState earlier, AttributionState later) {
        return earlier.merge(later);
    }

    /** Explains the sampled rows. */
    @Override
    public AttributionState complete(AttributionState state) {
        state.complete();
        return state;
    }

    @Override
    public List<Metric> measure(AttributionState current, @Nullable AttributionState reference, Constraints wanted) {
        return new AttributionMetrics(summary, reference, wanted).of(current);
    }

    @Override
    public void write(AttributionState state, DataOutput out) throws IOException {
        state.write(out);
    }

    @Override
    public AttributionState read(DataInput in) throws IOException {
        AttributionState state = start();
        state.read(in);
        return state;
    }

    /** Suggests that each output's features keep their order: nDCG of at least {@value #LEAST_NDCG}. */
    @Override
    public List<Constraint> suggest(AttributionState state, List<Metric> metrics) {
        List<Constraint> suggested = new ArrayList<>();
        for (int output = 0; output < state.outputs(); output++) {
            String label = summary.label(output, state.outputs());
            suggested.add(new Constraint(label, AttributionNames.NDCG, Bound.atLeast(LEAST_NDCG)));
        }
        return suggested;
    }

    @Override
    public String toString() {
        return NAME;
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
