package io.modelmonitor.quality;

import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.evidence.PValues;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SegmentsTest {

    private static final ModelQuality QUALITY = modelQuality().label("y").prediction("p");

    private static final Batch REGIONS = Rows.table(
            "y,p,region", "1,1,south", "0,0,south", "1,0,north", "0,0,north", "0,1,north", "1,1,", "1,1,south");

    @Test
    void eachValueOfAColumnIsMeasuredByItself() {
        List<Metric> metrics = Rows.measure(QUALITY.by("region").minRows(1), REGIONS);

        assertThat(Rows.find(metrics, "accuracy", "region=south").value()).isEqualTo(1);
        assertThat(Rows.find(metrics, "accuracy", "region=north").value()).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(Rows.find(metrics, "accuracy", "region=(missing)").value()).isEqualTo(1);
    }

    @Test
    void aColumnThatIsNotThereIsRefusedWithTheNearest() {
        String csv = "y,p,region\n" + "1,1,south\n0,0,north\n".repeat(40);
        assertThatThrownBy(() -> Baseline.of(Datasets.csvText(csv), QUALITY.by("regoin")))
                .hasMessageContaining("'regoin'")
                .hasMessageContaining("'region'");
        Baseline baseline =
                Baseline.of(Datasets.csvText(csv), Segments.of(QUALITY).by("with one", row -> row.number("y") == 1));
        assertThat(baseline.metrics()).as("a condition is no column").isNotEmpty();
    }

    @Test
    void theWorstSegmentIsNamedAndKnowsThatItIsTheWorstOfSeveral() {
        Bound bound = Bound.atLeast(0.9);
        Constraints wanted = new Constraints(
                Schema.of(List.of()), List.of(new Constraint("region", "worst_segment.accuracy", bound)));
        List<Metric> metrics = Rows.measure(QUALITY.by("region").minRows(2), null, REGIONS, wanted);

        Metric worst = Rows.find(metrics, "worst_segment.accuracy", "region");
        Metric north = Rows.find(metrics, "accuracy", "region=north");
        assertThat(worst.value()).isEqualTo(north.value());
        assertThat(worst.note()).isEqualTo("region=north, 3 rows");
        double p = PValues.of(north.evidence(), north.value(), bound);
        assertThat(PValues.of(worst.evidence(), worst.value(), bound)).isCloseTo(1 - (1 - p) * (1 - p), within(1e-12));
        assertThat(Rows.find(Rows.measure(QUALITY.by("region").minRows(2), REGIONS), "worst_segment.accuracy", "region")
                        .evidence())
                .isEqualTo(Evidence.PValue.UNTESTED);
    }

    @Test
    void theWorstErrorIsTheGreatest() {
        Batch batch = Rows.table("y,p,g", "1,1.5,a", "2,2,a", "3,5,b", "1,1.25,b");
        List<Metric> metrics = Rows.measure(QUALITY.regression().by("g").minRows(1), batch);

        assertThat(Rows.find(metrics, "worst_segment.mae", "g").note()).isEqualTo("g=b, 2 rows");
    }

    @Test
    void aSegmentThatIsTooSmallSaysSo() {
        List<Metric> metrics = Rows.measure(QUALITY.by("region"), REGIONS);

        assertThat(Rows.find(metrics, "accuracy", "region=north").note())
                .isEqualTo("the segment has 3 rows, fewer than 30");
        assertThat(metrics).noneMatch(metric -> metric.name().startsWith("worst_segment"));
    }

    @Test
    void valuesBeyondTheFirstFewShareAGroupHoweverRowsAreSplit() {
        Segments<?> segments = QUALITY.by("region").maxSegments(2).minRows(1);
        List<String> lines = new ArrayList<>(List.of("y,p,region"));
        for (int i = 0; i < 60; i++) {
            lines.add((i % 3 == 0 ? "1,1," : "0,1,") + "r" + (i * i % 7));
        }
        List<Metric> whole = Rows.measure(segments, Rows.table(lines.toArray(String[]::new)));
        List<String> rest = new ArrayList<>(lines.subList(2, 61));
        rest.add(0, "y,p,region");
        List<Metric> merged = Rows.measureMerged(
                segments,
                Rows.table(lines.subList(0, 2).toArray(String[]::new)),
                Rows.table(rest.toArray(String[]::new)));

        assertThat(whole.stream().map(Metric::subject).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("region=r0", "region=r1", "region=(others)", "region");
        assertThat(merged.stream().map(Metric::subject))
                .containsExactlyElementsOf(whole.stream().map(Metric::subject).toList());
        // As objects, so that undefined equals undefined.
        assertThat(merged.stream().map(Metric::value))
                .containsExactlyElementsOf(whole.stream().map(Metric::value).toList());
    }

    @Test
    void aValueThatIsSpelledLikeAGroupOfSeveralValuesIsInThatGroup() {
        Segments<?> segments = QUALITY.by("region").maxSegments(3).minRows(0);
        Batch first = Rows.table("y,p,region", "1,0,(others)", "1,0,(missing)", "1,1,a");
        Batch second = Rows.table("y,p,region", "1,1,b", "1,1,c", "1,1,d", "1,1,");

        for (List<Metric> metrics :
                List.of(Rows.measureMerged(segments, first, second), Rows.measureMerged(segments, second, first))) {
            assertThat(Rows.find(metrics, "accuracy", "region=(others)").value())
                    .as("of c, d and (others)")
                    .isCloseTo(2.0 / 3, within(1e-15));
            assertThat(Rows.find(metrics, "accuracy", "region=(missing)").value())
                    .isEqualTo(0.5);
            assertThat(metrics.stream().map(Metric::subject).distinct())
                    .containsExactly("region=(missing)", "region=a", "region=b", "region=(others)", "region");
        }
    }

    @Test
    void splitsByAConditionAndASubjectOfItsOwnComesBehind() {
        MetricCalculator<?> positives = Segments.of(QUALITY.multiclass())
                .by("sure", row -> row.number("p") > 0)
                .minRows(0);
        List<Metric> metrics = Rows.measure(positives, REGIONS);

        assertThat(Rows.find(metrics, "precision", "sure=true, class=1").value())
                .isEqualTo(0.75);
        assertThat(Rows.find(metrics, "worst_segment.precision", "sure, class=1")
                        .value())
                .isEqualTo(0.75);
    }

    @Test
    void segmentsOfSegmentsReadAloud() {
        Segments<?> nested =
                Segments.of(QUALITY.by("region").minRows(1)).by("y").minRows(1);

        assertThat(Rows.find(Rows.measure(nested, REGIONS), "accuracy", "y=1, region=south")
                        .value())
                .isEqualTo(1);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> QUALITY.by("region").maxSegments(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("groups 0 are none; allowed is 1 or more");
        assertThatThrownBy(() -> QUALITY.by("region").minRows(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows -1 is negative; allowed is 0 or more");
    }
}
