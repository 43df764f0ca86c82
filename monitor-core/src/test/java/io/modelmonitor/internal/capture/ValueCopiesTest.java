package io.modelmonitor.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Payload;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of values: what they become, and what they take. */
class ValueCopiesTest {

    private static final PayloadFormat PLAIN = PayloadFormat.of(null, false, List.of());
    private static final int PARTS = 1_000;

    static Stream<PayloadSource> contents() {
        List<String> texts =
                IntStream.range(0, PARTS).mapToObj(i -> "text " + i).toList();
        Map<String, Object> fields = new LinkedHashMap<>();
        texts.forEach(text -> fields.put(text, List.of(text, Map.of(text, 1.5))));
        return Stream.of(
                PayloadSource.numbers(new double[PARTS]),
                PayloadSource.numbers(new float[PARTS]),
                PayloadSource.values(texts.toArray()),
                PayloadSource.values(Collections.nCopies(PARTS, BigInteger.ONE.shiftLeft(8_000))
                        .toArray()),
                PayloadSource.fields(fields),
                PayloadSource.payload(Payload.csv("1,".repeat(PARTS))),
                PayloadSource.bytes("image/png", new byte[PARTS]),
                PayloadSource.rows(Collections.nCopies(PARTS, PayloadSource.numbers(1, 2))));
    }

    /** The copy's weight bounds the memory of a queue, and the allowance that of one request. */
    @ParameterizedTest
    @MethodSource("contents")
    void aCopyTakesOfItsAllowanceWhatItWeighs(PayloadSource content) {
        long weight = content.copy(PLAIN, new Allowance(1L << 40)).weight();
        assertThat(weight).isGreaterThanOrEqualTo(PARTS);
        assertThat(least(content)).isBetween(weight - 64, weight);
    }

    /** Elements are counted when they are met, before it is known of what kind they are, and once more when they are copied. */
    @Test
    void elementsOfUnknownKindsTakeTheirPlacesTwice() {
        Iterable<Object> texts = () ->
                IntStream.range(0, PARTS).<Object>mapToObj(i -> "text " + i).iterator();
        PayloadSource content = PayloadSource.of(texts);
        long weight = content.copy(PLAIN, new Allowance(1L << 40)).weight();
        assertThat(least(content)).isBetween(weight + 4L * PARTS - 64, weight + 4L * PARTS);

        Object[] array = IntStream.range(0, PARTS).mapToObj(i -> "text " + i).toArray();
        assertThat(least(PayloadSource.of(array))).isEqualTo(least(content));
        PayloadSource rows = PayloadSource.of(Collections.nCopies(20, texts));
        assertThat(least(rows)).isBetween(20 * (least(content) + 8), 20 * (least(content) + 8) + 64);
    }

    @Test
    void rowsOfNumbersWeighEightBytesANumber() {
        List<double[]> rows = Collections.nCopies(3, new double[PARTS]);
        assertThat(PayloadSource.of(rows).copy(PLAIN, new Allowance(1L << 40)).weight())
                .isBetween(3L * Double.BYTES * PARTS, 3L * Double.BYTES * PARTS + 100);
    }

    @Test
    void anArrayAmongFieldsTakesItsPlacesBeforeItIsVisited() {
        PayloadSource content = PayloadSource.fields(Map.of("a", new Object[PARTS]));
        assertThat(least(content))
                .isGreaterThan(content.copy(PLAIN, new Allowance(1L << 40)).weight() + 15L * PARTS);
    }

    @Test
    void rowsMayBeNestedFiftyLevelsDeepAndNoDeeper() {
        Object nested = List.of(1);
        for (int level = 0; level < 50; level++) {
            nested = List.of(nested);
        }
        assertThat(PayloadSource.of(nested).copy(PLAIN, new Allowance(1L << 20)).rowCount())
                .isEqualTo(1);
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        for (Object deeper : List.of(List.of(nested), endless)) {
            assertThatThrownBy(() -> PayloadSource.of(deeper).copy(PLAIN, new Allowance(1L << 20)))
                    .hasMessage("rows are nested deeper than 50 levels");
        }
    }

    /** Returns the least allowance with which something can be copied. */
    private static long least(PayloadSource content) {
        long refused = -1;
        long granted = 1L << 40;
        while (granted - refused > 1) {
            long bytes = (refused + granted) / 2;
            try {
                assertThat(content.copy(PLAIN, new Allowance(bytes))).isNotNull();
                granted = bytes;
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessage("a payload is larger than the " + bytes + " bytes that are allowed");
                refused = bytes;
            }
        }
        return granted;
    }

    private static Object copy(Object value) {
        return ValueCopies.copy(value, new Allowance(1L << 30));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void valuesMayBeNestedFiftyLevelsDeepAndNoDeeper(boolean areMaps) {
        Object nested = "x";
        for (int level = 0; level < 50; level++) {
            nested = areMaps ? Map.of("a", nested) : level % 2 == 0 ? List.of(nested) : new Object[] {nested};
        }
        assertThat(copy(nested)).isNotNull();
        Object deeper = areMaps ? Map.of("a", nested) : List.of(nested);
        assertThatThrownBy(() -> copy(deeper)).hasMessage("a value is nested deeper than 50 levels");
    }

    @Test
    void anArrayOrAListThatContainsItselfIsRefused() {
        Object[] array = new Object[1];
        array[0] = array;
        List<Object> list = new ArrayList<>();
        list.add(list);
        for (Object loop : List.of((Object) array, list)) {
            assertThatThrownBy(() -> copy(loop)).hasMessage("a value is nested deeper than 50 levels");
        }
    }

    @Test
    void wholeNumbersOfAnyTypeStayWholeAndOthersAreDoubles() {
        assertThat(copy((byte) 7)).isEqualTo(7L);
        assertThat(copy(0.1f)).isEqualTo(0.1);
        assertThat(copy(new BigDecimal("12"))).isEqualTo(BigInteger.valueOf(12));
        assertThat(copy(new BigDecimal("1e300"))).isEqualTo(BigInteger.TEN.pow(300));
        assertThat(copy(new BigDecimal("2.50"))).isEqualTo(2.5);
        assertThat(copy(BigDecimal.TEN.pow(399))).as("400 digits").isEqualTo(BigInteger.TEN.pow(399));
        assertThat(copy(BigDecimal.TEN.pow(400))).as("401 digits").isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(copy(new BigDecimal("1e500"))).as("too many digits").isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(copy(new BigDecimal("1e-500"))).isEqualTo(0.0);
        assertThat(copy(new Spelled("NaN"))).isEqualTo(Double.NaN);
        assertThat(copy(new Spelled("17"))).isEqualTo(BigInteger.valueOf(17));
    }

    @Test
    void aNumberOfMoreThanTenThousandDigitsIsRefused() {
        assertThat(copy(BigInteger.TEN.pow(9_000))).isEqualTo(BigInteger.TEN.pow(9_000));
        assertThat(copy(new BigDecimal(BigInteger.TEN.pow(9_000), 9_000))).isEqualTo(1.0);
        assertThat(copy(new Spelled("0".repeat(9_999) + "1"))).isEqualTo(BigInteger.ONE);
        for (Number number : List.of(
                BigInteger.TEN.pow(12_000),
                new BigDecimal(BigInteger.TEN.pow(12_000), 11_000),
                new Spelled("0".repeat(10_001)))) {
            assertThatThrownBy(() -> copy(number))
                    .hasMessage("a number has more than the 10000 digits that are allowed");
        }
    }

    /** A number of an application's own type, of a text. */
    private static final class Spelled extends Number {

        private final String text;

        private Spelled(String text) {
            this.text = text;
        }

        @Override
        public int intValue() {
            return 0;
        }

        @Override
        public long longValue() {
            return 0;
        }

        @Override
        public float floatValue() {
            return Float.NaN;
        }

        @Override
        public double doubleValue() {
            return Double.NaN;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
