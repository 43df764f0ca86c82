package io.modelmonitor.quality;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Scale.Worse;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.quality.ConstantClassifier;
import io.modelmonitor.stats.quality.QualitySummary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Measures how good predictions are, against labels in the same rows.
 *
 * <pre>{@code
 * ModelQuality quality = modelQuality().label("churned").prediction("predicted").score("p");
 * }</pre>
 *
 * <p>Columns are named by their name, by their position from 0 in digits, or by the JMESPath of a value in a JSON payload.
 * Labels are compared after making {@code 1}, {@code 1.0}, {@code true} and {@code "1"} the same. Rows without a label or
 * without a prediction are counted and left out.
 *
 * <p>What kind of problem it is: {@link #regression()}, {@link #binary()} or {@link #multiclass()} if said; else what the
 * reference data showed; else two labels if there is one score, several if there is a score for each label, and otherwise what the
 * values look like: labels if there is text, two labels if there is only 0 and 1, numbers if there is a fraction. Other whole
 * numbers are not guessed: then the only metric is {@code problem_type}, undefined, which says what to say.
 *
 * <p>Metrics have the usual names ({@code accuracy}, {@code recall}, {@code roc_auc}, {@code mae}, ...); those of a single
 * label of several have the subject {@code class=<label>}. Counts of what was left out are {@code rows_without_label},
 * {@code rows_without_prediction} and {@code invalid_scores}. Each method returns a new calculator; immutable and safe for
 * use by several threads.
 */
public final class ModelQuality implements MetricCalculator<QualityRows>, Serializable {

    private static final long serialVersionUID = 1L;

    /** The calculator's name unless {@link #named} gives it another. */
    public static final String NAME = "model_quality";

    private final QualitySettings settings;
    private final @Nullable Problem problem;

    private ModelQuality(QualitySettings settings, @Nullable Problem problem) {
        this.settings = settings;
        this.problem = problem;
    }

    /** A kind of problem, as what starts to read rows of it. */
    private interface Problem extends Serializable {

        QualityRows start(QualitySettings settings);
    }

    /** Starts a calculator; it needs a label, and a prediction or scores. */
    public static ModelQuality modelQuality() {
        return new ModelQuality(QualitySettings.none(), null);
    }

    /** Names the column of the truth. */
    public ModelQuality label(String column) {
        return new ModelQuality(settings.withLabel(column), problem);
    }

    /** Names the column of the predicted label or number. */
    public ModelQuality prediction(String column) {
        return new ModelQuality(settings.withPrediction(column), problem);
    }

    /**
     * Names the column of the score of the positive label: the higher, the likelier it is. If no prediction is named, scores above the threshold
     * predict it.
     */
    public ModelQuality score(String column) {
        return new ModelQuality(settings.withScore(column), problem);
    }

    /**
     * Names the column of the score of one of several labels: the higher, the likelier it is. If no prediction is named, the label with the
     * greatest score is predicted, of equal ones the one named first.
     */
    public ModelQuality score(String label, String column) {
        return new ModelQuality(settings.withScore(label, column), problem);
    }

    /**
     * Sets the score above which the positive label is predicted; 0.5 unless said.
     *
     * @throws IllegalArgumentException if it is NaN
     */
    public ModelQuality threshold(double threshold) {
        if (Double.isNaN(threshold)) {
            throw new IllegalArgumentException("threshold is NaN; allowed is any number");
        }
        return new ModelQuality(settings.withThreshold(threshold), problem);
    }

    /** Sets the positive label; {@code 1} by default. All others are negative, and the problem has two labels. */
    public ModelQuality positive(String label) {
        return new ModelQuality(settings.withPositive(label), problem);
    }

    /** Sets the label of the best constant classifier; the most frequent one by default. */
    public ModelQuality constant(ConstantClassifier constant) {
        return new ModelQuality(settings.withConstant(constant), problem);
    }

    /** Sets the problem to regression. */
    public ModelQuality regression() {
        return new ModelQuality(settings, NumberRows::new);
    }

    /** Sets the problem to binary classification. */
    public ModelQuality binary() {
        return new ModelQuality(settings, BinaryRows::new);
    }

    /** Sets the problem to multiclass classification. */
    public ModelQuality multiclass() {
        return new ModelQuality(settings, LabelRows::new);
    }

    /** Returns this calculator for each value of a column; see {@link Segments}. */
    public Segments<?> by(String column) {
        return Segments.of(this).by(column);
    }

    /**
     * Returns the collector of all that is found out of rows, for those who want more than metrics.
     *
     * @throws IllegalArgumentException if no label is named, or neither a prediction nor scores
     */
    public Collector<Row, ?, QualitySummary> summarizing() {
        requireColumns();
        return Collector.of(this::start, QualityRows::accept, this::merge, state -> state.summary(null));
    }

    private void requireColumns() {
        settings.requireLabel();
        if (settings.score() == null && settings.scores().isEmpty()) {
            settings.requirePrediction();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Returns an empty state.
     *
     * @throws IllegalArgumentException if no label is named, or neither a prediction nor scores
     */
    @Override
    public QualityRows start() {
        requireColumns();
        if (problem != null) {
            return problem.start(settings);
        }
        if (!settings.scores().isEmpty()) {
            return new LabelRows(settings);
        }
        return settings.score() != null || settings.positive() != null
                ? new BinaryRows(settings)
                : new GuessedRows(settings);
    }

    @Override
    public void add(QualityRows state, Batch batch) {
        batch.forEachRow(state::accept);
    }

    @Override
    public QualityRows merge(QualityRows earlier, QualityRows later) {
        earlier.merge(later);
        return earlier;
    }

    @Override
    public List<Metric> measure(QualityRows current, @Nullable QualityRows reference, Constraints wanted) {
        return current.summary(reference).metrics();
    }

    @Override
    public void write(QualityRows state, DataOutput out) throws IOException {
        state.write(out);
    }

    @Override
    public QualityRows read(DataInput in) throws IOException {
        QualityRows state = start();
        state.read(in);
        return state;
    }

    /**
     * Returns the columns of label, prediction and scores.
     *
     * @throws IllegalArgumentException if no label is named, or neither a prediction nor scores
     */
    @Override
    public List<Feature> reads() {
        requireColumns();
        return settings.reads();
    }

    @Override
    public @Nullable String obstacle(List<Metric> metrics) {
        boolean measured = metrics.stream()
                .anyMatch(metric -> metric.isDefined() && metric.scale().worse() != Worse.NEITHER);
        return measured
                ? null
                : metrics.stream()
                        .filter(metric -> !metric.isDefined())
                        .map(Metric::note)
                        .findFirst()
                        .orElse("there are no labelled rows");
    }

    /** Suggests that no metric becomes worse than it plausibly was on the reference data. */
    @Override
    public List<Constraint> suggest(QualityRows state, List<Metric> metrics) {
        return QualitySuggestions.of(metrics);
    }

    @Override
    public String toString() {
        return NAME;
    }
}
