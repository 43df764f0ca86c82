package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.PackedLongs;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The quality of predictions of several labels, with or without a score for each label; a state that takes a row at a time
 * and merges.
 *
 * <p>Holds a count for each pair of labels that occur, up to {@value #MOST_LABELS} labels (8 MB), and score cells, one million
 * for all labels together (at most 100 MB, 7 MB for each label). Rows with further labels are counted and left out. Not safe
 * for use by several threads.
 */
public final class MulticlassQuality {

    /** The most labels that are told apart. */
    public static final int MOST_LABELS = 1_000;

    /** The position of a label that is one too many. */
    public static final int TOO_MANY = -1;

    /** Of fewer rows, few labels occur, so that all can be resampled. */
    private static final long MOST_ROWS_OF_FEW = 50;

    private final List<String> scoredLabels;
    private final List<String> labels = new ArrayList<>();
    private final Map<String, Integer> positions = new HashMap<>();
    private final LabelScores scores;
    private long[][] cells = new long[4][4];
    private long leftOut;

    private MulticlassQuality(List<String> scoredLabels) {
        this.scoredLabels = List.copyOf(scoredLabels);
        this.scores = new LabelScores(this.scoredLabels.size());
        this.scoredLabels.forEach(this::position);
    }

    /** Returns an empty state for predictions without scores. */
    public static MulticlassQuality empty() {
        return new MulticlassQuality(List.of());
    }

    /**
     * Returns an empty state for predictions with scores.
     *
     * @param labels the labels in the order of their scores, at most {@value #MOST_LABELS}
     * @throws IllegalArgumentException if there are more, or one occurs twice
     */
    public static MulticlassQuality scoring(List<String> labels) {
        if (labels.size() > MOST_LABELS || labels.stream().distinct().count() < labels.size()) {
            throw new IllegalArgumentException(
                    "labels: " + labels.size() + " given; allowed are up to " + MOST_LABELS + " different ones");
        }
        return new MulticlassQuality(labels);
    }

    /** Returns the position of a label, to be used for adding; {@link #TOO_MANY} if there are too many. */
    public int position(String label) {
        Integer known = positions.get(label);
        if (known != null) {
            return known;
        }
        if (labels.size() == MOST_LABELS) {
            return TOO_MANY;
        }
        int position = labels.size();
        labels.add(label);
        positions.put(label, position);
        if (position == cells.length) {
            grow();
        }
        return position;
    }

    /** Returns the labels that occurred, by position. */
    public List<String> labels() {
        return List.copyOf(labels);
    }

    /** Takes a row by the positions of its actual and its predicted label. */
    public void add(int actual, int predicted) {
        if (actual == TOO_MANY || predicted == TOO_MANY) {
            leftOut++;
        } else {
            cells[actual][predicted]++;
        }
    }

    /**
     * Takes a row with scores.
     *
     * @param values a score for each label that the state was made for; read and not kept. With one of them NaN, the row only
     *     counts as predicted.
     */
    public void add(int actual, int predicted, double[] values) {
        add(actual, predicted);
        if (actual != TOO_MANY && predicted != TOO_MANY) {
            scores.add(actual, values);
        }
    }

    /**
     * Adds another state, which stays as it is.
     *
     * @throws IllegalArgumentException if it was made for other scores
     */
    public void merge(MulticlassQuality other) {
        if (!scoredLabels.equals(other.scoredLabels)) {
            throw new IllegalArgumentException(
                    "other has scores of " + other.scoredLabels + "; allowed is " + scoredLabels);
        }
        leftOut += other.leftOut;
        int[] mine = other.labels.stream().mapToInt(this::position).toArray();
        for (int actual = 0; actual < mine.length; actual++) {
            for (int predicted = 0; predicted < mine.length; predicted++) {
                long rows = other.cells[actual][predicted];
                if (mine[actual] == TOO_MANY || mine[predicted] == TOO_MANY) {
                    leftOut += rows;
                } else {
                    cells[mine[actual]][mine[predicted]] += rows;
                }
            }
        }
        scores.merge(other.scores);
    }

    /** Writes this state in bytes, from which {@link #read} makes an equal one. */
    public void write(DataOutput out) throws IOException {
        Packed.writeCount(out, scoredLabels.size());
        Packed.writeCount(out, labels.size());
        for (String label : labels) {
            Packed.writeText(out, label);
        }
        int size = labels.size();
        long[] used = IntStream.range(0, size * size)
                .filter(cell -> cells[cell / size][cell % size] > 0)
                .asLongStream()
                .toArray();
        PackedLongs.write(out, used, used.length);
        for (long cell : used) {
            Packed.writeCount(out, cells[(int) cell / size][(int) cell % size]);
        }
        Packed.writeCount(out, leftOut);
        scores.write(out);
    }

    /**
     * Reads the state that {@link #write} wrote.
     *
     * @throws IllegalArgumentException if no state can be what is read; the message is one line
     */
    public static MulticlassQuality read(DataInput in) throws IOException {
        int scored = Packed.readCount(in, "labels with scores", MOST_LABELS);
        int size = Packed.readCount(in, "labels", MOST_LABELS);
        Packed.check(scored <= size, "labels", size, " of which ", scored, " have scores");
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            labels.add(Packed.readText(in, "labels"));
        }
        Packed.check(labels.stream().distinct().count() == size, "labels", "one occurs twice");
        MulticlassQuality read = new MulticlassQuality(labels.subList(0, scored));
        labels.forEach(read::position);
        long rows = 0;
        long before = -1;
        for (long cell : PackedLongs.read(in, "cells", size * size)) {
            long count = Packed.readCount(in, "count of a cell");
            Packed.check(cell > before && cell < (long) size * size && count > 0, "cells", count, " in cell ", cell);
            read.cells[(int) cell / size][(int) cell % size] = count;
            rows = Packed.sum("count of a cell", rows, count);
            before = cell;
        }
        read.leftOut = Packed.readCount(in, "rows left out");
        read.scores.read(in, Packed.sum("rows left out", rows, read.leftOut));
        return read;
    }

    /** Returns the number of rows of labels that are told apart. */
    public long rows() {
        return Arrays.stream(cells).flatMapToLong(Arrays::stream).sum();
    }

    /** Returns how many rows of an actual label were predicted to be of a label. */
    public long count(String actual, String predicted) {
        Integer from = positions.get(actual);
        Integer to = positions.get(predicted);
        return from == null || to == null ? 0 : cells[from][to];
    }

    /**
     * Returns all metrics; those of a single label under the subject {@code class=<label>}. The state can be added to
     * afterwards. Takes time in proportion to the square of the number of labels.
     *
     * @param constant what the best constant classifier predicts
     */
    public QualitySummary summary(ConstantClassifier constant) {
        List<String> order = order();
        LabelCounts counts = counts(order);
        List<Metric> metrics = new ArrayList<>();
        Map<String, Double> deviations = new LinkedHashMap<>();
        ConfusionMatrix confusion = ConfusionMatrix.of(order, counts.cells());
        int best = order.isEmpty() ? 0 : constant.choose(order, counts.actual());
        List<Formula> formulas = order.isEmpty() ? List.of() : LabelFormulas.all(best);
        Formula.Counts resampled = counts.resampled();
        for (Formula formula : formulas) {
            metrics.add(formula.of(resampled, MetricId.DATASET));
        }
        if (order.isEmpty()) {
            metrics.add(Metric.undefined(MetricId.DATASET, "accuracy", "there are no labelled rows"));
        } else {
            metrics.set(0, metrics.get(0).withPlot(confusion.exhibit()));
        }
        double[] spread = Thinning.deviations(counts.flat(), formulas.size(), random -> {
            double[] thinned = counts.thinned(random).values();
            return formulas.stream()
                    .mapToDouble(formula -> Thinning.orZero(formula.value().applyAsDouble(thinned)))
                    .toArray();
        });
        for (int i = 0; i < spread.length; i++) {
            deviations.put(formulas.get(i).name(), spread[i]);
        }
        List<BinaryCounts> ofEach = counts.oneAgainstRest();
        for (int i = 0; i < order.size(); i++) {
            BinaryCounts ofOne = ofEach.get(i);
            Formula.Counts oneResampled =
                    ofOne.rows() > MOST_ROWS_OF_FEW && order.size() > FewCounts.MOST_LABELS ? ofOne : ofOne.resampled();
            for (Formula formula : BinaryFormulas.OF_ONE_CLASS) {
                metrics.add(formula.of(oneResampled, subject(order.get(i))));
            }
        }
        if (scores.isUsed()) {
            metrics.addAll(scores.metrics(
                    scoredLabels.stream().map(MulticlassQuality::subject).toList()));
        }
        metrics.add(Metric.of(MetricId.DATASET, "rows_of_labels_beyond_limit", (double) leftOut)
                .on(Scale.COUNT));
        return new QualitySummary(counts.rows(), metrics, deviations, confusion, null);
    }

    private static String subject(String label) {
        return "class=" + label;
    }

    /** Those with scores in the order given, then the others in theirs. */
    private List<String> order() {
        List<String> order = new ArrayList<>(labels.subList(scoredLabels.size(), labels.size()));
        order.sort(LabelOrder.comparator());
        order.addAll(0, scoredLabels);
        return order;
    }

    private LabelCounts counts(List<String> order) {
        long[][] ordered = new long[order.size()][order.size()];
        int[] from = order.stream().mapToInt(this::position).toArray();
        for (int actual = 0; actual < from.length; actual++) {
            for (int predicted = 0; predicted < from.length; predicted++) {
                ordered[actual][predicted] = cells[from[actual]][from[predicted]];
            }
        }
        return new LabelCounts(ordered);
    }

    private void grow() {
        int size = 2 * cells.length;
        cells = Arrays.copyOf(cells, size);
        for (int i = 0; i < size; i++) {
            cells[i] = cells[i] == null ? new long[size] : Arrays.copyOf(cells[i], size);
        }
    }
}
