package io.modelmonitor.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.api.Schema;
import io.modelmonitor.stats.evidence.StandardError;
import io.modelmonitor.stats.fairness.BiasMetric;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BiasBoundsTest {

    @Test
    void allowsADifferenceInEitherDirectionAndGivesTheBaselinesOwnUncertaintyAway() {
        List<Constraint> constraints =
                BiasBounds.standard().suggest(of(new Metric("bias.dppl", "sex=F", -0.25, new StandardError(0.125))));

        assertThat(constraints).containsExactly(new Constraint("sex=F", "bias.dppl", Bound.between(-0.5, 0.5)));
    }

    @Test
    void measuresTheDisparateImpactFromOne() {
        Bound low = BiasBounds.standard()
                .suggest(of(new Metric("bias.disparate_impact", "sex=F", 0.5)))
                .get(0)
                .bound();
        Bound high = BiasBounds.standard()
                .suggest(of(new Metric("bias.disparate_impact", "sex=F", 2, new StandardError(0.1))))
                .get(0)
                .bound();

        assertThat(low.lower()).isCloseTo(0.5, within(1e-12));
        assertThat(low.upper()).isCloseTo(2, within(1e-12));
        assertThat(high.upper()).isCloseTo(2 * Math.exp(0.1), within(1e-12));
        assertThat(high.lower()).isCloseTo(1 / high.upper(), within(1e-12));
    }

    @Test
    void boundsADistanceFromAboveOnly() {
        assertThat(BiasBounds.of(List.of(BiasMetric.JS)).suggest(of(new Metric("bias.js", "sex=F", 0.5))))
                .containsExactly(new Constraint("sex=F", "bias.js", Bound.atMost(0.5)));
    }

    @Test
    void suggestsNothingOfWhatIsUndefinedUnknownOrSaidAlready() {
        assertThat(BiasBounds.standard()
                        .suggest(of(
                                Metric.undefined("bias.dppl", "sex=F", "nobody"),
                                new Metric("bias.disparate_impact", "sex=F", 0),
                                new Metric("bias.tvd", "sex=F", 0.1),
                                new Metric("completeness", "sex", 1),
                                new Metric("bias.rd", "sex=F", Double.POSITIVE_INFINITY))))
                .isEmpty();
    }

    @Test
    void boundsTheFlipTest() {
        assertThat(BiasBounds.standard().suggest(of(new Metric("bias.flip_test", "sex=F", 0.125))))
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
