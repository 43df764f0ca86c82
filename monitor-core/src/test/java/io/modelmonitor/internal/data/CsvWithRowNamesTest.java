package io.modelmonitor.internal.data;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.DataProblem;
import io.modelmonitor.data.CsvDataset;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.data.Tables.Table;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables whose first line has no name for the first column, and not even a field, as R writes them. */
class CsvWithRowNamesTest {

    private static final DataProblem TOLD = new DataProblem(CsvBeginning.UNNAMED_FIRST, 1, List.of(1L));

    private static CsvDataset csv(String text) {
        return Datasets.csvText(text);
    }

    private static Table read(String text) {
        return Tables.read(csv(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theFirstColumnHasNoNameIfTheHeaderIsOneNameShort(String delimiter) {
        Table table = read("\"age\",\"city\"\n\"1\",30,\"x\"\n\"2\",40,\"y\"\n".replace(",", delimiter));
        assertThat(table.names()).containsExactly("_c0", "age", "city");
        assertThat(table.rows()).containsExactly(List.of("1", "30", "x"), List.of("2", "40", "y"));
        assertThat(table.problems()).containsExactly(TOLD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\nr1,1.5,x\nr2,2.5,y\n",
                "a,b\r\nr1,1.5,x\r\nr2,2.5,y\r\n",
                "a,b\nr1,1.5,x\nr2,2.5,y",
                "a,b\n\nr1,1.5,x\nr2,2.5,y\n",
                "\"a\",\"b\"\n\"r1\",1.5,\"x\"\n\"r2\",2.5,\"y\"\n",
            })
    void namesOfRowsMayBeTexts(String text) {
        Table table = read(text);
        assertThat(table.names()).containsExactly("_c0", "a", "b");
        assertThat(table.rows()).containsExactly(List.of("r1", "1.5", "x"), List.of("r2", "2.5", "y"));
        assertThat(table.problems()).contains(TOLD);
    }

    @Test
    void aSingleColumnMayHaveNamesOfRowsToo() {
        Table table = read("x\n1,0.5\n2,0.25\n");
        assertThat(table.names()).containsExactly("_c0", "x");
        assertThat(table.rows()).containsExactly(List.of("1", "0.5"), List.of("2", "0.25"));
    }

    @Test
    void yearsAsNamesStayNamesOfTheirColumns() {
        Table table = read("2019,2020,2021\nAT,1.5,2,3\nDE,4.5,5,6\n");
        assertThat(table.names()).containsExactly("_c0", "2019", "2020", "2021");
        assertThat(table.rows()).hasSize(2);
    }

    @Test
    void whatWasFoundOutIsNeverFatalAndAHeaderThatWasSaidIsShortAsWell() {
        CsvDataset csv = csv("a,b\n1,2,3\n4,5,6\n");
        assertThat(Tables.read(csv.strict()).names()).containsExactly("_c0", "a", "b");
        assertThat(Tables.read(csv.header()).names()).containsExactly("_c0", "a", "b");
        assertThat(Tables.read(csv.header()).problems()).containsExactly(TOLD);
        assertThat(Tables.read(csv.noHeader()).names()).containsExactly("_c0", "_c1");
    }

    @Test
    void aNameThatIsTakenGetsANumber() {
        assertThat(read("_c0,b\n1,2,3\n4,5,6\n").names()).containsExactly("_c0_2", "_c0", "b");
        assertThat(read("_c0,_c0_2\n1,2,3\n4,5,6\n").names()).containsExactly("_c0_3", "_c0", "_c0_2");
        assertThat(read("b,b\n1,2,3\n4,5,6\n").names()).containsExactly("_c0", "b", "b_2");
    }

    @Test
    void laterRowsAreJudgedByAllColumns() {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 1; i <= 200; i++) {
            text.append(i).append(i == 150 ? ",1\n" : i == 160 ? ",1,2,3\n" : ",1,2\n");
        }
        Table table = read(text.toString());
        assertThat(table.rows()).hasSize(200).contains(asList("150", "1", null), List.of("160", "1", "2"));
        assertThat(table.problems())
                .containsExactly(
                        TOLD,
                        new DataProblem(CsvCursor.FEWER_FIELDS, 1, List.of(151L)),
                        new DataProblem(CsvCursor.MORE_FIELDS, 1, List.of(161L)));
    }

    @Test
    void wideTablesAreShortByOneAsWell() {
        StringBuilder names = new StringBuilder("g1");
        StringBuilder row = new StringBuilder(",1");
        for (int i = 2; i <= 3_000; i++) {
            names.append(",g").append(i);
            row.append(",").append(i % 10);
        }
        Table table = read(names + "\ns1" + row + "\ns2" + row + "\n");
        assertThat(table.names()).hasSize(3_001).startsWith("_c0", "g1", "g2");
        assertThat(table.rows().get(1)).startsWith("s2", "1", "2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1,2,\n3,4,\n", // a delimiter at the end of each row
                "a,b\n1,2,x\n3,4,\n", // at the end of one
                "a,b\n1,2,x\n3,4\n",
                "a,b\n1,2\n3,4,x\n",
                "a,b\n1,2,x,y\n3,4,x,y\n",
                "a,b\n1,2\n3,4\n",
                "1.5,2\n3.5,4,5\n6.5,7,8\n1.5,2\n"
            })
    void otherRowsThatDoNotFitAreAsBefore(String text) {
        Table table = read(text);
        assertThat(table.names()).hasSize(2);
        assertThat(table.problems()).extracting(DataProblem::description).doesNotContain(CsvBeginning.UNNAMED_FIRST);
    }
}
