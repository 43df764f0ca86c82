package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dropping, masking and hashing of a single value; tests of payloads show that every value of a field is protected. */
class PrivacyTest {

    private static final byte[] KEY = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);

    private static String hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        return HexFormat.of()
                .formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)))
                .substring(0, 32);
    }

    @Test
    void aHashIsTheFirstSixteenBytesOfTheKeyedHashOfTheText() throws Exception {
        Privacy hash = Privacy.hash("user", KEY);
        assertThat(hash.apply("u1")).isEqualTo(hmac("u1"));
        assertThat(hash.apply("ü")).isEqualTo(hmac("ü"));
        assertThat(hash.apply(37.0)).isEqualTo(hmac("37"));
        assertThat(hash.apply(null)).isNull();
        assertThat(hash.applyToText("007")).isEqualTo(hmac("007"));
    }

    @Test
    void valuesThatDifferHaveDifferentHashes() {
        Privacy hash = Privacy.hash("user", KEY);
        List<Object> values = new ArrayList<>(List.of("", "a", "b", "7a", "true", "1e", -1, 0.5, 1e-9));
        for (int i = 0; i < 100; i++) {
            values.add(i);
        }
        assertThat(values.stream().map(hash::apply)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "37, 10, 30",
        "-1, 10, -10",
        "30, 10, 30",
        "0.26, 0.25, 0.25",
        "0.3, 0.1, 0.3",
        "0.7, 0.1, 0.7",
        "-0.7, 0.1, -0.7",
        "0.35, 0.1, 0.3",
        "0.29, 0.01, 0.29",
        "1e300, 1e-5, 1e300",
        "5e-324, 10, 0",
        "-5e-324, 10, -10"
    })
    void aBucketIsNamedByItsLowerEnd(double value, double width, double lower) {
        assertThat(Privacy.bucket("age", width).apply(value)).isEqualTo(lower);
        assertThat(Privacy.bucket("age", width).apply(" " + value + " ")).isEqualTo(lower);
    }

    @Test
    void whatIsNoNumberIsInNoBucketAndWhatIsMissingStaysSo() {
        assertThat(Privacy.bucket("age", 10).apply("old")).isNull();
        assertThat(Privacy.bucket("age", 10).applyToText("old")).isNull();
        for (Object none :
                new Object[] {"37F", "37d", "0x1p3", "NaN", "", Double.NaN, Double.NEGATIVE_INFINITY, "1e999"}) {
            assertThat(Privacy.bucket("age", 10).apply(none)).as("%s", none).isNull();
        }
        assertThat(Privacy.bucket("age", 10).applyToText("37")).isEqualTo("30.0");
        assertThat(Privacy.mask("age").apply(null)).isNull();
        assertThat(Privacy.mask("age").apply(37)).isEqualTo("***");
        assertThat(Privacy.drop("age").apply(37)).isNull();
    }

    @Test
    void onlyWhatIsLeftOutIsDropped() {
        assertThat(Privacy.drop("age").isDropping()).isTrue();
        assertThat(Privacy.mask("age").isDropping()).isFalse();
        assertThat(Privacy.drop("age")).hasToString("drops age");
        assertThat(Privacy.mask("age")).hasToString("changes age");
        assertThat(Privacy.mask("age").field()).isEqualTo("age");
    }

    @Test
    void aKeyHasSixteenBytesAndAWidthIsFiniteAndAboveZero() {
        assertThatThrownBy(() -> Privacy.hash("user", new byte[15])).hasMessageContaining("has 15 bytes");
        for (double width : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Privacy.bucket("age", width)).hasMessageContaining("is " + width);
        }
    }
}
