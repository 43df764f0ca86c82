package io.modelmonitor.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Metrics of several labels by their definitions over all rows at once; one label is never predicted, another never true. */
class MulticlassDefinitionsTest {

    private static final List<String> LABELS = List.of("a", "b", "c", "never predicted", "never true");
    private static final int K = 5;
    private static final int ROWS = 600;

    private final int[] actual = new int[ROWS];
    private final int[] predicted = new int[ROWS];
    private final double[][] scores = new double[ROWS][K];
    private final QualitySummary summary;
    private final MulticlassQuality quality = MulticlassQuality.scoring(LABELS);

    MulticlassDefinitionsTest() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < ROWS; i++) {
            actual[i] = Math.min(3, random.nextInt(7) / 2);
            predicted[i] = random.nextInt(3) > 0 ? Math.min(2, actual[i]) : new int[] {0, 1, 2, 4}[random.nextInt(4)];
            for (int label = 0; label < K; label++) {
                scores[i][label] = Math.round(20 * random.nextDouble() * (label == actual[i] ? 1 : 0.8)) / 20.0;
            }
            quality.add(actual[i], predicted[i], scores[i]);
        }
        summary = quality.summary(ConstantClassifier.ofMajority());
    }

    private double value(String name) {
        return summary.metric(name).value();
    }

    private static double count(IntPredicate rows) {
        return IntStream.range(0, ROWS).filter(rows).count();
    }

    private static double mean(IntToDoubleFunction ofRow) {
        return IntStream.range(0, ROWS).mapToDouble(ofRow).average().orElseThrow();
    }

    private double ofActual(int label) {
        return count(i -> actual[i] == label);
    }

    private double ofPredicted(int label) {
        return count(i -> predicted[i] == label);
    }

    private double precision(int label) {
        return ofPredicted(label) == 0
                ? 0
                : count(i -> actual[i] == label && predicted[i] == label) / ofPredicted(label);
    }

    private double recall(int label) {
        return ofActual(label) == 0 ? 0 : count(i -> actual[i] == label && predicted[i] == label) / ofActual(label);
    }

    private double f(int label, double square) {
        double weighted = square * precision(label) + recall(label);
        return weighted == 0 ? 0 : (1 + square) * precision(label) * recall(label) / weighted;
    }

    @Test
    void averagesAreThoseOfTheLabelsByRowsOrAlike() {
        double right = count(i -> actual[i] == predicted[i]) / ROWS;
        assertThat(value("accuracy")).isEqualTo(right);
        List<String> names = List.of("precision", "recall", "f0_5", "f1", "f2");
        for (String name : names) {
            ToDoubleFunction<Integer> of = label -> switch (name) {
                case "precision" -> precision(label);
                case "recall" -> recall(label);
                case "f0_5" -> f(label, 0.25);
                case "f1" -> f(label, 1);
                default -> f(label, 4);
            };
            double weighted = IntStream.range(0, K)
                    .mapToDouble(label -> ofActual(label) / ROWS * of.applyAsDouble(label))
                    .sum();
            double macro = IntStream.range(0, K)
                    .mapToDouble(of::applyAsDouble)
                    .average()
                    .orElseThrow();
            assertThat(value("weighted_" + name)).as(name).isCloseTo(weighted, within(1e-13));
            assertThat(value("macro_" + name)).as(name).isCloseTo(macro, within(1e-13));
            assertThat(value("micro_" + name)).as(name).isCloseTo(right, within(1e-13));
            for (int label = 0; label < 3; label++) {
                assertThat(summary.metric("class=" + LABELS.get(label), name).value())
                        .as("%s of %s", name, LABELS.get(label))
                        .isCloseTo(of.applyAsDouble(label), within(1e-13));
            }
        }
        assertThat(value("balanced_accuracy"))
                .as("over labels that occur among the truths")
                .isCloseTo(
                        IntStream.range(0, 4)
                                .mapToDouble(this::recall)
                                .average()
                                .orElseThrow(),
                        within(1e-13));
        assertThat(summary.metric("class=never predicted", "precision").note())
                .isEqualTo("0/0: no row was predicted positive");
        assertThat(summary.metric("class=never true", "recall").note()).isEqualTo("0/0: no row is positive");
    }

    /** The correlation of two tables of a column of zeros and ones for each label: Σ cov(X, Y)/√(Σ cov(X, X) · Σ cov(Y, Y)). */
    @Test
    void correlationsAreThoseOfZerosAndOnes() {
        double both = 0;
        double ofTruth = 0;
        double ofPrediction = 0;
        double byChance = 0;
        for (int label = 0; label < K; label++) {
            int one = label;
            double x = ofActual(label) / ROWS;
            double y = ofPredicted(label) / ROWS;
            both += mean(i -> ((actual[i] == one ? 1 : 0) - x) * ((predicted[i] == one ? 1 : 0) - y));
            ofTruth += mean(i -> Math.pow((actual[i] == one ? 1 : 0) - x, 2));
            ofPrediction += mean(i -> Math.pow((predicted[i] == one ? 1 : 0) - y, 2));
            byChance += x * y;
        }
        assertThat(value("matthews_correlation")).isCloseTo(both / Math.sqrt(ofTruth * ofPrediction), within(1e-13));
        assertThat(value("cohen_kappa")).isCloseTo((value("accuracy") - byChance) / (1 - byChance), within(1e-13));
    }

    @Test
    void theBestConstantClassifierIsRightForTheRowsOfItsLabel() {
        double share = IntStream.range(0, K).mapToDouble(this::ofActual).max().orElseThrow() / ROWS;
        assertThat(value("accuracy_best_constant_classifier")).isCloseTo(share, within(1e-15));
        assertThat(value("weighted_recall_best_constant_classifier")).isCloseTo(share, within(1e-15));
        assertThat(value("weighted_precision_best_constant_classifier")).isCloseTo(share * share, within(1e-15));
        assertThat(value("weighted_f1_best_constant_classifier"))
                .isCloseTo(share * 2 * share / (1 + share), within(1e-15));
    }

    private double area(int label) {
        double pairs = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < ROWS; j++) {
                if (actual[i] == label && actual[j] != label) {
                    pairs += scores[i][label] > scores[j][label] ? 1 : scores[i][label] == scores[j][label] ? 0.5 : 0;
                }
            }
        }
        return pairs / ofActual(label) / (ROWS - ofActual(label));
    }

    @Test
    void areasAreThoseOfEachLabelAgainstAllOthersAndAveragesOfThose() {
        double weighted = 0;
        for (int label = 0; label < 4; label++) {
            assertThat(summary.metric("class=" + LABELS.get(label), "roc_auc").value())
                    .isCloseTo(area(label), within(1e-13));
            weighted += area(label) * ofActual(label) / ROWS;
        }
        assertThat(value("weighted_roc_auc"))
                .as("a label without rows weighs nothing")
                .isCloseTo(weighted, within(1e-13));
        assertThat(summary.metric("macro_roc_auc").note()).startsWith("it is undefined for one of the labels");
    }

    @Test
    void averagesOfEqualWeightAreMeansOverLabelsAsAreTheirErrors() {
        List<String> three = LABELS.subList(0, 3);
        MulticlassQuality all = MulticlassQuality.scoring(three);
        for (int i = 0; i < ROWS; i++) {
            all.add(actual[i] % 3, predicted[i] % 3, new double[] {scores[i][0], scores[i][1], scores[i][2]});
        }
        QualitySummary ofThree = all.summary(ConstantClassifier.ofMajority());
        for (String name : List.of("roc_auc", "average_precision")) {
            ToDoubleFunction<String> of =
                    label -> ofThree.metric("class=" + label, name).value();
            ToDoubleFunction<String> error =
                    label -> ofThree.metric("class=" + label, name).evidence().standardError();
            assertThat(ofThree.metric("macro_" + name).value())
                    .isCloseTo(three.stream().mapToDouble(of).average().orElseThrow(), within(1e-14));
            assertThat(ofThree.metric("macro_" + name).evidence().standardError())
                    .as("the most that the mean can be off")
                    .isCloseTo(three.stream().mapToDouble(error).average().orElseThrow(), within(1e-14));
        }
    }

    @Test
    void lossesAreMeansOverRows() {
        double clip = Math.ulp(1.0);
        IntToDoubleFunction loss = i -> -Math.log(Math.max(clip, Math.min(1 - clip, scores[i][actual[i]])));
        IntToDoubleFunction square = i -> IntStream.range(0, K)
                .mapToDouble(label -> Math.pow(scores[i][label] - (label == actual[i] ? 1 : 0), 2))
                .sum();
        for (String name : List.of("log_loss", "brier_score")) {
            IntToDoubleFunction of = name.equals("log_loss") ? loss : square;
            double mean = mean(of);
            double error = Math.sqrt(mean(i -> Math.pow(of.applyAsDouble(i) - mean, 2)) / (ROWS - 1));
            assertThat(value(name)).isCloseTo(mean, within(1e-12));
            assertThat(summary.metric(name).evidence().standardError()).isCloseTo(error, within(1e-12));
        }
    }

    /** Cells of a K-th of a row more; derivatives by the cells themselves, one after the other. */
    @Test
    void measuresOfCountsHaveTheStandardErrorsOfTheDeltaMethod() {
        double[][] cells = new double[3][3];
        MulticlassQuality three = MulticlassQuality.empty();
        for (int i = 0; i < 3; i++) {
            three.position(LABELS.get(i));
        }
        for (int i = 0; i < ROWS; i++) {
            three.add(actual[i] % 3, predicted[i] % 3);
            cells[actual[i] % 3][predicted[i] % 3]++;
        }
        double variance = 0;
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < 9; j++) {
                cells[j / 3][j % 3] += i == 0 ? 1.0 / 3 : 0;
            }
            double count = cells[i / 3][i % 3];
            cells[i / 3][i % 3] = count + 1e-3;
            double above = macroF1(cells);
            cells[i / 3][i % 3] = count - 1e-3;
            double below = macroF1(cells);
            cells[i / 3][i % 3] = count;
            variance += count * Math.pow((above - below) / 2e-3, 2);
        }
        assertThat(three.summary(ConstantClassifier.ofMajority())
                        .metric("macro_f1")
                        .evidence()
                        .standardError())
                .isCloseTo(Math.sqrt(variance), within(1e-8));
    }

    private static double macroF1(double[][] cells) {
        double sum = 0;
        for (int label = 0; label < 3; label++) {
            double margins = 0;
            for (int other = 0; other < 3; other++) {
                margins += cells[label][other] + cells[other][label];
            }
            sum += 2 * cells[label][label] / margins / 3;
        }
        return sum;
    }

    @Test
    void countsAreThoseOfRowsOfTwoLabels() {
        for (int i = 0; i < K; i++) {
            for (int j = 0; j < K; j++) {
                int from = i;
                int to = j;
                assertThat((double) quality.count(LABELS.get(i), LABELS.get(j)))
                        .isEqualTo(count(row -> actual[row] == from && predicted[row] == to));
            }
        }
        assertThat(quality.count("z", "a")).isZero();
        assertThat(quality.count("a", "z")).isZero();
        assertThat(quality.rows()).isEqualTo(ROWS);
    }
}
