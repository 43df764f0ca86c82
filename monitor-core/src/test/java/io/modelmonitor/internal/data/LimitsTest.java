package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.data.Tables.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sizes that a row claims are bounded; beyond, it is one counted problem with its place. */
class LimitsTest {

    @TempDir
    Path folder;

    private Table json(String text) {
        return Tables.read(Datasets.jsonLines(Tables.write(folder, text)));
    }

    private static String wide(int from, int cells) {
        return IntStream.range(from, from + cells)
                .mapToObj(i -> "\"k" + i + "\":1")
                .collect(Collectors.joining(",", "{", "}\n"));
    }

    @Test
    void aRowOfAHundredThousandCellsBehindNarrowOnesAddsTenThousandColumnsAtMost() {
        Table table = json("{\"a\":1}\n" + wide(0, 100_000) + "{\"a\":2}\n");
        assertThat(table.names()).hasSize(10_000);
        assertThat(table.rows()).hasSize(3);
        assertThat(table.problems()).containsExactly(new DataProblem(Flattener.TOO_MANY_COLUMNS, 90_001, List.of(2L)));
    }

    @Test
    void aFirstRowMayHaveAHundredThousandCells() {
        Table table = json(wide(0, 100_001) + wide(100_000, 10));
        assertThat(table.names()).hasSize(100_000);
        assertThat(table.problems()).containsExactly(new DataProblem(Flattener.TOO_MANY_COLUMNS, 11, List.of(1L, 2L)));
    }

    @Test
    void narrowRowsBehindAWideOneShareABatch() {
        Dataset file =
                Datasets.jsonLines(Tables.write(folder, wide(0, 100_000) + "{\"k7\":1,\"k8\":\"x\"}\n".repeat(2_000)));
        List<Integer> sizes = new ArrayList<>();
        try (Dataset.Cursor cursor = file.open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                sizes.add(batch.size());
                if (sizes.size() > 1) {
                    assertThat(batch.column(9)).isSameAs(batch.column(99_999));
                    assertThat(batch.column(7).numbers()[0]).isEqualTo(1);
                    assertThat(batch.column(9).numbers()).hasSize(batch.size()).containsOnly(Double.NaN);
                }
            }
        }
        assertThat(sizes).containsExactly(2, 1024, 975);
    }

    @Test
    void aDecoderThatKnowsTheColumnsAllowsSomeHundredMore() {
        Set<String> expected =
                IntStream.range(980, 1_000).mapToObj(i -> "k" + i).collect(Collectors.toSet());
        int most = 20 + Limits.COLUMNS_BESIDE_KNOWN;
        List<Map<String, Integer>> rows = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            rows.add(Map.of("k" + i, i));
        }
        try (Dataset.Cursor cursor =
                new PackingCursor(new MapsSource(rows.stream()), RowPacker.expecting(expected), false)) {
            while (cursor.next() != null) {
                // The columns are those of the last batch.
            }
            assertThat(cursor.schema().size()).isEqualTo(most);
            assertThat(cursor.schema().names())
                    .as("those known, however late they come")
                    .containsAll(expected);
            assertThat(cursor.problems()).extracting(DataProblem::count).containsExactly(1_000L - most);
        }
    }

    @Test
    void aNameWithoutACharacterIsCalledByItsPosition() {
        assertThat(json("{\"\":1}\n{\"\":2,\"a\":3}\n").names()).containsExactly("_c0", "a");
        RowPacker packer = new RowPacker(Schema.ofNames());
        packer.set(packer.column("", 0), 1);
        packer.endRow();
        assertThat(packer.schema().names()).containsExactly("_c0");
    }

    @Test
    void namesThatAreTooLongAreNeitherMadeNorKept() {
        String name = "n".repeat(300_000);
        Table nested = json("{\"" + "n".repeat(40_000) + "\":[" + "1,".repeat(50_000) + "1],\"a\":1}\n");
        assertThat(nested.names()).containsExactly("a");
        assertThat(nested.problems()).containsExactly(new DataProblem(Flattener.TOO_MANY_COLUMNS, 50_001, List.of(1L)));
        Table rows = Tables.read(Datasets.rows(List.of(Map.of(name, Map.of("b", 1, "c", 2)), Map.of("a", 1))));
        assertThat(rows.names()).containsExactly("a");
        assertThat(rows.problems()).containsExactly(new DataProblem(Flattener.TOO_MANY_COLUMNS, 2, List.of(1L)));
    }

    @Test
    void theNamesOfARowAreBoundedTogether() {
        String long900 = "n".repeat(900);
        Table table = json(IntStream.range(0, 10_000)
                .mapToObj(i -> "\"" + long900 + i + "\":1")
                .collect(Collectors.joining(",", "{", "}")));
        assertThat(table.names()).hasSizeBetween(4_000, 4_500);
        assertThat(table.problems()).singleElement().satisfies(problem -> assertThat(problem.description())
                .isEqualTo(Flattener.TOO_MANY_COLUMNS));
    }

    @Test
    void aHeaderOfMillionsOfColumnsIsCutToAHundredThousand() {
        Table table = Tables.read(Datasets.csv(Tables.write(
                folder, "x".repeat(2_000) + ",".repeat(2_000_000) + "\n" + "1,".repeat(2_000_000) + "2\n1\n")));
        assertThat(table.names()).hasSize(100_000).startsWith("_c0", "_c1");
        assertThat(table.rows()).hasSize(2);
        assertThat(table.problems())
                .contains(
                        new DataProblem(CsvCursor.TOO_MANY_COLUMNS, 1_900_001, List.of(1L)),
                        new DataProblem(CsvCursor.FEWER_FIELDS, 1, List.of(3L)))
                .noneMatch(problem -> problem.description().equals(CsvCursor.MORE_FIELDS));
    }

    @Test
    void valuesThatContainThemselvesEndAtADepth() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        List<Object> doubling = List.of();
        for (int i = 0; i < 100; i++) {
            doubling = List.of(doubling, doubling);
        }
        Iterable<Integer> endless = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                return 1;
            }
        };
        Table table = Tables.read(Datasets.rows(List.of(
                Map.of("self", self, "z", 1),
                Map.of("doubling", doubling),
                Map.of("endless", endless),
                Map.of("z", 2))));
        assertThat(table.names()).hasSize(10_000).contains("z");
        assertThat(table.rows()).hasSize(4);
        assertThat(table.problems()).singleElement().satisfies(problem -> assertThat(problem.lines())
                .containsExactly(1L, 2L, 3L));
    }

    /** Refuses to become text. */
    private static final class Silent {
        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    @Test
    void aRowThatFailsWhileItIsPackedLeavesNothingBehind() {
        Dataset maps = Datasets.rows(
                List.of(Map.of("a", 1), Map.of("a", 2, "b", "left behind", "c", new Silent()), Map.of("d", 3)));
        try (Dataset.Cursor cursor = Datasets.concat(maps, maps).open()) {
            assertThat(cursor).isNotNull();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("no text");
        }
        Dataset rows = Datasets.of(
                Schema.ofNames("a", "b"),
                List.of(new Object[] {1, 2}, new Object[] {3, new Silent()}, new Object[] {null, 4}));
        try (Dataset.Cursor cursor = rows.open()) {
            assertThatThrownBy(cursor::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no text");
            Batch batch = cursor.next();
            assertThat(batch).isNotNull();
            assertThat(Tables.cells(batch.row(0))).containsExactly("1", "2");
            assertThat(Tables.cells(batch.row(1))).containsExactly(null, "4");
        }
    }

    @Test
    void anUndoneRowTakesItsColumnsAndItsTextWithIt() {
        RowPacker packer = new RowPacker(Schema.ofNames());
        packer.set(packer.column("a", 0), "kept");
        packer.endRow();
        packer.set(packer.column("a", 0), "gone");
        packer.set(packer.column("b", 1), 5);
        int from = packer.append("gone".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, 4, false);
        packer.set(packer.column("c", 2), from, from + 4);
        packer.undoRow();
        packer.set(packer.column("d", 0), 6);
        packer.endRow();
        Batch batch = packer.batch();
        assertThat(batch).isNotNull();
        assertThat(batch.schema().names()).containsExactly("a", "d");
        assertThat(Tables.cells(batch.row(0))).containsExactly("kept", null);
        assertThat(Tables.cells(batch.row(1))).containsExactly(null, "6");
    }
}
