package io.modelmonitor.fairness;

import io.modelmonitor.api.Batch;
import io.modelmonitor.fairness.BiasSettings.OutcomeColumn;
import io.modelmonitor.stats.fairness.OutcomeCounts;
import io.modelmonitor.stats.fairness.Outcomes;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The state of a {@link Bias}: counts by facet, group, stratum, label and prediction. */
final class BiasState {

    private final BiasSettings settings;
    private final Grouping[] groupings;
    private final OutcomeCounts[] counts;
    private final GroupResiduals[] residuals;
    private OutcomeCounts allRows = OutcomeCounts.create();
    private final ValueEncoder strata = new ValueEncoder();
    private final FlipSample flipSample = new FlipSample();
    private final long[] unknown;
    private long improperScores;
    private final OutcomeReader label;
    private final OutcomeReader prediction;

    BiasState(BiasSettings settings) {
        this.settings = settings;
        List<Facet> facets = settings.facets();
        this.groupings = facets.stream().map(Facet::grouping).toArray(Grouping[]::new);
        this.counts = facets.stream().map(facet -> OutcomeCounts.create()).toArray(OutcomeCounts[]::new);
        this.residuals = facets.stream().map(facet -> new GroupResiduals()).toArray(GroupResiduals[]::new);
        this.unknown = new long[groupings.length];
        this.label = new OutcomeReader(settings.label());
        this.prediction = new OutcomeReader(settings.prediction());
    }

    /** Adds rows; takes memory of some integers a row meanwhile. */
    void add(Batch batch) {
        int[] labels = label.read(batch);
        int[] predictions = prediction.read(batch);
        for (int i = 0; i < labels.length; i++) {
            allRows.add(0, OutcomeCounts.NO_STRATUM, labels[i], predictions[i]);
        }
        int[] stratumCodes = strata.codes(batch, index(batch, settings.stratum()));
        int scoreIndex = index(batch, settings.score());
        double[] scores = scoreIndex < 0 ? null : batch.column(scoreIndex).numbers();
        improperScores += scores == null ? 0 : outside(scores, 0, 1);
        int[][] groups = new int[groupings.length][];
        for (int facet = 0; facet < groups.length; facet++) {
            groups[facet] = groupings[facet].codes(batch);
            count(facet, groups[facet], stratumCodes, labels, predictions);
            if (scores != null) {
                addResiduals(facet, groups[facet], scores, labels);
            }
        }
        if (!settings.flipFeatures().isEmpty()) {
            offerToFlipTest(batch, groups, predictions);
        }
    }

    private static long outside(double[] numbers, double least, double most) {
        return Arrays.stream(numbers).filter(x -> x < least || x > most).count();
    }

    private void count(int facet, int[] groups, int[] stratumCodes, int[] labels, int[] predictions) {
        OutcomeCounts counted = counts[facet];
        for (int i = 0; i < groups.length; i++) {
            if (groups[i] < 0) {
                unknown[facet]++;
            } else {
                counted.add(groups[i], Math.max(stratumCodes[i], OutcomeCounts.NO_STRATUM), labels[i], predictions[i]);
            }
        }
    }

    private void addResiduals(int facet, int[] groups, double[] scores, int[] labels) {
        for (int i = 0; i < groups.length; i++) {
            if (groups[i] >= 0 && labels[i] != Outcomes.UNKNOWN && !Double.isNaN(scores[i])) {
                residuals[facet].add(groups[i], scores[i] - labels[i]);
            }
        }
    }

    private void offerToFlipTest(Batch batch, int[][] groups, int[] predictions) {
        int[] columns = settings.flipFeatures().stream()
                .mapToInt(batch.schema()::indexOf)
                .toArray();
        for (int row = 0; row < predictions.length; row++) {
            if (predictions[row] != Outcomes.UNKNOWN) {
                int[] ofRow = new int[groups.length];
                for (int facet = 0; facet < ofRow.length; facet++) {
                    ofRow[facet] = groups[facet][row];
                }
                flipSample.offer(batch.row(row), columns, ofRow, predictions[row] == Outcomes.POSITIVE);
            }
        }
    }

    private static int index(Batch batch, @Nullable String column) {
        return column == null ? -1 : batch.schema().indexOf(column);
    }

    /** Reads labels or predictions as codes of {@link Outcomes}, and keeps one that was neither positive nor negative. */
    private static final class OutcomeReader {

        private final @Nullable OutcomeColumn column;
        private @Nullable String foreign;
        private long aboveOne;

        OutcomeReader(@Nullable OutcomeColumn column) {
            this.column = column;
        }

        int[] read(Batch batch) {
            int[] codes = new int[batch.size()];
            int index = column == null ? -1 : index(batch, column.column());
            if (column == null || index < 0) {
                Arrays.fill(codes, Outcomes.UNKNOWN);
                return codes;
            }
            column.condition().test(batch.column(index), codes);
            if (column.isOfShares()) {
                aboveOne += outside(batch.column(index).numbers(), Double.NEGATIVE_INFINITY, 1);
            }
            for (int row = 0; row < codes.length; row++) {
                if (codes[row] == Condition.FOREIGN) {
                    codes[row] = Outcomes.UNKNOWN;
                    foreign = foreign == null ? batch.row(row).text(index) : foreign;
                }
            }
            return codes;
        }

        void merge(OutcomeReader later) {
            foreign = foreign == null ? later.foreign : foreign;
            aboveOne += later.aboveOne;
        }

        void write(DataOutput out) throws IOException {
            out.writeBoolean(foreign != null);
            if (foreign != null) {
                Packed.writeText(out, foreign);
            }
            Packed.writeCount(out, aboveOne);
        }

        void read(DataInput in) throws IOException {
            foreign = Packed.readFlag(in, "value") ? Packed.readText(in, "value") : null;
            aboveOne = Packed.readCount(in, "numbers above 1");
        }
    }

    BiasState merge(BiasState other) {
        int[] stratumCodes = strata.merge(other.strata);
        int[][] groupCodes = new int[groupings.length][];
        for (int facet = 0; facet < groupings.length; facet++) {
            groupCodes[facet] = groupings[facet].merge(other.groupings[facet]);
            counts[facet].merge(other.counts[facet], groupCodes[facet], stratumCodes, new int[0]);
            residuals[facet].merge(other.residuals[facet], groupCodes[facet]);
            unknown[facet] += other.unknown[facet];
        }
        allRows.merge(other.allRows, new int[] {0}, new int[0], new int[0]);
        flipSample.merge(other.flipSample, groupCodes);
        improperScores += other.improperScores;
        label.merge(other.label);
        prediction.merge(other.prediction);
        return this;
    }

    void write(DataOutput out) throws IOException {
        strata.write(out);
        for (int facet = 0; facet < groupings.length; facet++) {
            groupings[facet].write(out);
            counts[facet].write(out);
            residuals[facet].write(out);
            Packed.writeCount(out, unknown[facet]);
        }
        allRows.write(out);
        flipSample.write(out);
        Packed.writeCount(out, improperScores);
        label.write(out);
        prediction.write(out);
    }

    static BiasState read(BiasSettings settings, DataInput in) throws IOException {
        BiasState state = new BiasState(settings);
        state.strata.read(in);
        int[] sizes = new int[state.groupings.length];
        for (int facet = 0; facet < sizes.length; facet++) {
            state.groupings[facet].read(in);
            sizes[facet] = state.groupings[facet].size();
            state.counts[facet] = OutcomeCounts.read(in);
            state.residuals[facet].read(in);
            state.unknown[facet] = Packed.readCount(in, "rows of which a facet is unknown");
        }
        state.allRows = OutcomeCounts.read(in);
        state.flipSample.read(in, settings.flipFeatures().size(), sizes);
        state.improperScores = Packed.readCount(in, "scores outside 0 to 1");
        state.label.read(in);
        state.prediction.read(in);
        return state;
    }

    Grouping grouping(int facet) {
        return groupings[facet];
    }

    /** The counts of a facet, its strata numbered by their names, so that the order of rows does not matter. */
    OutcomeCounts counts(int facet) {
        int[] groupCodes = IntStream.range(0, groupings[facet].size()).toArray();
        OutcomeCounts ordered = OutcomeCounts.create();
        ordered.merge(counts[facet], groupCodes, strata.ranks(), new int[0]);
        return ordered;
    }

    GroupResiduals residuals(int facet) {
        return residuals[facet];
    }

    /** The number of rows of which a facet is unknown. */
    long unknown(int facet) {
        return unknown[facet];
    }

    Outcomes allRows() {
        return allRows.outcomes(0);
    }

    /** The number of scores that are no probabilities. */
    long improperScores() {
        return improperScores;
    }

    /** The number of predictions above 1, counted for a threshold between 0 and 1 only. */
    long predictionsAboveOne() {
        return prediction.aboveOne;
    }

    boolean hasTooManyStrata() {
        return strata.isOverflown();
    }

    FlipSample flipSample() {
        return flipSample;
    }

    /** A label that is neither true nor false, if one was met while none was said to be positive. */
    @Nullable
    String foreignLabel() {
        return label.foreign;
    }

    /** A prediction of that kind. */
    @Nullable
    String foreignPrediction() {
        return prediction.foreign;
    }
}
