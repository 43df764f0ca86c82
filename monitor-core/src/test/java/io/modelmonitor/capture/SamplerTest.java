package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {

    private static final int COUNT = 100_000;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2, 0.5, 1})
    void letsInAFractionOfTheRequests(double fraction) {
        assertThat(share(Sampler.fraction(fraction), false)).isCloseTo(fraction, within(0.015));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2, 0.5, 1})
    void letsInAFractionOfTheIds(double fraction) {
        assertThat(share(Sampler.byInferenceId(fraction), true)).isCloseTo(fraction, within(0.015));
    }

    @Test
    void allReplicasAgreeOnAnId() {
        Sampler one = Sampler.byInferenceId(0.3);
        Sampler other = Sampler.byInferenceId(0.3);
        for (int i = 0; i < 1000; i++) {
            String id = "request-" + i;
            long hash = Hashing.xxh3_64().hashBytesToLong(id.getBytes(StandardCharsets.UTF_16LE));
            assertThat(one.includes(id, null))
                    .isEqualTo(other.includes(id, new double[1]))
                    .isEqualTo((hash >>> 11) / (double) (1L << 53) < 0.3);
        }
    }

    @Test
    void whoIsInAtASmallFractionIsInAtALargerOne() {
        for (int i = 0; i < 1000; i++) {
            if (Sampler.byInferenceId(0.1).includes("id" + i, null)) {
                assertThat(Sampler.byInferenceId(0.4).includes("id" + i, null)).isTrue();
            }
        }
    }

    @Test
    void segmentsHaveTheirOwnRates() {
        Sampler sampler = Sampler.bySegment(input -> String.valueOf(input), Map.of("vip", 1.0, "bot", 0.0), 0.5);
        int others = 0;
        for (int i = 0; i < COUNT; i++) {
            assertThat(sampler.includes(null, "vip")).isTrue();
            assertThat(sampler.includes(null, "bot")).isFalse();
            others += sampler.includes(null, "guest") ? 1 : 0;
        }
        assertThat(others / (double) COUNT).isCloseTo(0.5, within(0.015));
    }

    @Test
    void aConditionDecides() {
        Sampler sampler = Sampler.where(input -> input instanceof double[] row && row[0] > 1);
        assertThat(sampler.includes(null, new double[] {2})).isTrue();
        assertThat(sampler.includes(null, new double[] {1})).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, 20, 200, Double.NaN, Double.POSITIVE_INFINITY})
    void aFractionLiesBetweenZeroAndOne(double fraction) {
        assertThatThrownBy(() -> Sampler.fraction(fraction))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sampling fraction is " + fraction)
                .hasMessageContaining("between 0 and 1");
    }

    @Test
    void aFractionThatIsMeantAsAPercentageIsToldAsWhatItWouldBe() {
        assertThatThrownBy(() -> Sampler.fraction(20)).hasMessageEndingWith("0 and 1; for 20.0 % say 0.20");
        assertThatThrownBy(() -> Sampler.fraction(100)).hasMessageEndingWith("0 and 1; for 100.0 % say 1.00");
        for (double none : new double[] {-0.1, 100.5, Double.NaN}) {
            assertThatThrownBy(() -> Sampler.fraction(none)).hasMessageEndingWith("between 0 and 1");
        }
    }

    @Test
    void theRateOfEverySegmentIsAFractionToo() {
        assertThatThrownBy(() -> Sampler.bySegment(String::valueOf, Map.of("vip", 1.5), 0.5))
                .hasMessageStartingWith("sampling fraction is 1.5");
        assertThatThrownBy(() -> Sampler.bySegment(String::valueOf, Map.of("vip", 1.0), -1))
                .hasMessageStartingWith("sampling fraction is -1.0");
    }

    private static double share(Sampler sampler, boolean withIds) {
        int in = 0;
        for (int i = 0; i < COUNT; i++) {
            in += sampler.includes(withIds ? "id" + i : null, null) ? 1 : 0;
        }
        return in / (double) COUNT;
    }
}
