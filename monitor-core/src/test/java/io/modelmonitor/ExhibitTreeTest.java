package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.modelmonitor.api.Exhibit;
import io.modelmonitor.json.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExhibitTreeTest {

    static Stream<Exhibit> exhibits() {
        return Stream.of(
                new Exhibit.Curve("ROC", "fpr", "tpr", List.of(0.0, 0.5, 1.0), List.of(0.0, 0.75, 1.0)),
                new Exhibit.Matrix(
                        "confusion",
                        "actual",
                        "predicted",
                        List.of("a", "b"),
                        List.of(List.of(1L, 2L), List.of(3L, 4L))),
                new Exhibit.Histogram("ages", List.of(0.0, 1.5, 1e9), List.of(3.0, 0.25)),
                new Exhibit.Bars("bars", List.of("x", "\"y\"\n"), List.of(Double.NaN, -1e-300)),
                new Exhibit.Pairs("pairs", "before", "now", List.of("x"), List.of(1.0), List.of(2.0)),
                new Exhibit.Strips("strips", "contribution", List.of("x", "y"), List.of(List.of(1.0, 2.0), List.of())));
    }

    @ParameterizedTest
    @MethodSource("exhibits")
    void whatIsShownIsReadAsItWasWritten(Exhibit exhibit) {
        assertThat(ExhibitTree.read(Json.parse(Json.write(ExhibitTree.of(exhibit)))))
                .isEqualTo(exhibit);
    }

    @Test
    void everyKindIsTried() {
        assertThat(exhibits().map(Object::getClass).toList()).hasSameElementsAs(List.of(permitted()));
    }

    private static Class<?>[] permitted() {
        return Exhibit.class.getPermittedSubclasses();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"pie\",\"title\":\"x\"}",
                "{\"kind\":\"bars\"}",
                "{\"kind\":\"bars\",\"title\":\"x\",\"names\":[1],\"values\":[1]}",
                "{\"kind\":\"bars\",\"title\":\"x\",\"names\":[\"a\"],\"values\":[]}",
                "[]"
            })
    void whatIsNoExhibitIsRefused(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> ExhibitTree.read(Json.parse(json)));
    }
}
