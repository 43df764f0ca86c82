package io.modelmonitor.fairness;

import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import io.modelmonitor.fairness.BiasSettings.OutcomeColumn;
import io.modelmonitor.stats.fairness.OutcomeCounts;
import io.modelmonitor.stats.fairness.Outcomes;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The state of a {@link Bias}: counts by facet, group, stratum, label and prediction. */
final class BiasState {

    private final BiasSettings settings;
    private final Grouping[] groupings;
    private final OutcomeCounts[] counts;
    private final Residuals[] residuals;
    private OutcomeCounts everybody = OutcomeCounts.create();
    private final ValueEncoder strata = new ValueEncoder();
    private final FlipSample flipSample = new FlipSample();
    private final long[] unknown;
    private final int[] groups;
    private final int[] flipColumns;

    private @Nullable Schema schema;
    private int labelIndex = -1;
    private int predictionIndex = -1;
    private int scoreIndex = -1;
    private int stratumIndex = -1;
    private boolean stratumIsNumber;
    private @Nullable String foreignLabel;
    private @Nullable String foreignPrediction;

    BiasState(BiasSettings settings) {
        this.settings = settings;
        List<Facet> facets = settings.facets();
        this.groupings = facets.stream().map(Facet::grouping).toArray(Grouping[]::new);
        this.counts = facets.stream().map(facet -> OutcomeCounts.create()).toArray(OutcomeCounts[]::new);
        this.residuals = facets.stream().map(facet -> new Residuals()).toArray(Residuals[]::new);
        this.unknown = new long[groupings.length];
        this.groups = new int[groupings.length];
        this.flipColumns = new int[settings.flipFeatures().size()];
    }

    // Rows of one source share their schema; comparing more than the reference would cost time on every row.
    @SuppressWarnings("ReferenceEquality") // rows of one source share their schema; comparing names would cost more
    void accept(Row row) {
        Schema ofRow = row.schema();
        if (ofRow != schema) {
            bind(ofRow);
        }
        int label = label(row);
        int prediction = prediction(row);
        int stratum = stratum(row);
        double residual = label == Outcomes.UNKNOWN || scoreIndex < 0 ? Double.NaN : row.number(scoreIndex) - label;
        everybody.add(0, OutcomeCounts.NO_STRATUM, label, prediction);
        for (int facet = 0; facet < groupings.length; facet++) {
            int group = groupings[facet].code(row);
            groups[facet] = group;
            if (group < 0) {
                unknown[facet]++;
                continue;
            }
            counts[facet].add(group, stratum, label, prediction);
            if (!Double.isNaN(residual)) {
                residuals[facet].add(group, residual);
            }
        }
        if (flipColumns.length > 0 && prediction != Outcomes.UNKNOWN) {
            flipSample.offer(row, flipColumns, groups, prediction == Outcomes.POSITIVE);
        }
    }

    private void bind(Schema next) {
        schema = next;
        labelIndex = index(next, settings.label());
        predictionIndex = index(next, settings.prediction());
        scoreIndex = index(next, settings.score());
        stratumIndex = index(next, settings.stratum());
        stratumIsNumber =
                stratumIndex >= 0 && next.features().get(stratumIndex).type().isNumeric();
        for (Grouping grouping : groupings) {
            grouping.bind(next);
        }
        for (int i = 0; i < flipColumns.length; i++) {
            flipColumns[i] = next.indexOf(settings.flipFeatures().get(i));
        }
    }

    private static int index(Schema schema, @Nullable OutcomeColumn column) {
        return column == null ? -1 : schema.indexOf(column.column());
    }

    private static int index(Schema schema, @Nullable String column) {
        return column == null ? -1 : schema.indexOf(column);
    }

    private int label(Row row) {
        OutcomeColumn column = settings.label();
        if (column == null || labelIndex < 0) {
            return Outcomes.UNKNOWN;
        }
        int label = column.condition().test(row, labelIndex);
        if (label == Condition.FOREIGN) {
            foreignLabel = foreignLabel == null ? row.text(labelIndex) : foreignLabel;
            return Outcomes.UNKNOWN;
        }
        return label;
    }

    private int prediction(Row row) {
        OutcomeColumn column = settings.prediction();
        if (column == null || predictionIndex < 0) {
            return Outcomes.UNKNOWN;
        }
        int prediction = column.condition().test(row, predictionIndex);
        if (prediction == Condition.FOREIGN) {
            foreignPrediction = foreignPrediction == null ? row.text(predictionIndex) : foreignPrediction;
            return Outcomes.UNKNOWN;
        }
        return prediction;
    }

    private int stratum(Row row) {
        if (stratumIndex < 0) {
            return OutcomeCounts.NO_STRATUM;
        }
        int stratum = stratumIsNumber ? strata.of(row.number(stratumIndex)) : strata.of(row.text(stratumIndex));
        return stratum < 0 ? OutcomeCounts.NO_STRATUM : stratum;
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
        everybody.merge(other.everybody, new int[] {0}, new int[0], new int[0]);
        flipSample.merge(other.flipSample, groupCodes);
        foreignLabel = foreignLabel == null ? other.foreignLabel : foreignLabel;
        foreignPrediction = foreignPrediction == null ? other.foreignPrediction : foreignPrediction;
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
        everybody.write(out);
        flipSample.write(out);
        write(foreignLabel, out);
        write(foreignPrediction, out);
    }

    private static void write(@Nullable String text, DataOutput out) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            Packed.writeText(out, text);
        }
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
        state.everybody = OutcomeCounts.read(in);
        state.flipSample.read(in, settings.flipFeatures().size(), sizes);
        state.foreignLabel = readText(in);
        state.foreignPrediction = readText(in);
        return state;
    }

    private static @Nullable String readText(DataInput in) throws IOException {
        return Packed.readFlag(in, "value") ? Packed.readText(in, "value") : null;
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

    Residuals residuals(int facet) {
        return residuals[facet];
    }

    /** The number of rows of which a facet is unknown. */
    long unknown(int facet) {
        return unknown[facet];
    }

    Outcomes everybody() {
        return everybody.outcomes(0);
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
        return foreignLabel;
    }

    /** A prediction of that kind. */
    @Nullable
    String foreignPrediction() {
        return foreignPrediction;
    }
}
