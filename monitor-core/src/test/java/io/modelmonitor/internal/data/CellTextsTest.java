package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.ValueKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTextsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 12, 300, 5_000})
    void everyCellHasItsOwnTextHoweverManyDifferentOnesThereAre(int different) {
        SplittableRandom random = new SplittableRandom(different);
        List<String> cells = IntStream.range(0, 3_000)
                .mapToObj(row -> text(random.nextInt(different)))
                .toList();

        assertThat(texts(cells)).isEqualTo(cells);
    }

    @Test
    void textsThatShareBeginningEndAndLengthAreToldApart() {
        List<String> cells = Stream.of("", "a", "aa", "12345678-a-12345678", "12345678-b-12345678", "\u00e9", "\u00e8")
                .flatMap(text -> Stream.of(text, "first", text))
                .toList();

        assertThat(texts(cells)).isEqualTo(cells);
    }

    @Test
    void equalCellsOfACategoryShareOneText() {
        List<String> cells =
                IntStream.range(0, 4_000).mapToObj(row -> "segment " + row % 7).toList();
        List<String> texts = texts(cells);

        assertThat(texts).isEqualTo(cells);
        for (int row = 7; row < texts.size(); row++) {
            assertThat(texts.get(row)).isSameAs(texts.get(row - 7));
        }
    }

    @Test
    void numbersHaveNoStringWhereAllBytesAreAsciiAndHaveOneElse() {
        assertThat(texts(List.of("1", "a", "2.50"))).containsExactly(null, "a", null);
        assertThat(texts(List.of("1", "\u00e4", "2.50"))).containsExactly("1", "\u00e4", "2.50");
    }

    private static String text(int number) {
        return switch (number % 4) {
            case 0 -> "customer-" + number;
            case 1 -> "" + (char) ('a' + number % 26) + number;
            case 2 -> "number " + number + " of a longer text";
            default -> "\u00fc" + number;
        };
    }

    private static List<String> texts(List<String> cells) {
        byte[] bytes = String.join("", cells).getBytes(StandardCharsets.UTF_8);
        int[] bounds = new int[2 * cells.size()];
        int end = 0;
        for (int i = 0; i < cells.size(); i++) {
            bounds[2 * i] = end;
            end += cells.get(i).getBytes(StandardCharsets.UTF_8).length;
            bounds[2 * i + 1] = end;
        }
        boolean ascii = bytes.length == String.join("", cells).length();
        TextCells all = new TextCells(bytes, bounds, ascii, cells.size(), 1, new CellReader(Set.of()));
        byte[] kinds = new byte[cells.size()];
        for (int i = 0; i < kinds.length; i++) {
            char first = cells.get(i).isEmpty() ? 'a' : cells.get(i).charAt(0);
            boolean isNumber = first <= '9' && cells.get(i).length() < 5;
            kinds[i] = isNumber ? ValueKind.INTEGRAL : ValueKind.STRING;
        }
        List<String> texts = new ArrayList<>();
        for (String text : CellTexts.of(all, 0, kinds)) {
            texts.add(text);
        }
        return texts;
    }
}
