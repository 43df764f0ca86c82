package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.stats.Saved;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowEndsTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFirstAndTheLastNumbersAreKeptHoweverTheyAreAddedAndMerged(boolean areWhole) {
        SplittableRandom random = new SplittableRandom(1);
        for (int rows : new int[] {0, 1, 7, 31, 32, 33, 50, 64, 65, 80, 1_000}) {
            double[] numbers = IntStream.range(0, rows).asDoubleStream().toArray();
            for (int run = 0; run < 20; run++) {
                int most = new int[] {1, 8, 40, 300}[run % 4];
                RowEnds added = new RowEnds();
                RowEnds merged = new RowEnds();
                for (int from = 0; from < rows; ) {
                    int to = Math.min(rows, from + random.nextInt(most + 1));
                    double[] part = Arrays.copyOfRange(numbers, from, to);
                    added.add(part, part.length);
                    RowEnds one = new RowEnds();
                    one.add(part, part.length);
                    merged = merged.merge(Saved.read(RowEnds::read, Saved.bytes(out -> one.write(out, areWhole))));
                    from = to;
                }
                assertEnds(added, numbers, RowEnds.MOST);
                RowEnds all = merged;
                assertEnds(merged, numbers, rows == 0 || areWhole ? RowEnds.MOST : RowEnds.FRACTIONS);
                assertThat(Saved.bytes(out -> all.write(out, areWhole)))
                        .isEqualTo(Saved.bytes(out -> added.write(out, areWhole)));
            }
        }
    }

    @Test
    void partsOfWhichSomeHaveFractionsMergeIntoTheWhole() {
        SplittableRandom random = new SplittableRandom(2);
        for (int run = 0; run < 200; run++) {
            RowEnds added = new RowEnds();
            RowEnds merged = new RowEnds();
            for (int part = 0; part < 5; part++) {
                boolean areWhole = part != 2;
                double[] numbers = random.doubles(random.nextInt(50))
                        .map(number -> areWhole ? Math.floor(100 * number) : number)
                        .toArray();
                added.add(numbers, numbers.length);
                RowEnds one = new RowEnds();
                one.add(numbers, numbers.length);
                merged = merged.merge(Saved.read(RowEnds::read, Saved.bytes(out -> one.write(out, areWhole))));
            }
            RowEnds all = merged;
            assertThat(Saved.bytes(out -> all.write(out, false)))
                    .isEqualTo(Saved.bytes(out -> added.write(out, false)));
        }
    }

    private static void assertEnds(RowEnds ends, double[] numbers, int kept) {
        int rows = numbers.length;
        int most = Math.min(kept, rows);
        assertThat(ends.count()).isEqualTo(rows);
        assertThat(ends.first(kept)).containsExactly(Arrays.copyOf(numbers, most));
        assertThat(ends.last(kept)).containsExactly(Arrays.copyOfRange(numbers, rows - most, rows));
        assertThat(ends.both())
                .containsExactly(Arrays.stream(numbers)
                        .filter(number -> number < kept || number >= rows - kept)
                        .toArray());
        assertThat(Double.compare(ends.first(), rows == 0 ? Double.NaN : 0)).isZero();
        assertThat(Double.compare(ends.last(), rows == 0 ? Double.NaN : rows - 1))
                .isZero();
    }

    @Test
    void sequencesAreAsManyAsTheLongestThatDoesNotRise() {
        assertThat(RisingSequences.count(new double[] {}, false)).isZero();
        assertThat(RisingSequences.count(new double[] {1, 2, 3}, false)).isEqualTo(1);
        assertThat(RisingSequences.count(new double[] {1, 2, 3}, true)).isEqualTo(3);
        assertThat(RisingSequences.count(new double[] {1, 80, 2, 81, 82, 3}, false))
                .isEqualTo(2);
        assertThat(RisingSequences.count(new double[] {5, 5, 5, 6}, false)).isEqualTo(3);
        assertThat(RisingSequences.step(new double[] {1, 80, 2, 81, 82, 3, 3})).isEqualTo(1);
        assertThat(RisingSequences.step(new double[] {4, 4})).isNaN();
    }

    @Test
    void independentNumbersAreHardlyOfFewSequences() {
        SplittableRandom random = new SplittableRandom(1);
        for (int size : new int[] {20, 25, 32}) {
            int few = 0;
            for (int run = 0; run < 2_000; run++) {
                few += RisingSequences.areFew(random.doubles(size).toArray(), run % 2 == 0) ? 1 : 0;
            }
            assertThat(few).as("of %d numbers", size).isLessThan(120);
        }
    }
}
