package benchmarks;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.evidence.PValues;
import io.modelmonitor.stats.internal.drift.FeatureDrift;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.Workspace;
import java.util.Arrays;

/** Judges windows as {@code on(x).drift()} does, through profiles, against one reference. For one thread. */
final class DriftTrial {

    private static final Bound FLOOR = Bound.atMost(Constraint.Subject.SMALLEST_DRIFT);

    private final DriftFamilies.Family family;
    private final Workspace workspace = new Workspace();
    private final ColumnProfile reference;

    DriftTrial(DriftFamilies.Family family, double[] rows) {
        this.family = family;
        reference = profile(rows);
    }

    /** The result of drift() for a window: the effect, and the p-value of the alert, which is 1 up to the floor. */
    record Verdict(double effect, double pValue) {

        boolean isBelowFloor() {
            return FLOOR.holds(effect);
        }
    }

    Verdict judge(double[] rows) {
        Metric drift =
                FeatureDrift.of("x", reference, profile(rows), metric -> FLOOR).get(0);
        double p = FLOOR.holds(drift.value()) ? 1 : PValues.of(drift.evidence(), drift.value(), FLOOR);
        return new Verdict(drift.value(), p);
    }

    private ColumnProfile profile(double[] rows) {
        byte[] kinds = new byte[rows.length];
        Arrays.fill(kinds, family.isCategorical() ? ValueKind.STRING : ValueKind.FRACTIONAL);
        ColumnProfile profile = ColumnProfile.create();
        String[] categories = family.categories();
        boolean isText = categories.length > 0;
        profile.add(
                Column.of(
                        kinds, rows, row -> isText ? categories[(int) rows[row]] : Double.toString(rows[row]), isText),
                rows.length,
                workspace);
        return profile;
    }
}
