package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Codes of a few hundred values, too many for a domain and too few to be ids: a form that none of them had is told. */
@Tag("simulation")
class CodesThatComeAgainTest {

    private static final int ROWS = 5_000;
    private static final String METRIC = "code format_share";

    /** Makes a code of a number below 400, of which low ones are frequent. */
    private interface Codes extends Function<Integer, String> {}

    static Stream<Arguments> codes() {
        return Stream.of(
                code("versions, some like dates", i -> 2 + i / 200 + "." + i / 20 % 10 + "." + i % 20),
                code("postal codes with a country", i -> String.format("D-%05d", 137 * i + 200)),
                code("branches", i -> "branch-" + (i + 1)),
                code("rooms", i -> (char) ('A' + i / 100) + "." + i / 10 % 10 + "." + (100 + i % 100)),
                code(
                        "diagnoses",
                        i -> (char) ('A' + i / 26) + String.format("%02d", i % 100) + (i % 3 > 0 ? "." + i % 10 : "")),
                code("flights", i -> List.of("LH", "LX", "OS").get(i % 3) + (100 + 7 * i)));
    }

    private static Arguments code(String name, Codes codes) {
        return Arguments.of(name, codes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("codes")
    void anotherFormInOneRowOfTwentyIsTold(String name, Codes codes) {
        Monitor monitor = Monitor.against(Baseline.of(table(1, ROWS, codes, UnaryOperator.identity())));
        List<UnaryOperator<String>> faults = List.of(
                text -> "'" + text + "'",
                text -> text + text,
                text -> text + "?",
                text -> "#" + text,
                text -> "unknown");

        for (UnaryOperator<String> fault : faults) {
            assertThat(IntStream.range(2, 5)
                            .filter(run -> Tables.violated(monitor.check(table(run, 2_000, codes, fault)))
                                    .contains(METRIC))
                            .count())
                    .as(fault.apply(codes.apply(7)))
                    .isEqualTo(3);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("codes")
    void theSameCodesAlertRarely(String name, Codes codes) {
        Monitor monitor = Monitor.against(Baseline.of(table(1, ROWS, codes, UnaryOperator.identity())));

        assertThat(IntStream.range(2, 42)
                        .filter(run -> !Tables.violated(monitor.check(table(
                                        run, List.of(1, 20, 200, 2_000).get(run % 4), codes, UnaryOperator.identity())))
                                .isEmpty())
                        .count())
                .isLessThanOrEqualTo(2);
    }

    private static Dataset table(int seed, int rows, Codes codes, UnaryOperator<String> fault) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder("code,y\n");
        for (int i = 0; i < rows; i++) {
            String code = codes.apply(Math.min(random.nextInt(400), random.nextInt(400)));
            csv.append(random.nextInt(20) == 0 ? fault.apply(code) : code)
                    .append(',')
                    .append(random.nextGaussian())
                    .append('\n');
        }
        return Datasets.csvText(csv.toString());
    }

    static Stream<Arguments> codesOfSeveralLengths() {
        return Stream.of(
                Arguments.of("three lengths", (Function<SplittableRandom, String>) random -> {
                    int kind = random.nextInt(3);
                    return String.format(
                            Locale.ROOT, "%0" + (3 + 2 * kind) + "d", random.nextInt(kind == 0 ? 300 : 9_000));
                }),
                Arguments.of("any length", (Function<SplittableRandom, String>) random ->
                        String.format(Locale.ROOT, "%0" + (4 + random.nextInt(4)) + "d", random.nextInt(5_000))),
                Arguments.of("one zero in front", (Function<SplittableRandom, String>)
                        random -> "0" + random.nextInt(3_000)),
                Arguments.of("rarely one", (Function<SplittableRandom, String>)
                        random -> (random.nextInt(6) == 0 ? "0" : "") + (1 + random.nextInt(4_000))),
                Arguments.of("numbers of accounts", (Function<SplittableRandom, String>) random -> String.format(
                        Locale.ROOT, "%0" + (random.nextBoolean() ? 8 : 10) + "d", random.nextInt(90_000_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("codesOfSeveralLengths")
    void zerosThatAreLostAreSeenWhateverLengthsCodesHave(String name, Function<SplittableRandom, String> code) {
        for (int rows : new int[] {50, 500, 5_000}) {
            Monitor monitor = Monitor.against(Baseline.of(codes(1, rows, code)));
            int alerts = 0;
            for (int window : new int[] {1, 20, 300, 2_000}) {
                for (int i = 0; i < 10; i++) {
                    Report report = monitor.check(codes(10 + i, window, code));
                    alerts += Tables.violated(report).stream().anyMatch(line -> line.startsWith("x ")) ? 1 : 0;
                }
            }
            assertThat(alerts).isLessThanOrEqualTo(2);
            Function<SplittableRandom, String> stripped =
                    random -> Integer.toString(Integer.parseInt(code.apply(random)));
            assertThat(Tables.violated(monitor.check(codes(2, 2_000, stripped))))
                    .contains("x type_share");
        }
    }

    private static Dataset codes(int seed, int rows, Function<SplittableRandom, String> code) {
        SplittableRandom random = new SplittableRandom(seed);
        return Tables.csv("x,y", rows, i -> code.apply(random) + "," + random.nextInt(100_000));
    }
}
