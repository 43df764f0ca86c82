package io.modelmonitor.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowsTest {

    private static final String[] PARTS = {"a", "1.5", ",", "\"", "\n", "\r\n", " ", "\u00e9", "\uD83D\uDE00", "\u2003"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsWrittenInQuotesIsReadAsItWas(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CsvRows read = new CsvRows();
        for (int round = 0; round < 500; round++) {
            List<List<String>> rows = new ArrayList<>();
            for (int row = random.nextInt(4); row > 0; row--) {
                List<String> fields = new ArrayList<>();
                for (int field = random.nextInt(1, 4); field > 0; field--) {
                    fields.add(random.ints(random.nextInt(4), 0, PARTS.length)
                            .mapToObj(i -> PARTS[i])
                            .collect(Collectors.joining()));
                }
                rows.add(fields);
            }
            String text = rows.stream()
                    .map(fields -> fields.stream()
                            .map(field -> '"' + field.replace("\"", "\"\"") + '"')
                            .collect(Collectors.joining(",")))
                    .collect(Collectors.joining("\n"));
            assertThat(CsvRows.of(text)).isEqualTo(rows);
            read.read(text);
            assertThat(read.size()).isEqualTo(rows.size());
        }
    }

    /** Quotes are needed only around commas, line ends and quotes, and allowed around anything. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whicheverFieldsAreQuotedTheRowsAreTheSame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CsvRows read = new CsvRows();
        for (int round = 0; round < 200; round++) {
            List<List<String>> rows = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            boolean isQuoting = random.nextBoolean();
            for (int row = random.nextInt(40); row > 0; row--) {
                List<String> fields = new ArrayList<>();
                for (int field = random.nextInt(1, 12); field > 0; field--) {
                    String part = random.nextInt(20) == 0 ? PARTS[random.nextInt(PARTS.length)] : "x" + field;
                    boolean isPlain = part.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
                    String one = isQuoting || isPlain ? part : "y";
                    boolean isQuoted = isQuoting && (!isPlain || random.nextInt(30) == 0);
                    fields.add(one);
                    text.append(isQuoted ? '"' + one.replace("\"", "\"\"") + '"' : one)
                            .append(field > 1 ? "," : "\r\n");
                }
                rows.add(fields);
            }
            assertThat(CsvRows.of(text.toString())).isEqualTo(rows);
            read.read(text.toString());
            assertThat(IntStream.range(0, read.size()).map(read::width).boxed())
                    .isEqualTo(rows.stream().map(List::size).toList());
            assertThat(read.isAscii()).isEqualTo(text.chars().allMatch(c -> c < 128));
        }
    }

    @Test
    void quotesThatDoNotFitAreText() {
        assertThat(CsvRows.of("a\"b,\"c\"d\"e\",\"\"\"\"")).containsExactly(List.of("a\"b", "cd\"e\"", "\""));
        assertThat(CsvRows.of("\"a,b\nc")).containsExactly(List.of("a,b\nc"));
        assertThat(CsvRows.of("\"\"\n\n\"\"")).containsExactly(List.of(""), List.of(""));
        assertThat(CsvRows.of("\"a\"\u2003 ,\"b\" x")).containsExactly(List.of("a", "b x"));
        assertThat(CsvRows.of("\r\n,\n")).containsExactly(List.of("", ""));
        assertThat(CsvRows.of("")).isEmpty();
    }
}
