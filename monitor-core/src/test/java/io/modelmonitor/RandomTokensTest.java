package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that are drawn by chance: a form that was not met says nothing of them, another alphabet and another length do. */
@Tag("simulation")
class RandomTokensTest {

    private static final String HEX = "0123456789abcdef";
    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String BASE_62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String BASE_58 = BASE_62.replaceAll("[0OIl]", "");
    private static final String BASE_64 = BASE_62 + "+/";
    private static final String URL = BASE_62 + "-_";

    static Stream<Arguments> tokens() {
        return Stream.of(
                token("hex of 8", of(HEX, 8)),
                token("hex of 32", of(HEX, 32)),
                token("base32 of 16", of(BASE_32, 16)),
                token("Base58 of 22", of(BASE_58, 22)),
                token("Base62 of 10", of(BASE_62, 10)),
                token("Base64 of 8", of(BASE_64, 8)),
                token("Base64 of 16", of(BASE_64, 16)),
                token("Base64 of 44, padded", random -> of(BASE_64, 43).apply(random) + "="),
                token("Base64url of 22", of(URL, 22)),
                token("Base64url of 64", of(URL, 64)),
                token("nanoid", of(URL, 21)),
                token("cookies of several lengths", random -> of(URL, 20 + random.nextInt(20))
                        .apply(random)),
                token(
                        "of parts",
                        random -> "eyJ" + of(URL, 17).apply(random) + "."
                                + of(URL, 40).apply(random)),
                token(
                        "hashes of passwords",
                        random -> "$2b$12$" + of(BASE_62 + "./", 53).apply(random)));
    }

    private static Arguments token(String name, Function<SplittableRandom, String> cell) {
        return Arguments.of(name, cell);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void tokensOfTheSameKindAreNoDriftWhateverTheirForms(String name, Function<SplittableRandom, String> cell) {
        int alerts = 0;
        for (int rows : new int[] {50, 100, 500, 1_000}) {
            Monitor monitor = Monitor.against(Baseline.of(table(rows, 1, cell)));
            for (int window : new int[] {1, 20, 300, 2_000}) {
                alerts += Tables.violated(monitor.check(table(window, rows + window, cell)))
                                .isEmpty()
                        ? 0
                        : 1;
            }
        }

        assertThat(alerts).isLessThanOrEqualTo(1);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("hex to Base64", of(HEX, 32), of(BASE_64, 32)),
                change("hex to Base62", of(HEX, 32), of(BASE_62, 32)),
                change("Base62 to hex", of(BASE_62, 22), of(HEX, 22)),
                change("Base64 to hex", of(BASE_64, 22), of(HEX, 22)),
                change("22 to 24 characters", of(URL, 22), of(URL, 24)),
                change("24 to 22 characters", of(BASE_64, 24), of(BASE_64, 22)),
                change("8 to 11 characters", of(BASE_64, 8), of(BASE_64, 11)),
                change("32 to 43 characters", of(URL, 32), of(URL, 43)),
                change("keys to whole numbers", of(URL, 22), random -> Integer.toString(random.nextInt(1 << 30))),
                change(
                        "one in ten of another length",
                        of(URL, 21),
                        random -> random.nextInt(10) == 0
                                ? of(HEX, 12).apply(random)
                                : of(URL, 21).apply(random)));
    }

    private static Arguments change(
            String name, Function<SplittableRandom, String> before, Function<SplittableRandom, String> after) {
        return Arguments.of(name, before, after);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void anotherAlphabetOrLengthIsSeen(
            String name, Function<SplittableRandom, String> before, Function<SplittableRandom, String> after) {
        Monitor monitor = Monitor.against(Baseline.of(table(5_000, 1, before)));

        for (int seed = 2; seed < 5; seed++) {
            assertThat(Tables.violated(monitor.check(table(2_000, seed, after))))
                    .isNotEmpty();
        }
    }

    @Test
    void aBaselineOfPartsIsThatOfTheWhole() {
        Function<SplittableRandom, String> cell = of(URL, 16);
        SplittableRandom random = new SplittableRandom(3);
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            cells.add(cell.apply(random));
        }
        Baseline parts = Baseline.of(Tables.csv("x", 200, cells::get))
                .merge(Baseline.of(Tables.csv("x", 300, i -> cells.get(200 + i))));

        assertThat(parts.describe())
                .hasToString(
                        Baseline.of(Tables.csv("x", 500, cells::get)).describe().toString());
    }

    private static Function<SplittableRandom, String> of(String alphabet, int length) {
        return random -> {
            StringBuilder token = new StringBuilder();
            for (int i = 0; i < length; i++) {
                token.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            return token.toString();
        };
    }

    private static Dataset table(int rows, int seed, Function<SplittableRandom, String> cell) {
        SplittableRandom random = new SplittableRandom(seed);
        return Tables.csv("x,y", rows, i -> cell.apply(random) + "," + random.nextInt(100_000));
    }
}
