package io.modelmonitor.quality;

import io.modelmonitor.api.Row;
import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.quality.BinaryCounts;
import io.modelmonitor.stats.quality.BinaryQuality;
import io.modelmonitor.stats.quality.MulticlassQuality;
import io.modelmonitor.stats.quality.QualitySummary;
import io.modelmonitor.stats.quality.RegressionQuality;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a label and a prediction of which nobody said what they are. Counts them both as labels and as numbers, and
 * decides in the end: text is labels; 0 and 1 are two labels; fractions are numbers. Other whole numbers could be either.
 */
final class GuessedRows extends QualityRows {

    private static final Set<String> ZERO_AND_ONE = Set.of("0", "1");

    private final QualitySettings settings;
    private final LabelReader labels;
    private final LabelReader predictions;
    private final ColumnReference label;
    private final ColumnReference prediction;
    private MulticlassQuality asLabels = MulticlassQuality.empty();
    private RegressionQuality asNumbers = RegressionQuality.empty();
    private boolean sawText;
    private boolean sawFraction;

    GuessedRows(QualitySettings settings) {
        this.settings = settings;
        this.labels = new LabelReader(settings.requireLabel());
        this.predictions = new LabelReader(settings.requirePrediction());
        this.label = new ColumnReference(settings.requireLabel());
        this.prediction = new ColumnReference(settings.requirePrediction());
    }

    @Override
    void accept(Row row) {
        // Numbers that are not finite are neither text nor label.
        double truth = row.number(label.in(row));
        double predicted = row.number(prediction.in(row));
        int actualCode = Double.isInfinite(truth) ? LabelReader.MISSING : labels.read(row);
        int predictedCode = Double.isInfinite(predicted) ? LabelReader.MISSING : predictions.read(row);
        if (actualCode == LabelReader.MISSING) {
            skipForLabel();
        } else if (predictedCode == LabelReader.MISSING) {
            skipForPrediction();
        } else {
            String actualLabel = labels.label(actualCode);
            String predictedLabel = predictions.label(predictedCode);
            asLabels.add(asLabels.position(actualLabel), asLabels.position(predictedLabel));
            addNumbers(truth, predicted);
        }
    }

    private void addNumbers(double truth, double predicted) {
        if (Double.isNaN(truth) || Double.isNaN(predicted)) {
            sawText = true;
        } else {
            sawFraction |= truth != Math.rint(truth) || predicted != Math.rint(predicted);
            asNumbers.add(truth, predicted);
        }
    }

    @Override
    void mergeCounted(QualityRows later) {
        GuessedRows other = (GuessedRows) later;
        asLabels.merge(other.asLabels);
        asNumbers.merge(other.asNumbers);
        sawText |= other.sawText;
        sawFraction |= other.sawFraction;
    }

    @Override
    void writeCounted(DataOutput out) throws IOException {
        asLabels.write(out);
        asNumbers.write(out);
        out.writeBoolean(sawText);
        out.writeBoolean(sawFraction);
    }

    @Override
    void readCounted(DataInput in) throws IOException {
        asLabels = MulticlassQuality.read(in);
        asNumbers = RegressionQuality.read(in);
        sawText = Packed.readFlag(in, "texts among labels");
        sawFraction = Packed.readFlag(in, "fractions among labels");
    }

    @Override
    QualitySummary measured(@Nullable QualityRows reference) {
        List<String> seen = asLabels.labels();
        // What the reference data showed counts for every window, whatever it happens to hold.
        Problem problem = reference instanceof GuessedRows before && before.problem() != Problem.UNKNOWN
                ? before.problem()
                : problem();
        return switch (problem) {
            case BINARY -> binary(seen, reference == null);
            case MULTICLASS -> asLabels.summary(settings.constant());
            case REGRESSION -> asNumbers.summary();
            case UNKNOWN ->
                unsaid(
                        asNumbers.rows(),
                        "problem_type",
                        "labels such as " + seen.get(0) + " may be numbers or names; say regression() or multiclass()");
        };
    }

    /** Kinds of problems that labels may be of. */
    private enum Problem {
        BINARY,
        MULTICLASS,
        REGRESSION,
        UNKNOWN
    }

    private Problem problem() {
        if (settings.positive() != null || ZERO_AND_ONE.containsAll(asLabels.labels())) {
            return Problem.BINARY;
        }
        if (sawText) {
            return Problem.MULTICLASS;
        }
        return sawFraction ? Problem.REGRESSION : Problem.UNKNOWN;
    }

    private QualitySummary binary(List<String> seen, boolean isReference) {
        String positive = settings.positive() == null ? "1" : settings.positive();
        Set<String> others = new LinkedHashSet<>(seen);
        others.remove(positive);
        long truePositives = asLabels.count(positive, positive);
        long falseNegatives = 0;
        long falsePositives = 0;
        for (String other : others) {
            falseNegatives += asLabels.count(positive, other);
            falsePositives += asLabels.count(other, positive);
        }
        long trueNegatives = asLabels.rows() - truePositives - falseNegatives - falsePositives;
        BinaryQuality quality = BinaryQuality.empty();
        quality.add(new BinaryCounts(trueNegatives, falsePositives, falseNegatives, truePositives));
        return BinaryRows.measured(quality, settings, others, isReference);
    }
}
