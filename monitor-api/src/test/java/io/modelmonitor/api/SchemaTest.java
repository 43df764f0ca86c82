package io.modelmonitor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaTest {

    @Test
    void columnsAreFoundByName() {
        Schema schema = Schema.ofNames("age", "income");
        assertThat(schema.indexOf("income")).isEqualTo(1);
        assertThat(schema.indexOf("INCOME")).isEqualTo(-1);
        assertThat(schema.feature("nobody")).isNull();
    }

    @Test
    void aMissingColumnIsReportedWithThoseThatAreThere() {
        assertThatThrownBy(() -> Schema.ofNames("age", "income").requireIndexOf("incmoe"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no column 'incmoe'; the nearest of 2 is 'income'; there are [age, income]");
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        assertThatThrownBy(() -> Schema.ofNames("a", "b", "a"))
                .hasMessageContaining("0 and 2")
                .hasMessageContaining("'a'");
    }

    @Test
    void aFeatureIsReplacedInItsPlace() {
        Feature typed = new Feature("b", FeatureType.STRING, Set.of("x"));
        Schema changed = Schema.ofNames("a", "b", "c").with(typed);
        assertThat(changed.names()).containsExactly("a", "b", "c");
        assertThat(changed.feature("b")).isEqualTo(typed);
    }

    @Test
    void aColumnTakesTheTypeThatAllItsValuesFit() {
        assertThat(FeatureType.of(0, 0, 0, 0)).isEqualTo(FeatureType.UNKNOWN);
        assertThat(FeatureType.of(5, 0, 0, 0)).isEqualTo(FeatureType.INTEGRAL);
        assertThat(FeatureType.of(5, 1, 0, 0)).isEqualTo(FeatureType.FRACTIONAL);
        assertThat(FeatureType.of(0, 0, 2, 0)).isEqualTo(FeatureType.BOOLEAN);
        assertThat(FeatureType.of(1, 0, 2, 0)).isEqualTo(FeatureType.STRING);
        assertThat(FeatureType.of(5, 5, 0, 1)).isEqualTo(FeatureType.STRING);
    }

    @Test
    void aLaterConstraintOnTheSameMetricReplacesTheEarlierInItsPlace() {
        Constraint first = Constraint.on("a").completeness().atLeast(0.9);
        Constraint other = Constraint.on("b").completeness().atLeast(0.9);
        Constraint second = Constraint.on("a").completeness().atLeast(0.5);
        Constraints constraints = new Constraints(Schema.ofNames("a", "b"), List.of(first, other)).with(second);
        assertThat(constraints.list()).containsExactly(second, other);
        assertThat(constraints.without(c -> c.subject().equals("b")).list()).containsExactly(second);
    }
}
