package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTimesTest {

    private static final long SECOND = 1000;
    private static final long HOUR = 3600 * SECOND;
    private static final long DAY = 24 * HOUR;
    private static final long NOON = 20_000 * DAY + 12 * HOUR;

    private final WindowTimes times = new WindowTimes(HOUR);
    private final List<Long> starts = new ArrayList<>();
    /** The true time, and what the clock adds to it. */
    private long now = NOON;

    private long wrong;
    private long opened = NOON;
    private long longest;

    @Test
    void windowsAreTheHoursOfAClockThatGoesWell() {
        begin();
        run(5 * HOUR);
        assertThat(starts).containsExactly(NOON, NOON + HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR, NOON + 4 * HOUR);
        assertThat(times.timesSetBack()).isZero();
    }

    @Test
    void aClockThatIsSetBackADayEndsWindowsAtMostOneLengthLaterAndIsToldOnce() {
        begin();
        run(26 * HOUR + HOUR / 2);
        wrong -= DAY;
        run(30 * HOUR);
        // The second in which the clock was set is not seen.
        assertThat(longest).isLessThanOrEqualTo(HOUR + SECOND);
        // Hours go on as if the clock had not been set: those that it shows were reported.
        List<Long> hours = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            hours.add(NOON + i * HOUR);
        }
        assertThat(starts).hasSize(56).isEqualTo(hours);
        assertThat(times.timesSetBack()).isEqualTo(1);
    }

    @Test
    void aClockThatWasAYearAheadForAMinuteLeavesTheHoursAsTheyAre() {
        begin();
        run(HOUR / 2);
        wrong = 365 * DAY;
        run(60 * SECOND);
        wrong = 0;
        run(3 * HOUR);
        assertThat(longest).isLessThanOrEqualTo(HOUR);
        assertThat(starts)
                .startsWith(NOON, NOON + 365 * DAY)
                .doesNotHaveDuplicates()
                .contains(NOON + HOUR, NOON + 2 * HOUR)
                .hasSize(4);
        assertThat(times.timesSetBack()).isEqualTo(1);
    }

    @Test
    void aSmallStepBackIsWaitedOut() {
        begin();
        run(HOUR + SECOND);
        wrong -= 2 * SECOND;
        run(3 * HOUR + SECOND);
        assertThat(starts).containsExactly(NOON, NOON + HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR);
        assertThat(times.timesSetBack()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void howeverTheClockIsSetWindowsNeitherOverlapNorVanishNorGrow(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        begin();
        for (int i = 0; i < 20; i++) {
            run(random.nextLong(3 * HOUR));
            long unit = new long[] {SECOND, 60 * SECOND, HOUR, DAY, 365 * DAY}[random.nextInt(5)];
            wrong += random.nextLong(-3 * unit, 3 * unit);
        }
        assertThat(starts).doesNotHaveDuplicates().allSatisfy(start -> assertThat(start % HOUR)
                .isZero());
        assertThat(longest).isLessThanOrEqualTo(HOUR + HOUR / 10 + SECOND);
    }

    private void begin() {
        times.open(now + wrong);
    }

    /** Asks each second of true time, as a capture does. */
    private void run(long length) {
        for (long until = now + length; now < until; ) {
            now += SECOND;
            if (times.isOver(now + wrong)) {
                assertThat(times.endTime() - times.startTime()).isEqualTo(HOUR);
                starts.add(times.startTime());
                longest = Math.max(longest, now - opened);
                times.end();
                times.open(now + wrong);
                opened = now;
            }
        }
    }
}
