package io.modelmonitor.quality;

import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of a model that stays as it is, of few rows. */
@Tag("simulation")
class QualityOfFewRowsTest {

    private static final double[] POSITIVE = {0.02, 0.15, 0.5};
    private static final int[] BASELINES = {500, 10_000};
    private static final int REPORTS_EACH = 30;

    private static final List<Monitor> MONITORS = new ArrayList<>();

    private static List<Monitor> monitors() {
        if (MONITORS.isEmpty()) {
            Random random = new Random(3);
            for (double positive : POSITIVE) {
                for (int rows : BASELINES) {
                    MONITORS.add(Monitor.against(Baseline.of(
                            table(random, rows, positive, true),
                            modelQuality()
                                    .label("label")
                                    .prediction("predicted")
                                    .score("score"))));
                }
            }
        }
        return MONITORS;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10, 30})
    void atMostOneReportInTwentyAlerts(int rows) {
        Random random = new Random(rows);
        int alerts = 0;
        int reports = 0;
        for (int i = 0; i < POSITIVE.length * BASELINES.length; i++) {
            for (int j = 0; j < REPORTS_EACH; j++) {
                Report report = monitors().get(i).check(table(random, rows, POSITIVE[i / BASELINES.length], true));
                alerts += report.status() == Report.Status.VIOLATED ? 1 : 0;
                reports++;
            }
        }
        // Two standard deviations of a binomial share of 5 %.
        assertThat(alerts).isLessThanOrEqualTo((int) (0.05 * reports + 2 * Math.sqrt(0.05 * 0.95 * reports)));
    }

    @Test
    void aModelThatGuessesIsSeenOnThirtyRows() {
        Report report = monitors().get(5).check(table(new Random(1), 30, 0.5, false));

        assertThat(report.violations())
                .extracting(violation -> violation.metric().name())
                .contains("accuracy", "cohen_kappa", "f1", "roc_auc");
    }

    /** Returns rows whose scores tell the labels apart, or do not. */
    private static Dataset table(Random random, int rows, double positive, boolean isGood) {
        StringBuilder text = new StringBuilder("label,score,predicted\n");
        for (int i = 0; i < rows; i++) {
            boolean actual = random.nextDouble() < positive;
            boolean seen = isGood ? actual : random.nextDouble() < positive;
            double logit = random.nextGaussian() + (seen ? 1 : -1) + Math.log(positive / (1 - positive));
            double score = 1 / (1 + Math.exp(-logit));
            text.append(String.format(Locale.ROOT, "%d,%.5f,%d%n", actual ? 1 : 0, score, score > 0.5 ? 1 : 0));
        }
        return Datasets.csvText(text.toString());
    }
}
