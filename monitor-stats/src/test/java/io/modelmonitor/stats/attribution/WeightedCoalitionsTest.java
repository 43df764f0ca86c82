package io.modelmonitor.stats.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedCoalitionsTest {

    @ParameterizedTest
    @CsvSource({
        "2, 2",
        "3, 6",
        "4, 14",
        "5, 30",
        "8, 100",
        "12, 2072",
        "13, 2074",
        "20, 2088",
        "20, 40",
        "31, 2110",
        "32, 2112",
        "40, 2128",
        "63, 2174",
        "64, 2176",
        "65, 2178",
        "200, 2448",
        "1000, 4048"
    })
    void noneIsChosenTwiceAndEachComesWithItsComplement(int players, int samples) {
        Coalitions coalitions = WeightedCoalitions.of(players, samples, 1).coalitions();

        Set<String> all = new HashSet<>();
        for (int i = 0; i < coalitions.size(); i++) {
            assertThat(all.add(members(coalitions, i)))
                    .as("coalition %s is new", i)
                    .isTrue();
        }
        for (int i = 0; i < coalitions.size(); i++) {
            assertThat(all).contains(others(coalitions, i));
        }
        assertThat(coalitions.size()).isBetween(samples - 2 * players, samples);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 33, 40, 64, 200})
    void allSinglePlayersAreAmongThem(int players) {
        Coalitions coalitions = WeightedCoalitions.of(players, 2 * players, 1).coalitions();

        int[] singles = new int[players];
        int[] members = new int[players];
        for (int i = 0; i < coalitions.size(); i++) {
            if (coalitions.members(i, members) == 1) {
                singles[members[0]]++;
            }
        }
        assertThat(singles).containsOnly(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6, 7, 10})
    void allOfThemHaveTheWeightOfTheShapleyKernel(int players) {
        WeightedCoalitions chosen = WeightedCoalitions.of(players, (1 << players) - 2, 1);

        Coalitions coalitions = chosen.coalitions();
        assertThat(coalitions.size()).isEqualTo((1 << players) - 2);
        for (int i = 0; i < coalitions.size(); i++) {
            int size = coalitions.members(i, new int[players]);
            double kernel = (players - 1) / (binomial(players, size) * size * (players - size));
            assertThat(chosen.weights()[i]).isCloseTo(kernel, within(1e-12));
        }
    }

    @Test
    void theWeightOfAllSizesIsKeptWhenCoalitionsAreDrawn() {
        double drawn =
                Arrays.stream(WeightedCoalitions.of(20, 2088, 1).weights()).sum();
        double kernel = 0;
        for (int size = 1; size < 20; size++) {
            kernel += 19.0 / (size * (20.0 - size));
        }
        assertThat(drawn).isCloseTo(kernel, within(1e-10));
    }

    @Test
    void playersOccurAboutAsOften() {
        Coalitions coalitions = WeightedCoalitions.of(40, 2128, 1).coalitions();
        int[] often = new int[40];
        for (int i = 0; i < coalitions.size(); i++) {
            for (int player = 0; player < 40; player++) {
                often[player] += coalitions.contains(i, player) ? 1 : 0;
            }
        }
        assertThat(Arrays.stream(often).distinct()).containsExactly(coalitions.size() / 2);
    }

    /** The whole kernel by least squares is another way to the values of the definition. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 11})
    void leastSquaresOverAllCoalitionsAreShapleyValues(int players) {
        double[] values = Models.row(1 << players, players);
        Enumeration exact = new Enumeration(players);
        LeastSquares kernel = new LeastSquares(players, (1 << players) - 2, 1);
        double[] kernelValues = new double[kernel.coalitions().size()];
        for (int i = 0; i < kernelValues.length; i++) {
            kernelValues[i] = values[mask(kernel.coalitions(), i)];
        }

        double[] byKernel = kernel.divide(kernelValues, values[0], values[values.length - 1]);
        double[] byDefinition =
                exact.divide(Arrays.copyOfRange(values, 1, values.length - 1), values[0], values[values.length - 1]);

        for (int player = 0; player < players; player++) {
            assertThat(byKernel[player]).isCloseTo(byDefinition[player], within(1e-11));
        }
    }

    private static int mask(Coalitions coalitions, int coalition) {
        int mask = 0;
        for (int player = 0; player < coalitions.players(); player++) {
            mask |= coalitions.contains(coalition, player) ? 1 << player : 0;
        }
        return mask;
    }

    private static String members(Coalitions coalitions, int coalition) {
        return players(coalitions, coalition, true);
    }

    private static String others(Coalitions coalitions, int coalition) {
        return players(coalitions, coalition, false);
    }

    private static String players(Coalitions coalitions, int coalition, boolean present) {
        return IntStream.range(0, coalitions.players())
                .filter(player -> coalitions.contains(coalition, player) == present)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
    }

    private static double binomial(int n, int k) {
        double count = 1;
        for (int i = 1; i <= k; i++) {
            count = count * (n - k + i) / i;
        }
        return count;
    }
}
