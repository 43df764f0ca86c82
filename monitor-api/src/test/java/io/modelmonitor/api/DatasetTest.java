package io.modelmonitor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatasetTest {

    @Test
    void rowsComeInOrderAndStayValid() {
        List<Row> rows = new Numbers(5, 2).rows().toList();
        assertThat(rows).extracting(row -> row.number("x")).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
        assertThat(rows.get(3).text(0)).isEqualTo("3.0");
        assertThat(rows.get(3)).hasToString("{x=3.0}");
    }

    @Test
    void readingToTheEndReleasesTheSource() {
        Numbers numbers = new Numbers(5, 2);
        assertThat(numbers.rows().count()).isEqualTo(5);
        assertThat(numbers.closed).isEqualTo(1);
    }

    @Test
    void closingTheStreamEarlyReleasesTheSource() {
        Numbers numbers = new Numbers(5, 2);
        try (var rows = numbers.rows()) {
            assertThat(rows.findFirst()).isPresent();
        }
        assertThat(numbers.closed).isPositive();
    }

    @Test
    void aColumnThatIsNotThereIsNamed() {
        Row row = new Numbers(1, 1).rows().findFirst().orElseThrow();
        assertThatThrownBy(() -> row.number("y")).hasMessageContaining("no column 'y'");
    }

    @Test
    void aBatchWhoseColumnsDoNotFitItsSchemaIsRefused() {
        assertThatThrownBy(() -> new Batch(Schema.ofNames("a", "b"), 1, new Column[1]))
                .hasMessage("columns: 1 given; the schema has 2 features");
    }

    /** Counts up from zero. */
    private static final class Numbers implements Dataset {

        private final int rows;
        private final int batchSize;
        private int closed;

        Numbers(int rows, int batchSize) {
            this.rows = rows;
            this.batchSize = batchSize;
        }

        @Override
        public Cursor open() {
            Schema schema = Schema.ofNames("x");
            return new Cursor() {
                private int next;

                @Override
                public Schema schema() {
                    return schema;
                }

                @Override
                public @Nullable Batch next() {
                    int size = Math.min(batchSize, rows - next);
                    if (size == 0) {
                        return null;
                    }
                    double[] values = new double[size];
                    byte[] kinds = new byte[size];
                    for (int i = 0; i < size; i++) {
                        values[i] = next++;
                        kinds[i] = ValueKind.FRACTIONAL;
                    }
                    return new Batch(schema, size, new Column[] {
                        Column.of(kinds, values, row -> Double.toString(values[row]), false)
                    });
                }

                @Override
                public List<DataProblem> problems() {
                    return new ArrayList<>();
                }

                @Override
                public void close() {
                    closed++;
                }
            };
        }
    }
}
