package io.modelmonitor.quality;

import io.modelmonitor.api.Row;
import io.modelmonitor.labels.Labels;
import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.quality.BinaryCounts;
import io.modelmonitor.stats.quality.BinaryQuality;
import io.modelmonitor.stats.quality.MulticlassQuality;
import io.modelmonitor.stats.quality.QualitySummary;
import io.modelmonitor.stats.quality.RegressionQuality;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a label and a prediction of which nobody said what they are. Counts them both as labels and as numbers, and
 * decides in the end: text is labels; 0 and 1 are two labels; fractions are numbers. Other whole numbers could be either, and labels that are
 * 0 and 1 only beside predictions that are not are most likely compared with scores: neither is decided. Text in up to
 * one of ten rows, such as {@code ?} or {@code error}, is no label among numbers: its rows count as unlabelled.
 */
final class GuessedRows extends QualityRows {

    private static final Set<String> ZERO_AND_ONE = Set.of("0", "1");
    private static final double MOST_TEXTS = 0.1;

    private final QualitySettings settings;
    private final LabelReader labels;
    private final LabelReader predictions;
    private final ColumnReference label;
    private final ColumnReference prediction;
    private MulticlassQuality asLabels = MulticlassQuality.empty();
    private RegressionQuality asNumbers = RegressionQuality.empty();
    private long noNumbers;
    private long texts;
    private boolean sawFraction;
    private boolean sawOtherLabel;

    GuessedRows(QualitySettings settings) {
        this.settings = settings;
        this.labels = new LabelReader(settings.requireLabel(), false, List.of());
        this.predictions = new LabelReader(settings.requirePrediction(), false, List.of());
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
            texts += isText(truth, actualLabel) || isText(predicted, predictedLabel) ? 1 : 0;
            sawOtherLabel |= !ZERO_AND_ONE.contains(actualLabel);
            addNumbers(truth, predicted);
        }
    }

    /** Returns whether a label is neither a number nor a truth value. */
    private static boolean isText(double number, String label) {
        return Double.isNaN(number) && !ZERO_AND_ONE.contains(label);
    }

    private void addNumbers(double truth, double predicted) {
        if (Double.isNaN(truth) || Double.isNaN(predicted)) {
            noNumbers++;
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
        noNumbers += other.noNumbers;
        texts += other.texts;
        sawFraction |= other.sawFraction;
        sawOtherLabel |= other.sawOtherLabel;
    }

    @Override
    void writeCounted(DataOutput out) throws IOException {
        asLabels.write(out);
        asNumbers.write(out);
        Packed.writeCount(out, noNumbers);
        Packed.writeCount(out, texts);
        out.writeBoolean(sawFraction);
        out.writeBoolean(sawOtherLabel);
    }

    @Override
    void readCounted(DataInput in) throws IOException {
        asLabels = MulticlassQuality.read(in);
        asNumbers = RegressionQuality.read(in);
        noNumbers = Packed.readCount(in, "rows without numbers");
        texts = Packed.readCount(in, "texts among labels");
        Packed.check(texts <= noNumbers, "texts among labels", texts, " of ", noNumbers);
        sawFraction = Packed.readFlag(in, "fractions among labels");
        sawOtherLabel = Packed.readFlag(in, "labels other than 0 and 1");
    }

    @Override
    QualitySummary measured(@Nullable QualityRows reference) {
        return switch (problem(reference)) {
            case BINARY -> binary();
            case MULTICLASS -> asLabels.summary(settings.constant());
            case REGRESSION -> asNumbers.summary();
            case UNKNOWN -> unsaid(asNumbers.rows(), "problem_type", undecided());
        };
    }

    private String undecided() {
        if (sawOtherLabel) {
            return "labels such as " + asLabels.labels().get(0)
                    + " may be numbers or names; say regression() or multiclass()";
        }
        String other = asLabels.labels().stream()
                .filter(label -> !ZERO_AND_ONE.contains(label))
                .findFirst()
                .orElse("");
        return "labels are 0 and 1 only, and predictions such as " + other
                + " are not; name scores with score(..), or say regression()";
    }

    /** Kinds of problems that labels may be of. */
    private enum Problem {
        BINARY,
        MULTICLASS,
        REGRESSION,
        UNKNOWN
    }

    /** Returns what the reference data showed, which counts for every window, whatever it happens to hold. */
    private Problem problem(@Nullable QualityRows reference) {
        return reference instanceof GuessedRows before && before.problem() != Problem.UNKNOWN
                ? before.problem()
                : problem();
    }

    private Problem problem() {
        if (texts > MOST_TEXTS * (noNumbers + asNumbers.rows())) {
            return Problem.MULTICLASS;
        }
        if (asLabels.labels().stream().filter(Labels::isNumber).allMatch(ZERO_AND_ONE::contains)) {
            return Problem.BINARY;
        }
        return sawFraction && sawOtherLabel ? Problem.REGRESSION : Problem.UNKNOWN;
    }

    @Override
    long unread(@Nullable QualityRows reference) {
        return switch (problem(reference)) {
            case BINARY -> asLabels.rows() - zerosAndOnes().rows();
            case REGRESSION -> noNumbers;
            default -> 0;
        };
    }

    private BinaryCounts zerosAndOnes() {
        return new BinaryCounts(
                asLabels.count("0", "0"), asLabels.count("0", "1"), asLabels.count("1", "0"), asLabels.count("1", "1"));
    }

    private QualitySummary binary() {
        BinaryQuality quality = BinaryQuality.empty();
        quality.add(zerosAndOnes());
        return quality.summary("0", "1", settings.constant());
    }
}
