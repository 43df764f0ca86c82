package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The course of a column over time: the steps from row to row, and of numbers that all may be points in time, in units since 1970 or as
 * dates with hours and minutes, how many there are in each hour. One thread at a time may change a state.
 */
final class Course {

    private final RowSteps steps;
    /** The hours; null once a number was no point in time. */
    private @Nullable DayHours hours;

    private Course(RowSteps steps, @Nullable DayHours hours) {
        this.steps = steps;
        this.hours = hours;
    }

    static Course create() {
        return new Course(new RowSteps(), new DayHours());
    }

    /**
     * Adds numbers in the order of their rows.
     *
     * @param ordinary whether all of them are finite, and so small that their differences are, too
     * @param withTexts whether there are texts among them
     */
    void add(double[] numbers, int size, boolean ordinary, boolean withTexts) {
        steps.add(numbers, size, ordinary, withTexts);
        for (int next = 0; next < size && hours != null; ) {
            double unit = NumberTime.unitSinceEpoch(numbers[next]);
            if (!Double.isNaN(unit)) {
                next = hours.addHour(numbers, next, size, unit);
            } else if (!Double.isNaN(numbers[next])) {
                addClock(hours, numbers[next++]);
            } else {
                next++;
            }
        }
    }

    private void addClock(DayHours known, double number) {
        double seconds = NumberTime.secondsOfClock(number);
        if (Double.isNaN(seconds)) {
            hours = null;
        } else {
            known.add(seconds, 1);
        }
    }

    RowSteps steps() {
        return steps;
    }

    /** Returns how many numbers there are in each hour; null if some are no points in time. */
    @Nullable
    DayHours hours() {
        return hours;
    }

    Course merge(Course later) {
        DayHours earlier = hours;
        DayHours others = later.hours;
        return new Course(steps.merge(later.steps), earlier == null || others == null ? null : earlier.merge(others));
    }

    /** @param areWhole whether all numbers are whole */
    void write(DataOutput out, boolean areWhole) throws IOException {
        steps.write(out, areWhole);
        out.writeBoolean(hours != null);
        if (hours != null) {
            hours.write(out);
        }
    }

    static Course read(DataInput in) throws IOException {
        RowSteps steps = RowSteps.read(in);
        return new Course(steps, Packed.readFlag(in, "hours") ? DayHours.read(in) : null);
    }
}
