package io.modelmonitor.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Evidence.StandardError;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.api.Schema;
import io.modelmonitor.stats.fairness.BiasMetric;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BiasBoundsTest {

    @Test
    void allowsADifferenceInEitherDirectionAndGivesTheBaselinesOwnUncertaintyAway() {
        List<Constraint> constraints =
                BiasBounds.standard().suggest(of(Metric.of("sex=F", "bias.dppl", -0.25, new StandardError(0.125))));

        assertThat(constraints).containsExactly(new Constraint("sex=F", "bias.dppl", Bound.between(-0.5, 0.5)));
    }

    @Test
    void measuresTheDisparateImpactFromOne() {
        Bound low = BiasBounds.standard()
                .suggest(of(Metric.of("sex=F", "bias.disparate_impact", 0.5)))
                .get(0)
                .bound();
        Bound high = BiasBounds.standard()
                .suggest(of(Metric.of("sex=F", "bias.disparate_impact", 2, new StandardError(0.1))))
                .get(0)
                .bound();

        assertThat(low.lower()).isCloseTo(0.5, within(1e-12));
        assertThat(low.upper()).isCloseTo(2, within(1e-12));
        assertThat(high.upper()).isCloseTo(2 * Math.exp(0.1), within(1e-12));
        assertThat(high.lower()).isCloseTo(1 / high.upper(), within(1e-12));
    }

    @Test
    void boundsADistanceFromAboveOnly() {
        assertThat(BiasBounds.of(List.of(BiasMetric.JS)).suggest(of(Metric.of("sex=F", "bias.js", 0.5))))
                .containsExactly(new Constraint("sex=F", "bias.js", Bound.atMost(0.5)));
    }

    @Test
    void suggestsNothingOfWhatIsUndefinedUnknownOrSaidAlready() {
        assertThat(BiasBounds.standard()
                        .suggest(of(
                                Metric.undefined("sex=F", "bias.dppl", "nobody"),
                                Metric.of("sex=F", "bias.disparate_impact", 0),
                                Metric.of("sex=F", "bias.tvd", 0.1),
                                Metric.of("sex", "completeness", 1),
                                Metric.of("sex=F", "bias.rd", Double.POSITIVE_INFINITY))))
                .isEmpty();
    }

    @Test
    void boundsTheFlipTest() {
        assertThat(BiasBounds.standard().suggest(of(Metric.of("sex=F", "bias.flip_test", 0.125))))
                .containsExactly(new Constraint("sex=F", "bias.flip_test", Bound.between(-0.125, 0.125)));
    }

    private static Reference of(Metric... metrics) {
        return new Reference() {
            @Override
            public Schema schema() {
                return Schema.of(List.of());
            }

            @Override
            public List<Metric> metrics() {
                return List.of(metrics);
            }

            @Override
            public @Nullable Metric metric(String name, String subject) {
                return null;
            }
        };
    }
}
