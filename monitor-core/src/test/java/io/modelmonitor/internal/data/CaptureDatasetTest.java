package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Row;
import io.modelmonitor.data.CaptureDataset;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureDatasetTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void outputsComeFirstAndColumnsAreCalledByPosition() throws IOException {
        captured(Payload.csv("138,0,,x\n"), Payload.csv("0.9562\n"));
        assertThat(rows(captures())).containsExactly("{_c0=0.9562, _c1=138, _c2=0, _c3=null, _c4=x}");
        assertThat(rows(captures().columns("score", "age", "kids")))
                .containsExactly("{score=0.9562, age=138, kids=0, _c3=null, _c4=x}");
        try (Stream<Row> rows = captures().rows()) {
            assertThat(rows).singleElement().satisfies(row -> {
                assertThat(row.number("_c1")).isEqualTo(138);
                assertThat(row.isMissing("_c3")).isTrue();
            });
        }
    }

    @Test
    void jsonIsFlattened() throws IOException {
        captured(
                Payload.json("{\"a\":{\"b\":1},\"c\":[2.50,\"7\"]}"),
                Payload.json("{\"label\":\"yes\",\"score\":0.5}"));
        assertThat(rows(captures())).containsExactly("{label=yes, score=0.5, a.b=1, c[0]=2.50, c[1]=7}");
    }

    @Test
    void anArrayWithoutANameHasPaddedPositionsAsNames() throws IOException {
        captured(Payload.json("[1,2]"), Payload.json("0.5"));
        assertThat(rows(captures())).containsExactly("{_c0=0.5, 00000000000000000000=1, 00000000000000000001=2}");
    }

    @Test
    void encodingsMayBeMixed() throws IOException {
        captured(Payload.json("{\"age\":37}"), Payload.csv("0.5,yes"));
        captured(Payload.bytes("text/csv; charset=utf-8", "1,2".getBytes(StandardCharsets.UTF_8)), null);
        assertThat(rows(captures())).containsExactly("{_c0=0.5, _c1=yes, age=37}", "{_c0=1, _c1=2, age=null}");
    }

    @Test
    void manyRowsOfARequestArePairedInTheirOrder() throws IOException {
        captured(Payload.csv("1,\"a\nb\"\n2,c\n"), Payload.csv("0.1\n0.2\n"));
        captured(Payload.json("{\"instances\":[{\"x\":1},{\"x\":2}]}"), Payload.json("{\"predictions\":[0.1,0.2]}"));
        captured(
                Payload.jsonLines("{\"features\":[1,2]}\n{\"features\":[3,4]}"),
                Payload.jsonLines("{\"p\":1}\n{\"p\":2}\n"));
        captured(Payload.csv("1\n2\n3"), Payload.csv("1\n2"));
        try (Dataset.Cursor cursor = captures().open()) {
            assertThat(count(cursor)).isEqualTo(6);
            assertThat(cursor.schema().names())
                    .containsExactly("_c0", "_c1", "_c2", "predictions", "x", "p", "features[0]", "features[1]");
            assertThat(cursor.problems())
                    .singleElement()
                    .asString()
                    .isEqualTo(CaptureSource.UNEQUAL + ", in " + folder.resolve("captures.jsonl")
                            + ": 1, first at line 4");
        }
    }

    @Test
    void anInputNamedLikeAnOutputGetsAnotherName() throws IOException {
        captured(Payload.json("{\"id\":1}"), Payload.json("{\"id\":2}"));
        assertThat(rows(captures())).containsExactly("{id=2, id_2=1}");
    }

    @Test
    void whatCannotBeReadOnOneSideDoesNotDropTheOther() throws IOException {
        captured(Payload.csv("1,2"), Payload.csv("0.5"));
        captured(Payload.bytes("image/png", new byte[9]), Payload.csv("0.25"));
        captured(Payload.csv("3,4"), Payload.json("{\"a\":"));
        captured(Payload.csv("5,6"), new Payload("text/csv", Payload.Encoding.BASE64, "?"));
        captured(Payload.csv("7,8"), Payload.csv(""));
        captured(Payload.bytes("text/html", new byte[9]), Payload.bytes("text/html; charset=utf-8", new byte[9]));
        assertThat(rows(captures()))
                .containsExactly(
                        "{_c0=0.5, _c1=1, _c2=2}",
                        "{_c0=0.25, _c1=null, _c2=null}",
                        "{_c0=null, _c1=3, _c2=4}",
                        "{_c0=null, _c1=5, _c2=6}",
                        "{_c0=null, _c1=7, _c2=8}");
        String file = ", in " + folder.resolve("captures.jsonl");
        try (Dataset.Cursor cursor = captures().open()) {
            count(cursor);
            assertThat(cursor.problems())
                    .extracting(DataProblem::toString)
                    .containsExactly(
                            "input of type 'image/png', in which no rows are known; left out" + file
                                    + ": 1, first at line 2",
                            "output that is not the JSON it is said to be; left out" + file + ": 1, first at line 3",
                            "output that is not the BASE64 it is said to be; left out" + file + ": 1, first at line 4",
                            "output without a row" + file + ": 1, first at line 5",
                            "output of type 'text/html', in which no rows are known; left out" + file
                                    + ": 1, first at line 6",
                            "input of type 'text/html', in which no rows are known; left out" + file
                                    + ": 1, first at line 6");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'a':1,'b':'x'},{'a':2.50,'b':null}]",
                "{'a':1,'b':'x'}\n{'a':2.50,'b':null}",
                "{'instances':[{'a':1,'b':'x'},{'a':2.50,'b':null}]}",
                "{'inputs':[{'a':1,'b':'x'},{'a':2.50,'b':null}]}",
                "{'rows':[{'a':1,'b':'x'},{'a':2.50,'b':null}]}",
                "{'predictions':[{'a':1,'b':'x'},{'a':2.50,'b':null}]}",
                "{'dataframe_records':[{'a':1,'b':'x'},{'a':2.50,'b':null}]}",
                "{'dataframe_split':{'columns':['a','b'],'index':[0,1],'data':[[1,'x'],[2.50,null]]}}",
                "{'columns':['a','b'],'data':[[1,'x'],[2.50,null]]}",
                "{'a':[1,2.50],'b':['x',null]}",
                "{'inputs':{'a':[1,2.50],'b':['x',null]}}",
                "{'a':{'0':1,'1':2.50},'b':{'0':'x','1':null}}",
                "{'signature_name':'serving_default','instances':[{'a':1,'b':'x'},{'a':2.50,'b':null}]}"
            })
    void everyFormOfATableInJsonIsTheSameRows(String form) throws IOException {
        String json = form.replace('\'', '"');
        captured(Payload.json(json), Payload.csv("0.1\n0.2"));
        captured(Payload.bytes("application/json; charset=utf-8", json.getBytes(StandardCharsets.UTF_8)), null);
        assertThat(rows(captures()))
                .containsExactly(
                        "{_c0=0.1, a=1, b=x}",
                        "{_c0=0.2, a=2.50, b=null}",
                        "{_c0=null, a=1, b=x}",
                        "{_c0=null, a=2.50, b=null}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'features':[1,2]} | {features[0]=1, features[1]=2}",
                "{'a':[1,2],'b':[3]} | {a[0]=1, a[1]=2, b[0]=3}",
                "{'a':[[1],[2]],'b':[3,4]} | {a[0][0]=1, a[1][0]=2, b[0]=3, b[1]=4}",
                "{'a':{'x':1},'b':{'x':2}} | {a.x=1, b.x=2}",
                "{'columns':3,'data':[[1]]} | {columns=3, data[0][0]=1}",
                "{'predictions':0.5} | {predictions=0.5}",
                "{} | {}"
            })
    void whatIsNotATableInJsonIsOneRow(String form, String row) throws IOException {
        captured(Payload.json(form.replace('\'', '"')), null);
        assertThat(rows(captures())).containsExactly(row);
    }

    @Test
    void outputsMayBeOfAnotherTypeInEveryRequest() throws IOException {
        byte[] json = "{\"predictions\":[{\"score\":0.3}]}".getBytes(StandardCharsets.UTF_8);
        captured(Payload.csv("1"), Payload.csv("0.1"));
        captured(Payload.csv("2"), Payload.json("{\"score\":0.2}"));
        captured(Payload.csv("3"), Payload.bytes("application/x-ndjson", json));
        captured(Payload.csv("4"), Payload.bytes("text/csv", "0.4".getBytes(StandardCharsets.UTF_8)));
        assertThat(rows(captures().outputs("score").inputs("age")))
                .containsExactly(
                        "{score=0.1, age=1}", "{score=0.2, age=2}", "{score=0.3, age=3}", "{score=0.4, age=4}");
    }

    @Test
    void idsAndTimesComeAlongIfTheyAreWanted() throws IOException {
        captured(Payload.csv("1"), Payload.csv("2"));
        assertThat(rows(captures().withEventMetadata()))
                .containsExactly("{eventId=event0, inferenceId=id0, inferenceTime=2026-03-04T12:00:00Z, _c0=2, _c1=1}");
        assertThat(rows(captures().between(NOON.plusSeconds(1), NOON.plusSeconds(9))))
                .isEmpty();
    }

    @Test
    void aTransformerChangesDropsAndSplitsRecordsAndMayFail() throws IOException {
        for (int i = 0; i < 4; i++) {
            captured(Payload.csv(String.valueOf(i)), null);
        }
        Dataset transformed = captures().transformer(record -> switch (record.eventId()) {
            case "event0" -> List.of(record.withInput(Payload.csv("100")));
            case "event1" -> List.of();
            case "event2" -> List.of(record, record);
            default -> throw new IllegalStateException("bad luck");
        });
        assertThat(rows(transformed)).containsExactly("{_c0=100}", "{_c0=2}", "{_c0=2}");
        try (Dataset.Cursor cursor = transformed.open()) {
            count(cursor);
            assertThat(cursor.problems())
                    .extracting(DataProblem::description)
                    .containsExactly("record event3 could not be transformed and is left out:"
                            + " java.lang.IllegalStateException: bad luck, in " + folder.resolve("captures.jsonl"));
        }
    }

    @Test
    void csvIsReadCellByCellAsAFileOfCsvIs() throws IOException {
        String numbers = "1,+2,-.5e3,1.,0.1234567890123456789,true,False,abc,- 1";
        String texts = "9007199254740993,,NaN,\u00e9\u20ac,1 2,\"a \"\"b\"\",c\",\"7\",\"\",x";
        String rows = numbers + "\r\n\n" + texts + "\r\n,,,,,,,,\n";
        captured(Payload.csv(rows), null);
        // The same without quotes takes another way through the reader.
        captured(
                Payload.csv(rows.replace("\"a \"\"b\"\",c\"", "abc")
                        .replace("\"7\"", "7")
                        .replace("\"\"", "")),
                null);
        Path file = folder.resolve("same.csv");
        String header = "_c0,_c1,_c2,_c3,_c4,_c5,_c6,_c7,_c8\n";
        Files.writeString(
                file,
                header
                        + rows.replace("\r\n\n", "\r\n")
                        + rows.replace("\r\n\n", "\r\n")
                                .replace("\"a \"\"b\"\",c\"", "abc")
                                .replace("\"7\"", "7")
                                .replace("\"\"", ""));
        assertThat(cells(captures())).isEqualTo(cells(Datasets.csv(file))).contains("_c0 1 1.0 1", "_c6 3 NaN False");
    }

    @Test
    void aColumnMayBeOfCsvHereAndOfJsonThere() throws IOException {
        captured(Payload.csv("7.50"), null);
        captured(Payload.json("{\"_c0\":true}"), null);
        captured(Payload.csv("x"), null);
        captured(Payload.json("{\"_c0\":null}"), null);
        captured(Payload.json("{\"_c0\":\"5\"}"), null);
        captured(Payload.json("{\"_c0\":2.0}"), null);
        assertThat(cells(captures()))
                .containsExactly(
                        "_c0 2 7.5 7.50",
                        "_c0 3 NaN true",
                        "_c0 4 NaN x",
                        "_c0 0 NaN null",
                        "_c0 4 NaN 5",
                        "_c0 2 2.0 2.0");
    }

    @Test
    void aRequestOfManyRowsFillsManyBatches() throws IOException {
        captured(Payload.csv("1\n".repeat(5_000)), Payload.csv("2\n".repeat(5_000)));
        captured(Payload.csv("1"), Payload.csv("2"));
        try (Dataset.Cursor cursor = captures().open()) {
            List<Integer> sizes = new ArrayList<>();
            for (var batch = cursor.next(); batch != null; batch = cursor.next()) {
                sizes.add(batch.size());
            }
            assertThat(sizes).containsExactly(1024, 1024, 1024, 1024, 905);
        }
    }

    @Test
    void aWideRequestAfterManyNarrowOnesDoesNotWidenThem() throws IOException {
        captured(Payload.csv("1\n".repeat(1_000)), null);
        StringBuilder wide = new StringBuilder("{\"x0\":0");
        for (int i = 1; i < 5_000; i++) {
            wide.append(",\"x").append(i).append("\":").append(i);
        }
        captured(Payload.json(wide + "}"), null);
        try (Dataset.Cursor cursor = captures().open()) {
            var narrow = cursor.next();
            assertThat(narrow).isNotNull();
            assertThat(narrow.size()).isEqualTo(1_000);
            assertThat(narrow.schema().size()).isEqualTo(1);
            var last = cursor.next();
            assertThat(last).isNotNull();
            assertThat(last.size()).isEqualTo(1);
            assertThat(last.schema().size()).isEqualTo(5_001);
            assertThat(cursor.next()).isNull();
        }
    }

    @Test
    void aTransformerThatReturnsNothingAtAllIsCountedToo() throws IOException {
        captured(Payload.csv("1"), null);
        captured(Payload.csv("2"), null);
        for (List<CaptureRecord> wrong :
                java.util.Arrays.asList(null, java.util.Collections.<CaptureRecord>singletonList(null))) {
            try (Dataset.Cursor cursor = captures()
                    .transformer(record -> record.eventId().equals("event0") ? wrong : List.of(record))
                    .open()) {
                assertThat(count(cursor)).isEqualTo(1);
                assertThat(cursor.problems())
                        .singleElement()
                        .asString()
                        .startsWith("record event0 could not be transformed and is left out")
                        .contains("captures.jsonl");
            }
        }
    }

    @Test
    void capturesOfTheServiceAreRowsOfTheWidthItSaw() throws IOException {
        Path real = Path.of(System.getProperty("service.files", "")).resolve("notebook-outputs");
        assumeTrue(Files.isDirectory(real), "no files of the service at " + real);
        try (Dataset.Cursor churn =
                Datasets.captures(real.resolve("dq_churn_2021")).open()) {
            assertThat(churn.schema().size()).isEqualTo(70);
            assertThat(count(churn)).isPositive();
            assertThat(churn.problems()).isEmpty();
        }
        try (Dataset.Cursor bias =
                Datasets.captures(real.resolve("bias_endpoint_json_2024")).open()) {
            assertThat(bias.schema().names())
                    .startsWith("score", "predicted_label", "features[0]")
                    .hasSize(16);
            assertThat(count(bias)).isGreaterThan(2);
            assertThat(bias.problems()).isEmpty();
        }
    }

    private CaptureDataset captures() {
        return Datasets.captures(folder);
    }

    private int written;

    private void captured(Payload input, Payload output) throws IOException {
        CaptureRecord record = new CaptureRecord("event" + written, "id" + written, NOON, input, output, List.of());
        written++;
        Path file = folder.resolve("captures.jsonl");
        String before = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(file, before + CaptureEncoder.line(record) + "\n");
    }

    private static int count(Dataset.Cursor cursor) {
        int rows = 0;
        for (var batch = cursor.next(); batch != null; batch = cursor.next()) {
            rows += batch.size();
        }
        return rows;
    }

    private static List<String> cells(Dataset dataset) {
        List<String> cells = new ArrayList<>();
        try (Dataset.Cursor cursor = dataset.open()) {
            for (var batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int row = 0; row < batch.size(); row++) {
                    for (int i = 0; i < batch.schema().size(); i++) {
                        var column = batch.column(i);
                        cells.add(batch.schema().names().get(i) + " " + column.kinds()[row] + " "
                                + column.numbers()[row] + " " + column.text(row));
                    }
                }
            }
        }
        return cells;
    }

    private static List<String> rows(Dataset dataset) {
        List<String> texts = new ArrayList<>();
        try (Stream<Row> rows = dataset.rows()) {
            rows.forEach(row -> texts.add(row.toString()));
        }
        return texts;
    }
}
