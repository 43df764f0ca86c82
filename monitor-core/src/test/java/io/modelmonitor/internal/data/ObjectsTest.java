package io.modelmonitor.internal.data;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.data.Tables.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObjectsTest {

    private record Loan(String name, @Nullable Integer age) {

        int doubled() {
            return 2 * Objects.requireNonNull(age, "no age");
        }
    }

    private static Dataset loans(@Nullable Loan... loans) {
        return Datasets.objects(asList(loans)).column("name", Loan::name).column("twice", Loan::doubled);
    }

    @Test
    void aValueThatCannotBeMadeIsMissingAndCountedWithItsPlace() {
        Table table = Tables.read(loans(new Loan("x", 1), new Loan("y", null), new Loan("z", null), new Loan("u", 4)));
        assertThat(table.rows())
                .containsExactly(List.of("x", "2"), asList("y", null), asList("z", null), List.of("u", "8"));
        assertThat(table.problems())
                .containsExactly(new DataProblem(
                        "value of column 'twice' could not be made; it is missing (no age)", 2, List.of(2L, 3L)));
    }

    @Test
    void anObjectThatIsNullIsARowWithoutValuesAndCountedWithItsPlace() {
        Table table = Tables.read(loans(new Loan("x", 1), null, new Loan("z", 3)));
        assertThat(table.rows()).containsExactly(List.of("x", "2"), asList(null, null), List.of("z", "6"));
        assertThat(table.problems()).containsExactly(new DataProblem(ObjectsCursor.NULL_OBJECT, 1, List.of(2L)));
    }

    @Test
    void aFunctionThatAlwaysFailsThrowsWhatItThrewFirst() {
        assertThatThrownBy(() -> Tables.read(loans(new Loan("x", null), null, new Loan("y", null))))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("no age");
    }

    @Test
    void nothingButNullsAreRowsWithoutValues() {
        Table table = Tables.read(loans(null, null));
        assertThat(table.rows()).hasSize(2);
        assertThat(table.problems()).containsExactly(new DataProblem(ObjectsCursor.NULL_OBJECT, 2, List.of(1L, 2L)));
    }

    @Test
    void noObjectsAreNoRows() {
        assertThat(Tables.read(loans()).rows()).isEmpty();
        assertThat(Tables.read(loans()).problems()).isEmpty();
    }

    @Test
    void aFailureInALaterBatchIsCountedHoweverManyThereAre() {
        List<Integer> numbers = new ArrayList<>(Collections.nCopies(100_000, 1));
        IntStream.range(90_000, 100_000).forEach(i -> numbers.set(i, 0));
        Table table = Tables.read(Datasets.objects(numbers).column("share", number -> 1 / number));
        assertThat(table.rows()).hasSize(100_000);
        assertThat(table.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.description()).endsWith("(/ by zero)");
            assertThat(problem.count()).isEqualTo(10_000);
            assertThat(problem.lines()).startsWith(90_001L);
        });
    }

    @Test
    void whatAFailureSaysIsOneLine() {
        Table table = Tables.read(Datasets.objects(List.of(1, 2)).column("a", number -> {
            if (number == 2) {
                throw new IllegalStateException("first\nsecond");
            }
            return number;
        }));
        assertThat(table.problems())
                .singleElement()
                .asString()
                .contains("(first second)")
                .doesNotContain("\n");
    }

    @Test
    void eachColumnThatFailsIsNamed() {
        Table table = Tables.read(Datasets.objects(List.of("1", "x", ""))
                .column("number", Integer::valueOf)
                .column("first", text -> text.charAt(0)));
        assertThat(table.problems()).extracting(DataProblem::count).containsExactly(2L, 1L);
        assertThat(table.problems().get(0).description()).startsWith("value of column 'number' could not be made");
        assertThat(table.problems().get(1).description()).startsWith("value of column 'first' could not be made");
    }

    @Test
    void aMapThatIsNullIsARowWithoutValuesToo() {
        Table table = Tables.read(Datasets.rows(asList(Map.of("a", 1), null, Map.of("a", 3))));
        assertThat(table.names()).containsExactly("a");
        assertThat(table.rows()).containsExactly(List.of("1"), Collections.singletonList(null), List.of("3"));
        assertThat(table.problems()).containsExactly(new DataProblem(MapsSource.NULL_ROW, 1, List.of(2L)));
    }
}
