package io.modelmonitor.watch;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rows of an hour each, the same for the same hour, and a clock that is set by hand. */
final class Hours implements WindowSource {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ROWS = 200;

    private final Instant changed;
    private final double shift;
    final List<Window> read = new ArrayList<>();

    Hours(Instant changed, double shift) {
        this.changed = changed;
        this.shift = shift;
    }

    /** Hours without a change. */
    static Hours steady() {
        return new Hours(Instant.MAX, 0);
    }

    static Monitor monitor() {
        Baseline baseline = Baseline.of(1, rows(1, 20_000, 0));
        return Monitor.against(baseline)
                .named("credit")
                .threads(1)
                .requiringOnly(Constraints.none()
                        .with(Constraint.on("x").drift(), Constraint.on("y").drift()));
    }

    @Override
    public Dataset of(Window window) {
        read.add(window);
        return rows(
                31 * window.start().getEpochSecond() + 1, ROWS, window.start().isBefore(changed) ? 0 : shift);
    }

    static Dataset rows(long seed, int count, double shift) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Object[] {random.nextGaussian() + shift, random.nextGaussian()});
        }
        return Datasets.of(Schema.ofNames("x", "y"), rows);
    }

    static Instant hour(int hours) {
        return START.plus(Duration.ofHours(hours));
    }
}
