package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DayHoursTest {

    private static final int DAY = 86_400;
    private static final int MOST_DAYS = 1_024;

    private static DayHours of(double... seconds) {
        DayHours hours = new DayHours();
        for (double time : seconds) {
            hours.add(time, 1);
        }
        return hours;
    }

    private static byte[] bytes(DayHours hours) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        hours.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e3, 1e6})
    void timesOfOneHourNextToEachOtherAreCountedAsEachAlone(double unit) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        double[] times = random.doubles(5_000, 1.7e9, 1.7e9 + 3 * DAY)
                .map(seconds -> Math.floor(seconds) * unit)
                .toArray();
        Arrays.sort(times, 1_000, times.length);
        times[1_000] = 1_700_002_800 * unit;
        DayHours byRuns = new DayHours();
        int runs = 0;
        for (int next = 0; next < times.length; runs++) {
            next = byRuns.addHour(times, next, times.length, unit);
        }

        double[] seconds = Arrays.stream(times).map(time -> time / unit).toArray();
        assertThat(bytes(byRuns)).isEqualTo(bytes(of(seconds)));
        assertThat(runs).isLessThan(1_100);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000, 1_024, 1_025, 3_000})
    void theLatestDaysAreThoseOfOnePassHoweverTimesAreSplitAndMerged(int days) throws IOException {
        SplittableRandom random = new SplittableRandom(days);
        double[] all = random.doubles(20_000, 0, (double) days * DAY).toArray();
        byte[] onePass = bytes(of(all));
        double[] ascending = all.clone();
        Arrays.sort(ascending);
        assertThat(bytes(of(ascending))).isEqualTo(onePass);
        DayHours one = of(Arrays.copyOf(all, 300));
        DayHours two = of(Arrays.copyOfRange(all, 300, 9_000));
        DayHours three = of(Arrays.copyOfRange(all, 9_000, all.length));
        assertThat(bytes(one.merge(two).merge(three))).isEqualTo(onePass);
        assertThat(bytes(three.merge(one.merge(two)))).isEqualTo(onePass);
        DayHours read = DayHours.read(new DataInputStream(new ByteArrayInputStream(onePass)));
        assertThat(bytes(read)).isEqualTo(onePass);
        assertThat(read.isOfLatest()).isEqualTo(read.counts().firstKey() > 0);
        assertThat(read.counts()).hasSize(Math.min(days, MOST_DAYS)).containsKey(days - 1L);
    }
}
