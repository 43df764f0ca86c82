package io.modelmonitor;

import io.modelmonitor.api.Dataset;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Tables of which the cells of one column are drawn, {@code x} beside numbers {@code y}, and how often monitors of them alert. */
final class Cells {

    /** Of so many reports, a tenth may alert though nothing changed. */
    static final int REPORTS = 20;

    /** The rows of a baseline by which a column is typed. */
    static final int ROWS = 5_000;

    private Cells() {}

    /** A cell of a row. */
    interface Cell {
        String of(SplittableRandom random, long row);
    }

    /** Returns numbers about 50, moved by so many of their standard deviations, by a format such as {@code $%.2f}. */
    static Cell numbers(String format, double shift) {
        FormattedNumber number = FormattedNumber.of(format);
        return (random, row) -> number.of(50 + 10 * (normal(random) + shift));
    }

    static double normal(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    static Monitor monitor(Cell cell, int rows) {
        return Monitor.against(Baseline.of(table(1, 0, rows, cell)));
    }

    /** Returns how many of {@value #REPORTS} windows alert, that follow each other from a row. */
    static int alerts(Monitor monitor, Cell cell, long from, int rows) {
        return (int) IntStream.range(0, REPORTS)
                .filter(i -> !Tables.violated(monitor.check(table(100 + i, from + (long) i * rows, rows, cell)))
                        .isEmpty())
                .count();
    }

    /** Returns what a column is taken for, and what follows in the description of its baseline. */
    static String typeOf(Cell cell) {
        String described = Baseline.of(table(1, 0, ROWS, cell)).describe().toString();
        return described.substring(described.indexOf("x: ") + 3);
    }

    static Dataset table(long seed, long from, int rows, Cell cell) {
        SplittableRandom random = new SplittableRandom(seed);
        FormattedNumber number = FormattedNumber.of("%.3f");
        return Tables.csv("y,x", rows, i -> number.of(normal(random)) + ",\"" + cell.of(random, from + i) + "\"");
    }
}
