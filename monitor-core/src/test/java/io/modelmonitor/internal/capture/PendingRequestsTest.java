package io.modelmonitor.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.Privacy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A request in the queue: its id, its weight in bytes, and its rows, of arrays, lists, maps and texts. */
class PendingRequestsTest {

    private static final PayloadFormat PLAIN = PayloadFormat.of(null, false, List.of());

    private static Payload payload(PayloadSource content, PayloadFormat form) {
        return content.copy(form, new Allowance(1 << 20)).payload(form, new TextBuffer());
    }

    /** A copy of n numbers weighs 16 + 8n bytes. */
    @Test
    void aRequestWeighsWhatItsIdItsAttributesAndBothSidesWeigh() {
        PayloadSource two = PayloadSource.numbers(1, 2);
        PayloadSource one = PayloadSource.numbers(1);
        UUID id = new UUID(1, 2);
        assertThat(new PendingRecord(id, 0, "abc", two, one, List.of("xy", "z")).weight())
                .isEqualTo(3 + 32 + 24 + 2 + 1);
        assertThat(new PendingRecord(id, 0, null, two, null, List.of()).weight())
                .isEqualTo(32);
        assertThat(new PendingRecord(id, 0, null, null, one, List.of()).weight())
                .isEqualTo(24);
        CaptureRecord record =
                new PendingRecord(id, 7, "abc", two, null, List.of("xy")).toRecord(PLAIN, PLAIN, new TextBuffer());
        assertThat(record.eventId()).isEqualTo(id.toString());
        assertThat(record.inferenceTime().toEpochMilli()).isEqualTo(7);
        assertThat(record.input()).isEqualTo(Payload.csv("1,2"));
        assertThat(record.output()).isNull();
    }

    @Test
    void morePartsThanALongCanCountInBytesAreTooMany() {
        Allowance allowance = new Allowance(100);
        for (long parts : new long[] {13, Long.MAX_VALUE / 4, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> allowance.take(parts, 8))
                    .hasMessage("a payload is larger than the 100 bytes that are allowed");
        }
        allowance.take(12, 8);
        allowance.take(4);
        assertThatThrownBy(() -> allowance.take(1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** RFC 9562: four bits of version, two of variant, and 74 random ones. */
    @Test
    void idsHaveTheVariantOfTheStandardAndEachOtherBitIsRandom() {
        long everSet = 0;
        long alwaysSet = -1;
        for (int i = 0; i < 1_000; i++) {
            UUID id = EventIds.next(1_800_000_000_000L);
            assertThat(id.variant()).isEqualTo(2);
            everSet |= id.getLeastSignificantBits();
            alwaysSet &= id.getLeastSignificantBits();
        }
        assertThat(everSet).isEqualTo(0xBFFF_FFFF_FFFF_FFFFL);
        assertThat(alwaysSet).isEqualTo(0x8000_0000_0000_0000L);
    }

    @Test
    void floatsAreTheDecimalsTheyAreWrittenAs() {
        PayloadSource floats = PayloadSource.numbers(new float[] {0.1f, 2, Float.NaN});
        Schema schema = Schema.ofNames("a", "b", "c");
        assertThat(payload(floats, PLAIN)).isEqualTo(Payload.csv("0.1,2,"));
        List<?> rows = payload(floats, PLAIN).rows();
        assertThat(rows).hasSize(1);
        assertThat((double[]) rows.get(0)).containsExactly(0.1, 2, Double.NaN);
        assertThat(payload(floats, PayloadFormat.of(schema, true, List.of())))
                .isEqualTo(
                        payload(PayloadSource.numbers(0.1, 2, Double.NaN), PayloadFormat.of(schema, true, List.of())));
        assertThat(payload(floats, PayloadFormat.of(schema, false, List.of(Privacy.drop("a")))))
                .isEqualTo(Payload.csv(",2,"));
        assertThat(payload(PayloadSource.rows(List.of(floats, floats)), PLAIN))
                .isEqualTo(Payload.csv("0.1,2,\n0.1,2,"));
        assertThat(floats.weight()).as("four bytes each").isEqualTo(16 + 4 * 3);
    }

    @Test
    void valuesOfAJsonCaptureAreRowsByName() {
        PayloadFormat json = PayloadFormat.of(Schema.ofNames("a", "b"), true, List.of());
        assertThat(payload(PayloadSource.values(1, "x"), json).rows()).isEqualTo(List.of(Map.of("a", 1L, "b", "x")));
    }

    @Test
    void textIsGivenTheNamesOfTheColumnsAndStaysWhatItIs() {
        Schema schema = Schema.ofNames("a", "b");
        Payload named = payload(PayloadSource.payload(Payload.csv("1,2")), PayloadFormat.of(schema, false, List.of()));
        assertThat(named).isEqualTo(Payload.csv("1,2"));
        assertThat(named.schema()).isEqualTo(schema);
        assertThat(payload(PayloadSource.payload(Payload.csv("1,2")), PLAIN).schema())
                .isNull();
        PayloadSource json = PayloadSource.payload(Payload.json("{\"a\":1}"));
        assertThat(payload(PayloadSource.rows(List.of(json, json)), PLAIN))
                .isEqualTo(Payload.jsonLines("{\"a\":1}\n{\"a\":1}"));
        PayloadSource bytes = PayloadSource.bytes("image/png", new byte[3]);
        assertThatThrownBy(
                        () -> payload(PayloadSource.rows(List.of(bytes)), PLAIN).data())
                .hasMessage("bytes cannot be one row of several");
    }

    @Test
    void aMessageOfUpToTwoHundredCharactersIsLoggedWhole() {
        List<String> lines = new ArrayList<>();
        for (int length : new int[] {200, 201}) {
            String name = "java.lang.IllegalStateException: ";
            Throwable because = new IllegalStateException("x".repeat(length - name.length()));
            new WarningLog("s", false, () -> 0, lines::add).tell("k", 1, because);
        }
        assertThat(lines.get(0)).hasSize("s: k, 1: ".length() + 200).endsWith("x");
        assertThat(lines.get(1)).hasSize("s: k, 1: ".length() + 200).endsWith("x..");
    }
}
