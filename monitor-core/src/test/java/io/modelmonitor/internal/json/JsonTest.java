package io.modelmonitor.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void aTreeOfEveryKindOfValueIsReadInOrder() {
        Object tree = Json.parse("{\"b\":[1,2.5,true,false,null,\"x\"],\"a\":{\"big\":12345678901234567890}}");
        Map<String, @Nullable Object> object = Json.object(tree);
        assertThat(object.keySet()).containsExactly("b", "a");
        assertThat(Json.array(object.get("b"))).containsExactly(1L, 2.5, true, false, null, "x");
        assertThat(Json.object(object.get("a"))).containsEntry("big", new BigInteger("12345678901234567890"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatIsWrittenIsReadBackEqual(long seed) {
        Object tree = randomTree(new SplittableRandom(seed), 4);
        assertThat(Json.parse(Json.write(tree))).isEqualTo(tree);
        assertThat(Json.parse(Json.writeIndented(tree))).isEqualTo(tree);
    }

    @Test
    void numbersThatAreNotFiniteTravelAsText() {
        String json = Json.write(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
        assertThat(json).isEqualTo("[\"NaN\",\"Infinity\",\"-Infinity\"]");
        assertThat(Json.array(Json.parse(json)).stream().map(Json::number))
                .containsExactly(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> Json.number("seven")).hasMessageContaining("seven");
    }

    /** Before JDK 19 {@link Double#toString} has 8.409999999999999E21 and 9.999999999999999E22. */
    @Test
    void numbersHaveTheFewestDigitsOnEveryJdk() {
        assertThat(Json.write(List.of(
                        Double.parseDouble("8.41e21"), Double.parseDouble("1e23"), Double.MIN_VALUE, 0.1, -0.0, 100.0)))
                .isEqualTo("[8.41E21,1.0E23,4.9E-324,0.1,-0.0,100.0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,", "{\"a\"}", "[1]2", "nul", "{\"a\":1,}", "\"unended"})
    void brokenTextIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void whatIsNestedTooDeeplyIsRefusedAndDoesNotOverflow() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("beyond a limit");
    }

    @Test
    void anUnexpectedKindIsNamedAndCutShort() {
        assertThatThrownBy(() -> Json.object("x".repeat(1_000) + "\n"))
                .hasMessageStartingWith("an object was expected")
                .message()
                .hasSizeLessThan(120);
        assertThatThrownBy(() -> Json.array(null)).hasMessageContaining("null");
    }

    @Test
    void aSequenceOfValuesIsReadOneAfterTheOther() {
        try (JsonReader reader =
                Json.reader(new ByteArrayInputStream("{\"a\":[1]}\n{\"a\":[2]}\n".getBytes(StandardCharsets.UTF_8)))) {
            List<@Nullable Object> trees = new ArrayList<>();
            while (reader.next() != JsonReader.Token.END) {
                trees.add(reader.tree());
            }
            assertThat(trees).containsExactly(Map.of("a", List.of(1L)), Map.of("a", List.of(2L)));
        }
    }

    @Test
    void aReaderSkipsWhatItIsNotInterestedIn() {
        byte[] bytes = "{\"skip\":{\"deep\":[1,2,{}]},\"keep\":7.50}".getBytes(StandardCharsets.UTF_8);
        try (JsonReader reader = Json.reader(bytes, 0, bytes.length)) {
            assertThat(reader.next()).isEqualTo(JsonReader.Token.OBJECT);
            reader.next();
            reader.next();
            reader.skip();
            assertThat(reader.next()).isEqualTo(JsonReader.Token.NAME);
            assertThat(reader.text()).isEqualTo("keep");
            assertThat(reader.next()).isEqualTo(JsonReader.Token.FRACTION);
            assertThat(reader.text()).isEqualTo("7.50");
            assertThat(reader.number()).isEqualTo(7.5);
        }
    }

    @Test
    void aStreamIsWrittenTokenByToken() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonWriter writer = Json.writer(out)) {
            writer.object()
                    .name("n")
                    .value(1L)
                    .name("d")
                    .value(0.1)
                    .name("s")
                    .value("\u2028\"")
                    .name("t")
                    .value(true);
            writer.name("b").base64(new byte[] {1, 2, 3}).endObject().raw('\n');
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"n\":1,\"d\":0.1,\"s\":\"\u2028\\\"\",\"t\":true,\"b\":\"AQID\"}\n");
    }

    @Test
    void whatIsNoTreeIsRefused() {
        assertThatThrownBy(() -> Json.write(List.of(new StringBuilder()))).hasMessageContaining("StringBuilder");
    }

    @Test
    void aFileIsNamedWhenItCannotBeRead(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> Json.read(folder.resolve("absent.json")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent.json");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{");
        assertThatThrownBy(() -> Json.read(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("broken.json");
    }

    private static @Nullable Object randomTree(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> random.nextLong();
            case 1 -> Double.longBitsToDouble(random.nextLong() & 0x7FEF_FFFF_FFFF_FFFFL);
            case 2 -> random.nextBoolean();
            case 3 -> null;
            case 4 -> BigInteger.ONE.shiftLeft(64 + random.nextInt(100));
            case 5 -> text(random);
            case 6 -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(randomTree(random, depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    map.put(text(random), randomTree(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(random.nextInt(0xD800));
        }
        return text.toString();
    }
}
