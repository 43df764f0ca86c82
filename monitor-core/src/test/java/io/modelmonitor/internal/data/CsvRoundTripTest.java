package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.data.Tables.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever table is written by the rules of RFC 4180, in whatever style, is read back as it was. */
class CsvRoundTripTest {

    private static final String[] ENDS = {"\n", "\r", "\r\n"};
    private static final String[] PIECES = {
        "a",
        "Z",
        "7",
        "-",
        ".",
        " ",
        "\t",
        "é",
        "漢",
        "😀",
        "\u0001",
        "'",
        "long enough to fill several words",
        "\"",
        ",",
        "\n",
        "\r",
        "\r\n",
        ";"
    };

    @TempDir
    Path folder;

    static List<Long> seeds() {
        return java.util.stream.LongStream.range(0, 300).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsBackWhatWasWritten(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int columns = 1 + random.nextInt(6);
        int rows = random.nextInt(seed % 10 == 0 ? 5000 : 40);
        char delimiter = random.nextBoolean() ? ',' : ';';
        char quote = random.nextInt(4) == 0 ? '\'' : '"';
        List<List<@Nullable String>> table = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int row = 0; row <= rows; row++) {
            List<@Nullable String> cells = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                String cell = row == 0 ? "c" + column : cell(random);
                boolean needed = (columns == 1 && cell.isEmpty())
                        || cell.chars().anyMatch(c -> c == delimiter || c == '\n' || c == '\r')
                        || cell.startsWith(String.valueOf(quote));
                boolean quoted = needed || random.nextInt(3) == 0;
                text.append(column == 0 ? "" : String.valueOf(delimiter));
                text.append(quoted ? quote + cell.replace("" + quote, "" + quote + quote) + quote : cell);
                cells.add(cell.isEmpty() ? null : cell);
            }
            boolean last = row == rows;
            text.append(last && random.nextBoolean() ? "" : ENDS[random.nextInt(ENDS.length)]);
            table.add(cells);
        }
        Table read = Tables.read(Datasets.csv(Tables.write(folder, text.toString()))
                .delimiter(delimiter)
                .quote(quote)
                .strict());
        assertThat(read.names()).isEqualTo(table.get(0));
        assertThat(read.rows()).isEqualTo(table.subList(1, table.size()));
        assertThat(read.problems()).isEmpty();
    }

    private static String cell(SplittableRandom random) {
        StringBuilder cell = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            cell.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return cell.toString();
    }
}
