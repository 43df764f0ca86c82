package io.modelmonitor.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.capture.Overflow;
import io.modelmonitor.capture.Privacy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of the settings of a pipeline, and that values are kept out of its log where they are protected. */
class PipelineSettingsTest {

    private static final PayloadFormat OPEN = PayloadFormat.of(null, false, List.of());
    private static final PayloadFormat PROTECTED = PayloadFormat.of(null, false, List.of(Privacy.drop("a")));
    private static final PrivateMetadata NONE = PrivateMetadata.of(List.of());

    private static PipelineSettings settings(
            String endpoint, String variant, int capacity, long largestPayload, Duration shutdownTimeout) {
        return new PipelineSettings(
                endpoint,
                variant,
                capacity,
                Overflow.DROP_NEWEST,
                largestPayload,
                OPEN,
                OPEN,
                NONE,
                batch -> {},
                Clock.systemUTC(),
                shutdownTimeout);
    }

    private static boolean isPrivate(PayloadFormat inputs, PayloadFormat outputs, PrivateMetadata metadata) {
        return new PipelineSettings(
                        "x",
                        "v",
                        1,
                        Overflow.DROP_NEWEST,
                        1,
                        inputs,
                        outputs,
                        metadata,
                        batch -> {},
                        Clock.systemUTC(),
                        Duration.ZERO)
                .isPrivate();
    }

    /** An exception's message may hold what was to be protected. */
    @Test
    void aPipelineIsPrivateIfAnythingOfItsRequestsIs() {
        assertThat(isPrivate(OPEN, OPEN, NONE)).isFalse();
        assertThat(isPrivate(PROTECTED, OPEN, NONE)).isTrue();
        assertThat(isPrivate(OPEN, PROTECTED, NONE)).isTrue();
        for (String field : List.of("inferenceId", "customAttributes")) {
            assertThat(isPrivate(OPEN, OPEN, PrivateMetadata.of(List.of(Privacy.mask(field)))))
                    .as(field)
                    .isTrue();
        }
    }

    @Test
    void onlyWhatIsToBeProtectedOfIdsAndAttributesIsChanged() {
        PrivateMetadata ids = PrivateMetadata.of(List.of(Privacy.mask("inferenceId")));
        assertThat(ids.protectId("i")).isEqualTo("***");
        assertThat(ids.protectId(null)).isNull();
        assertThat(ids.protectAttributes(List.of("a", "b"))).containsExactly("a", "b");
        PrivateMetadata attributes = PrivateMetadata.of(List.of(Privacy.bucket("customAttributes", 10)));
        assertThat(attributes.protectId("i")).isEqualTo("i");
        assertThat(attributes.protectAttributes(List.of("37", "text", "5"))).containsExactly("30.0", "0.0");
    }

    @Test
    void limitsAreAllowedAndWhatIsBeyondThemIsNot() {
        Duration none = Duration.ZERO;
        assertThat(settings("x", "v", 1, 1, none).capacity()).isEqualTo(1);
        assertThat(settings("x", "v", 1 << 26, 1, none).capacity()).isEqualTo(67_108_864);
        for (int capacity : new int[] {0, (1 << 26) + 1}) {
            assertThatThrownBy(() -> settings("x", "v", capacity, 1, none))
                    .hasMessage("capacity is " + capacity + "; a queue may hold from 1 to 67108864 records");
        }
        assertThatThrownBy(() -> settings("x", "v", 1, 0, none)).hasMessageStartingWith("largest payload is 0");
        assertThatThrownBy(() -> settings("x", "v", 1, 1, Duration.ofNanos(-1)))
                .hasMessageEndingWith("it must not be negative");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "_x", ".x", "a b", "a/b", "a\nb"})
    void namesOfEndpointsAndVariantsAreNamesOfFolders(String name) {
        String shown = name.replace('\n', '?');
        assertThatThrownBy(() -> settings(name, "v", 1, 1, Duration.ZERO))
                .hasMessageStartingWith("endpoint is '" + shown + "'");
        assertThatThrownBy(() -> settings("x", name, 1, 1, Duration.ZERO))
                .hasMessageStartingWith("variant is '" + shown + "'");
    }

    @Test
    void aNameHasUpToAHundredAndTwentyEightCharacters() {
        String longest = "x".repeat(128);
        assertThat(settings(longest, "a.b_c-1", 1, 1, Duration.ZERO).endpoint()).isEqualTo(longest);
        assertThatThrownBy(() -> settings(longest + "x", "v", 1, 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
