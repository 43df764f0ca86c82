package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.ValueKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctRowsTest {

    @ParameterizedTest
    @ValueSource(ints = {3, 400, 5_000})
    void partsInAnyOrderMergeIntoTheWhole(int different) throws IOException {
        double[] values = new SplittableRandom(different)
                .doubles(9_000)
                .map(value -> Math.floor(different * value))
                .toArray();
        DistinctRows whole = of(values);
        DistinctRows a = of(Arrays.copyOfRange(values, 0, 1_234));
        DistinctRows b = of(Arrays.copyOfRange(values, 1_234, 6_000));
        DistinctRows c = of(Arrays.copyOfRange(values, 6_000, 9_000));

        assertThat(bytes(a.merge(b).merge(c)))
                .isEqualTo(bytes(whole))
                .isEqualTo(bytes(c.merge(a).merge(b)))
                .isEqualTo(bytes(c.merge(b.merge(a))));
        assertThat(whole.distinct()).isEqualTo(Math.min(different, DistinctRows.SIZE));
        assertThat(bytes(read(bytes(whole)))).isEqualTo(bytes(whole));
    }

    @Test
    void aSampleTellsTheShareOfRowsThatComeAgain() {
        double[] twice = new double[40_000];
        for (int i = 0; i < twice.length; i++) {
            twice[i] = i < 20_000 && i % 2 == 1 ? twice[i - 1] : i / 7.0;
        }
        DistinctRows rows = of(twice);

        assertThat(1 - rows.distinct() / (double) rows.rows()).isCloseTo(0.25, within(0.05));
    }

    @Test
    void withinAnotherTheSameRowsAreRememberedOfBoth() throws IOException {
        double[] large = new double[30_000];
        double[] small = new double[3_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = i % 2 == 0 ? -1 - i % 3 : i;
        }
        for (int i = 0; i < small.length; i++) {
            small[i] = i % 2 == 0 ? -1 - i % 3 : i;
        }
        DistinctRows many = of(large);
        DistinctRows few = of(small).within(many);

        assertThat(few.distinct()).isBetween(1, 100);
        assertThat(bytes(few.within(many))).isEqualTo(bytes(few));
        assertThat(bytes(many.within(of(small))))
                .as("more are remembered of fewer")
                .isEqualTo(bytes(many));
        assertThat(many.merge(few).rows()).as("no others").isEqualTo(many.rows() + few.rows());
        assertThat(bytes(few.within(of(1, 2)))).as("all are remembered").isEqualTo(bytes(few));
    }

    @Test
    void rowsAreEqualByTheirValuesWhateverTheOrderOfColumns() {
        DistinctRows rows = DistinctRows.create();
        rows.add(new Batch(
                Schema.ofNames("a", "b"), 2, new Column[] {Columns.fractional(1, 2), Columns.spelled("x", "y")}));
        rows.add(new Batch(
                Schema.ofNames("b", "a"), 2, new Column[] {Columns.spelled("x", "x"), Columns.fractional(1, 2)}));
        rows.add(new Batch(Schema.ofNames("a", "b", "c"), 1, new Column[] {
            Columns.fractional(2), Columns.spelled("y"), Columns.spelled((String) null)
        }));
        rows.add(new Batch(Schema.ofNames("b", "a"), 1, new Column[] {Columns.fractional(1), Columns.spelled("x")}));

        assertThat(rows.rows()).isEqualTo(6);
        assertThat(rows.distinct()).as("1x twice, 2y twice, 2x, x1").isEqualTo(4);
    }

    @Test
    void rowsAreToldApartByTextsOfEqualHashes() {
        DistinctRows rows = DistinctRows.create();
        rows.add(new Batch(Schema.ofNames("a"), 3, new Column[] {Columns.spelled("AaBB", "BBAa", "AaBB")}));

        assertThat("AaBB".hashCode()).isEqualTo("BBAa".hashCode());
        assertThat(rows.rows()).isEqualTo(3);
        assertThat(rows.distinct()).isEqualTo(2);
    }

    @Test
    void wholeNumbersBeyondTheExactOnesAreToldApartByTheirDigits() {
        DistinctRows rows = DistinctRows.create();
        rows.add(new Batch(Schema.ofNames("a"), 3, new Column[] {
            Columns.spelled("9007199254740993", "9007199254740992", "9007199254740993")
        }));

        assertThat(rows.distinct()).isEqualTo(2);
    }

    @Test
    void aTextIsOneWhetherItIsAStringOrAView() {
        byte[] kinds = {ValueKind.STRING, ValueKind.STRING};
        double[] none = {Double.NaN, Double.NaN};
        String longText = "a text ".repeat(50);
        DistinctRows rows = DistinctRows.create();
        for (String text : List.of("short", longText)) {
            rows.add(new Batch(Schema.ofNames("a"), 2, new Column[] {
                Column.of(kinds, none, row -> row == 0 ? text : CharBuffer.wrap(text), true)
            }));
        }

        assertThat(rows.rows()).isEqualTo(4);
        assertThat(rows.distinct()).isEqualTo(2);
    }

    @Test
    void aMissingNumberIsAsAColumnThatIsNotThere() {
        DistinctRows rows = DistinctRows.create();
        rows.add(new Batch(
                Schema.ofNames("a", "b"), 2, new Column[] {Columns.fractional(1, 1), Columns.fractional(2, Double.NaN)
                }));
        rows.add(new Batch(Schema.ofNames("a"), 1, new Column[] {Columns.fractional(1)}));

        assertThat(rows.distinct()).isEqualTo(2);
    }

    @Test
    void statesThatCannotBeAreRefused() {
        byte[] aRowThatDidNotOccur = {1, 0, 0, 0, 0, 0, 0, 0, 7, 0};
        byte[] twoInNoOrder = {2, 0, 0, 0, 0, 0, 0, 0, 7, 1, 0, 0, 0, 0, 0, 0, 0, 6, 1};

        assertThatThrownBy(() -> read(aRowThatDidNotOccur))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("count of a row");
        assertThatThrownBy(() -> read(twoInNoOrder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ascend");
    }

    private static DistinctRows of(double... values) {
        DistinctRows rows = DistinctRows.create();
        for (int from = 0; from < values.length; from += 700) {
            double[] block = Arrays.copyOfRange(values, from, Math.min(values.length, from + 700));
            rows.add(new Batch(Schema.ofNames("a"), block.length, new Column[] {Columns.fractional(block)}));
        }
        return rows;
    }

    private static byte[] bytes(DistinctRows rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        rows.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DistinctRows read(byte[] bytes) throws IOException {
        return DistinctRows.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
