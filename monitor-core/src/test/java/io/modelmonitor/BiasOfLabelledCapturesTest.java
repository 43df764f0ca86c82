package io.modelmonitor;

import static io.modelmonitor.fairness.Bias.bias;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Report;
import io.modelmonitor.labels.GroundTruth;
import io.modelmonitor.labels.LabelledCaptures;
import io.modelmonitor.spi.MetricCalculator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bias from end to end: captured requests, labels that came later, a baseline, and a monitor that rings or does not. */
class BiasOfLabelledCapturesTest {

    private static final MetricCalculator<?> FAIRNESS =
            bias("gender", "F").label("repaid").prediction("approved");

    @Test
    void anUnchangedModelIsHealthy() {
        Baseline baseline = Baseline.of(window(3_000, 1, 0.5), FAIRNESS);
        Report report = Monitor.against(baseline).watching(FAIRNESS).check(window(2_000, 2, 0.5));
        assertThat(report.isHealthy()).as(report.toString()).isTrue();
    }

    @Test
    void aModelThatTurnedAgainstAGroupIsViolatedAndTheGroupIsNamed() {
        Baseline baseline = Baseline.of(window(3_000, 1, 0.5), FAIRNESS);
        Report report = Monitor.against(baseline).watching(FAIRNESS).check(window(2_000, 2, 0.3));
        assertThat(report.violations()).anySatisfy(violation -> {
            assertThat(violation.subject()).isEqualTo("gender=F");
            assertThat(violation.constraint().metric()).isEqualTo("bias.dppl");
            assertThat(violation.metric().note()).contains("gender=F is worse off");
        });
    }

    private static Dataset window(int requests, long seed, double approvalOfWomen) {
        SplittableRandom random = new SplittableRandom(seed);
        GroundTruth labels = GroundTruth.create();
        List<CaptureRecord> captures = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            boolean woman = random.nextBoolean();
            boolean approved = random.nextDouble() < (woman ? approvalOfWomen : 0.5);
            String id = "request-" + i;
            captures.add(new CaptureRecord(
                    "event-" + i,
                    id,
                    Instant.EPOCH,
                    Payload.csv(woman ? "F" : "M"),
                    Payload.csv(approved ? "1" : "0"),
                    List.of()));
            labels.record(id, random.nextDouble() < 0.7 ? "1" : "0");
        }
        return LabelledCaptures.of(captures, labels)
                .outputs("approved")
                .inputs("gender")
                .labelled("repaid");
    }
}
