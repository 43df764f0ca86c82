package io.modelmonitor.stats.sketch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The course of a column over time: the steps from row to row, and of numbers that may be points in time, in units since 1970, how many
 * there are in each hour. One thread at a time may change a state.
 *
 * @param steps the steps
 * @param hours the hours
 */
record Course(RowSteps steps, DayHours hours) {

    static Course create() {
        return new Course(new RowSteps(), new DayHours());
    }

    /**
     * Adds numbers in the order of their rows.
     *
     * @param greatest the greatest of them, or a greater number
     */
    void add(double[] numbers, int size, double greatest) {
        steps.add(numbers, size);
        if (!(greatest >= NumberTime.FIRST)) {
            return;
        }
        for (int i = 0; i < size; i++) {
            double seconds = NumberTime.sinceEpoch(numbers[i]);
            if (!Double.isNaN(seconds)) {
                hours.add(seconds, 1);
            }
        }
    }

    Course merge(Course later) {
        return new Course(steps.merge(later.steps), hours.merge(later.hours));
    }

    void write(DataOutput out) throws IOException {
        steps.write(out);
        hours.write(out);
    }

    static Course read(DataInput in) throws IOException {
        return new Course(RowSteps.read(in), DayHours.read(in));
    }
}
