package io.modelmonitor;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;

/** A way to write times, as texts or numbers. */
interface TimeSpelling extends Function<LocalDateTime, Object> {

    static TimeSpelling pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)::format;
    }

    /** Returns rows of times in a column {@code t}, beside a column {@code x} of uniform numbers. */
    static Dataset table(List<LocalDateTime> times, TimeSpelling spelling) {
        return Datasets.columns()
                .add("t", times.stream().map(spelling).toArray())
                .add(
                        "x",
                        new SplittableRandom(times.size()).doubles(times.size()).toArray())
                .build();
    }
}
