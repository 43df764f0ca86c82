package io.modelmonitor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final Batch NUMBERS = new Batch(Schema.ofNames("x"), 6, new Column[] {column(0, 1, 2, 3, 4, 5)});

    @Test
    void aSliceHasTheRowsFromItsBeginningToItsEnd() {
        Batch slice = NUMBERS.slice(2, 5);
        assertThat(slice.size()).isEqualTo(3);
        assertThat(values(slice)).containsExactly(2.0, 3.0, 4.0);
        assertThat(slice.column(0).numbers()).containsExactly(2, 3, 4);
        assertThat(slice.column(0).kinds()).hasSize(3);
        assertThat(values(slice.slice(1, 3))).containsExactly(3.0, 4.0);
        assertThat(NUMBERS.slice(0, 6)).isSameAs(NUMBERS);
    }

    @Test
    void aSelectionHasTheRowsThatAreNamed() {
        Batch odd = NUMBERS.select(1, 3, 5);
        assertThat(values(odd)).containsExactly(1.0, 3.0, 5.0);
        assertThat(odd.column(0).numbers()).containsExactly(1, 3, 5);
        assertThat(odd.column(0).text(2)).hasToString("5.0");
        assertThat(values(odd.slice(1, 3))).containsExactly(3.0, 5.0);
        assertThat(values(odd.select(2))).containsExactly(5.0);
    }

    @Test
    void rowsThatAreNotThereAreRefused() {
        assertThatThrownBy(() -> NUMBERS.slice(2, 7)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> NUMBERS.select(6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> NUMBERS.slice(2, 4).row(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aFailureSaysWhichRowOfTheWholeBatchItWas() {
        assertThatThrownBy(() -> NUMBERS.select(1, 3, 5).slice(1, 3).forEachRow(row -> {
                    if (row.number(0) == 5) {
                        throw new IllegalStateException("five");
                    }
                }))
                .isInstanceOfSatisfying(
                        Batch.RowException.class, e -> assertThat(e.index()).isEqualTo(5))
                .hasMessage("at row 6 of a batch: java.lang.IllegalStateException: five");
    }

    private static List<Double> values(Batch batch) {
        List<Double> values = new ArrayList<>();
        batch.forEachRow(row -> values.add(row.number("x")));
        return values;
    }

    private static Column column(double... numbers) {
        byte[] kinds = new byte[numbers.length];
        Arrays.fill(kinds, ValueKind.FRACTIONAL);
        return Column.of(kinds, numbers, row -> String.valueOf(numbers[row]), false);
    }
}
