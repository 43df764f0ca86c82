package io.modelmonitor.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.data.Datasets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeenShareTest {

    private static final int RUNS = 100;

    /** Four standard errors above 5 %. */
    private static final double MOST = 0.05 + 4 * Math.sqrt(0.05 * 0.95 / RUNS);

    @Test
    void theShareOfValuesThatOccurredOnceIsNewAndVariesByThoseThatOccurredTwice() {
        assertThat(SeenShare.of(100, 20, 0)).isEqualTo(new Proportion(80, 100));
        assertThat(SeenShare.of(100, 20, 8)).isEqualTo(new Proportion(40, 50));
        assertThat(SeenShare.of(100, 0, 8)).isEqualTo(new Proportion(100, 100));
        assertThat(SeenShare.of(100, 100, 0)).isEqualTo(new Proportion(0, 100));
        assertThat(SeenShare.of(1, 1, 0)).isEqualTo(new Proportion(0, 1));
        assertThat(SeenShare.of(2, 0, 1)).isEqualTo(new Proportion(2, 2));
    }

    @ParameterizedTest(name = "{0} rows of {1} values, then {2}")
    @CsvSource({"50, 60, 300", "80, 60, 20", "300, 100, 2000"})
    @Tag("simulation")
    void valuesThatFewRowsDidNotHappenToHaveRarelyAlert(int rows, int values, int window) {
        SplittableRandom random = new SplittableRandom(rows + values);
        int alerts = 0;
        for (int run = 0; run < RUNS; run++) {
            Monitor monitor = Monitor.against(Baseline.of(table(random, rows, values)));
            alerts += monitor.check(table(random, window, values)).violations().stream()
                            .anyMatch(
                                    violation -> violation.constraint().metric().equals("domain_share"))
                    ? 1
                    : 0;
        }
        assertThat(alerts / (double) RUNS).isLessThanOrEqualTo(MOST);
    }

    private static Dataset table(SplittableRandom random, int rows, int values) {
        List<String> lines = new ArrayList<>(List.of("x,y"));
        for (int i = 0; i < rows; i++) {
            int value = random.nextInt(values);
            lines.add("" + (char) ('a' + value / 26) + (char) ('a' + value % 26) + "," + random.nextInt(1_000));
        }
        return Datasets.csvText(String.join("\n", lines));
    }
}
