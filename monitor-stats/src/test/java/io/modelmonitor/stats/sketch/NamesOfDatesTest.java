package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.ColumnType;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Days of a spreadsheet, which only the name of their column tells from amounts. */
class NamesOfDatesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date",
                "Datum",
                "Fecha",
                "Buchungsdatum",
                "data_emissao",
                "DataFattura",
                "発注日",
                "注文日付",
                "fecha_alta",
                "Дата",
                "Sipariş tarihi",
                "Fakturadato",
                "Bestelltag",
                "orderdatum",
                "erstellt_am",
                "lisäyspäivä"
            })
    void daysAreTimesByNamesInSeveralLanguages(String name) {
        assertThat(typeOf(name)).isEqualTo(ColumnType.TIME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"price", "data_volume", "dataSize", "hashtag", "candidato", "曜日", "update_count", "x"})
    void amountsAreNone(String name) {
        assertThat(typeOf(name)).isEqualTo(ColumnType.WHOLE_NUMBER);
    }

    private static ColumnType typeOf(String name) {
        SplittableRandom random = new SplittableRandom(1);
        String[] days = IntStream.range(0, 1_000)
                .mapToObj(row -> Integer.toString(45_950 + random.nextInt(60)))
                .toArray(String[]::new);
        return ColumnTyping.of(name, Columns.profile(Columns.spelled(days)), null)
                .type();
    }
}
