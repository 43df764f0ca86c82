package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Schema;
import io.modelmonitor.internal.capture.file.CaptureDecoder;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bodies of requests cost what they hold, stay within the limits, and leave the requests beside them alone. */
class HostileCapturesTest {

    private static final Set<String> EXPECTED = Set.of("age", "score");

    private static CaptureRecord request(Payload input) {
        return new CaptureRecord("e", null, Instant.EPOCH, input, null, List.of());
    }

    private static CaptureRecord json(String body) {
        return request(Payload.json(body));
    }

    private static LiveRows read(List<CaptureRecord> requests, List<Batch> batches) {
        LiveRows live = CaptureRows.standard().live(EXPECTED);
        live.add(requests);
        live.end();
        for (Batch batch = live.next(); batch != null; batch = live.next()) {
            batches.add(batch);
        }
        return live;
    }

    private static List<List<String>> cells(LiveRows live, List<Batch> batches) {
        List<List<String>> rows = new ArrayList<>();
        for (Batch batch : batches) {
            for (int i = 0; i < batch.size(); i++) {
                List<String> row = new ArrayList<>();
                for (String name : live.schema().names()) {
                    int column = batch.schema().indexOf(name);
                    CharSequence text = column < 0 ? null : batch.column(column).text(i);
                    row.add(text == null ? null : text.toString());
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<List<String>> cells(CaptureRecord... requests) {
        List<Batch> batches = new ArrayList<>();
        return cells(read(List.of(requests), batches), batches);
    }

    private static String wide(int from, int cells) {
        return IntStream.range(from, from + cells)
                .mapToObj(i -> "\"k" + i + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static long allocatedBy(Runnable run) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void columnsThatRequestsMakeUpTakeNoPlaceFromThoseOfTheBaseline() {
        List<CaptureRecord> requests = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            requests.add(json(wide(1_000 * i, 1_000)));
        }
        requests.add(json("{\"age\":7,\"score\":0.5}"));
        List<Batch> batches = new ArrayList<>();
        LiveRows live = read(requests, batches);
        assertThat(live.schema().size()).isEqualTo(Limits.COLUMNS_BESIDE_KNOWN + EXPECTED.size());
        assertThat(live.schema().names()).containsAll(EXPECTED);
        assertThat(live.rows()).isEqualTo(101);
        assertThat(live.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.description()).isEqualTo(Flattener.TOO_MANY_COLUMNS);
            assertThat(problem.count()).isEqualTo(100_000L - Limits.COLUMNS_BESIDE_KNOWN);
        });
        List<List<String>> rows = cells(live, batches);
        assertThat(rows.get(100)).contains("7", "0.5");
    }

    @Test
    void aRowOfHundredThousandCellsDoesNotSlowTheNextOnes() {
        List<CaptureRecord> requests = new ArrayList<>();
        requests.add(request(Payload.csv("1" + ",1".repeat(200_000))));
        requests.add(json(wide(0, 100_000)));
        for (int i = 0; i < 20_000; i++) {
            requests.add(request(Payload.csv("1,2.5,x")));
        }
        List<Batch> batches = new ArrayList<>();
        long allocated = allocatedBy(() -> read(requests, batches));
        assertThat(allocated).isLessThan(200L << 20);
        assertThat(batches.stream().mapToInt(Batch::size).sum()).isEqualTo(20_002);
        assertThat(batches).as("batches stay large").hasSizeLessThan(60);
    }

    @Test
    void namesThatRepeatDownTheLevelsAreNotMultiplied() {
        String deep = "{\"" + "n".repeat(400) + "\":";
        String body = deep + deep + "[" + "1,".repeat(400_000) + "1]}}";
        List<CaptureRecord> requests = new ArrayList<>();
        for (int i = 0; i < 100; i++) { // many rows, each of which has as many names as one may
            requests.add(json("[" + (deep + deep + "[" + "1,".repeat(4_000) + "1]}},").repeat(10) + "{\"age\":1}]"));
        }
        List<Batch> batches = new ArrayList<>();
        LiveRows one = read(List.of(json(body), json("{\"age\":1}")), batches);
        assertThat(one.rows()).isEqualTo(2);
        assertThat(one.schema().size()).isLessThanOrEqualTo(Limits.COLUMNS_BESIDE_KNOWN + 2);
        assertThat(one.schema().names()).contains("age");
        batches.clear();
        assertThat(read(requests, batches).rows()).isEqualTo(1_100);
        assertThat(batches).isNotEmpty();
    }

    @Test
    void aBodyOfManyRowsIsFlatOneRowAfterTheOther() {
        String long800 = "n".repeat(800);
        String row = "{\"" + long800 + "\":[" + "1,".repeat(2_000) + "1]},";
        String body = "[" + row.repeat(200) + "{\"age\":1}]";
        CapturedRows rows = new CapturedRows(note -> {});
        assertThat(rows.read(Payload.json(body))).isNull();
        assertThat(rows.size()).isEqualTo(201);
        RowPacker packer = RowPacker.expecting(EXPECTED);
        long held = allocatedBy(() -> rows.read(Payload.json(body)));
        assertThat(held).as("flat, it would be 320 million characters").isLessThan(150L << 20);
        rows.pack(200, packer, (name, isPosition) -> packer.column(String.valueOf(name), 0));
        packer.endRow();
        assertThat(packer.schema().names()).containsExactly("age");
    }

    @Test
    void valuesThatContainThemselvesEndAtADepthHereToo() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("self", self);
        row.put("age", 1);
        Payload typed = Payload.of("application/json", Payload.Encoding.JSON, null, List.of(row), () -> "{\"age\":1}");
        List<Batch> batches = new ArrayList<>();
        LiveRows live = read(List.of(request(typed)), batches);
        assertThat(cells(live, batches)).containsExactly(List.of("1"));
        assertThat(live.problems())
                .extracting(DataProblem::description)
                .containsExactly("input: " + Flattener.TOO_MANY_COLUMNS);
    }

    @Test
    void aBareCarriageReturnEndsALineInACapturedPayloadAsInFiles() {
        for (String end : List.of("\n", "\r\n", "\r")) {
            assertThat(cells(
                            request(Payload.csv("1,a" + end + end + "2,b" + end)),
                            request(Payload.csv("3,\"c\"" + end + "4,d"))))
                    .containsExactly(List.of("1", "a"), List.of("2", "b"), List.of("3", "c"), List.of("4", "d"));
        }
    }

    @Test
    void halvesOfACharacterOnBothSidesOfAQuoteAreReadAsFromTheFile() {
        CaptureRecord live = request(Payload.csv("\"\uD83D\"\uDE00,1"));
        CaptureRecord fromFile = new CaptureDecoder().read(CaptureEncoder.line(live));
        assertThat(cells(live)).containsExactly(List.of("??", "1")).isEqualTo(cells(fromFile));
    }

    @Test
    void whatIsWrongIsToldInAFewKinds() {
        List<CaptureRecord> requests = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            requests.add(json("{\"instances\":[{\"age\":1}],\"m" + i + "\":1}"));
            requests.add(request(new Payload("x/t" + i, Payload.Encoding.BASE64, "AAAA")));
        }
        List<Batch> batches = new ArrayList<>();
        LiveRows live = read(requests, batches);
        assertThat(live.rows()).isEqualTo(10_000);
        assertThat(live.problems()).hasSizeLessThan(210);
        assertThat(live.problems().stream().mapToLong(DataProblem::count).sum()).isEqualTo(20_000);
    }

    /** Refuses to become text. */
    private static final class Silent {
        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    @Test
    void aRequestThatFailsWhileItIsPackedLeavesNothingBehind() {
        Payload broken = Payload.of(
                "text/csv",
                Payload.Encoding.CSV,
                null,
                List.of(java.util.Arrays.asList(1.5, 2.5, "gone", new Silent())),
                () -> "");
        LiveRows live = CaptureRows.standard().live();
        live.add(List.of(
                request(Payload.of("text/csv", Payload.Encoding.CSV, null, List.of(new double[] {1}), () -> "1")),
                request(broken),
                json("{\"other\":1}"),
                request(Payload.of(
                        "text/csv", Payload.Encoding.CSV, null, List.of(new double[] {3, 4}), () -> "3,4"))));
        assertThatThrownBy(live::next).isInstanceOf(IllegalStateException.class).hasMessage("no text");
        live.end();
        List<Batch> batches = new ArrayList<>();
        for (Batch batch = live.next(); batch != null; batch = live.next()) {
            batches.add(batch);
        }
        assertThat(live.rows()).isEqualTo(3);
        assertThat(live.schema()).isEqualTo(Schema.ofNames("_c0", "other", "_c1"));
        assertThat(cells(live, batches))
                .containsExactly(
                        java.util.Arrays.asList("1", null, null),
                        java.util.Arrays.asList(null, "1", null),
                        java.util.Arrays.asList("3", null, "4"));
    }

    @Test
    void aTransformerThatFailsInAnyWayCostsItsRequestAlone() {
        List<RuntimeException> noMessage = List.of(new RuntimeException() {
            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }
        });
        LiveRows live = CaptureRows.standard()
                .transformer(record -> {
                    String id = record.eventId();
                    if (id.equals("error")) {
                        throw new AssertionError("one\nline");
                    }
                    if (id.equals("silent")) {
                        throw noMessage.get(0);
                    }
                    return List.of(record);
                })
                .live();
        for (String id : new TreeSet<>(Set.of("error", "silent", "well"))) {
            live.add(List.of(new CaptureRecord(id, null, Instant.EPOCH, Payload.csv("1"), null, List.of())));
        }
        live.end();
        assertThat(live.next()).isNotNull();
        assertThat(live.rows()).isEqualTo(1);
        assertThat(live.problems()).hasSize(2).allSatisfy(problem -> assertThat(problem.description())
                .doesNotContain("\n"));
    }
}
