package io.modelmonitor.stats.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlipTestTest {

    private static final int[] NO_CATEGORIES = {};
    private static final double[] NO_NUMBERS = {};

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Person(double[] numbers, int[] categories, boolean inGroup, boolean accepted) {}

    @Test
    void countsWhoWasRejectedWhileTheNeighboursWereAccepted() {
        People people = People.with(1, 0);
        for (int i = 0; i < 5; i++) {
            people.add(new double[] {i}, NO_CATEGORIES, false, true);
            people.add(new double[] {100 + i}, NO_CATEGORIES, false, false);
        }
        people.add(new double[] {2}, NO_CATEGORIES, true, false);
        people.add(new double[] {3}, NO_CATEGORIES, true, false);
        people.add(new double[] {1}, NO_CATEGORIES, true, true);
        people.add(new double[] {101}, NO_CATEGORIES, true, true);

        FlipTest.Result result = FlipTest.withNeighbours(5).of(people);

        assertThat(result).isEqualTo(new FlipTest.Result(4, 2, 1));
        assertThat(result.value()).isEqualTo(0.25);
        assertThat(result.standardError()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1, false",
        "2, 0, 5, false",
        "10, 0, 5, false",
        "3, 2, 4, false",
        "0, 3, 5, false",
        "3, 1, 5, true",
        "2, 2, 7, true",
    })
    void findsWhatComparingEverybodyWithEverybodyFinds(int numbers, int categories, int neighbours, boolean coarse) {
        for (int seed = 0; seed < 5; seed++) {
            List<Person> people = random(seed, 700, numbers, categories, coarse);

            assertThat(FlipTest.withNeighbours(neighbours).unscaled().of(of(people, numbers, categories)))
                    .isEqualTo(byComparingEverybody(people, neighbours));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void doesNotDependOnTheOrderOfPeopleHoweverManyTie(int seed) {
        List<Person> people = random(seed, 500, 1, 1, true);
        FlipTest.Result before = FlipTest.withNeighbours(5).of(of(people, 1, 1));
        Collections.shuffle(people, new Random(seed));

        assertThat(FlipTest.withNeighbours(5).of(of(people, 1, 1))).isEqualTo(before);
    }

    @Test
    void doesNotDependOnTheUnitOfAFeature() {
        List<Person> metres = random(1, 400, 3, 1, false);
        List<Person> millimetres = new ArrayList<>();
        for (Person person : metres) {
            double[] numbers = person.numbers().clone();
            numbers[0] *= 1024;
            millimetres.add(new Person(numbers, person.categories(), person.inGroup(), person.accepted()));
        }

        assertThat(FlipTest.withNeighbours(5).of(of(millimetres, 3, 1)))
                .isEqualTo(FlipTest.withNeighbours(5).of(of(metres, 3, 1)));
        assertThat(FlipTest.withNeighbours(5).unscaled().of(of(millimetres, 3, 1)))
                .isNotEqualTo(FlipTest.withNeighbours(5).unscaled().of(of(metres, 3, 1)));
    }

    @Test
    void flipsNothingWhenTheNeighboursAreEvenlyDivided() {
        People people = People.with(1, 0);
        people.add(new double[] {1}, NO_CATEGORIES, false, true);
        people.add(new double[] {1}, NO_CATEGORIES, false, false);
        people.add(new double[] {1}, NO_CATEGORIES, true, true);
        people.add(new double[] {1}, NO_CATEGORIES, true, false);

        assertThat(FlipTest.withNeighbours(1).of(people)).isEqualTo(new FlipTest.Result(2, 0, 0));
    }

    @Test
    void takesAFeatureThatIsUnknownForAsFarAsAnyCategory() {
        People people = People.with(1, 1);
        people.add(new double[] {Double.NaN}, new int[] {0}, false, true);
        people.add(new double[] {5}, new int[] {0}, false, false);
        people.add(new double[] {9}, new int[] {-1}, false, false);
        people.add(new double[] {0}, new int[] {0}, true, false);

        // Distances 1, 25 and 81 + 1.
        assertThat(FlipTest.withNeighbours(1).unscaled().of(people)).isEqualTo(new FlipTest.Result(1, 1, 0));
    }

    @Test
    void isUndefinedWhenThereIsNobodyToCompareWith() {
        People people = People.with(0, 1);
        people.add(NO_NUMBERS, new int[] {1}, true, true);

        FlipTest.Result result = FlipTest.withNeighbours(5).of(people);

        assertThat(result.value()).isNaN();
        assertThat(result.standardError()).isNaN();
    }

    @Test
    void refusesWhatCannotBeCompared() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FlipTest.withNeighbours(0))
                .withMessageContaining("neighbours 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> People.with(0, 0))
                .withMessageContaining("there must be one at least");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> People.with(1, 0).add(NO_NUMBERS, NO_CATEGORIES, true, true))
                .withMessageContaining("0 numbers");
    }

    private static List<Person> random(int seed, int size, int numbers, int categories, boolean coarse) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double[] numberFeatures = new double[numbers];
            for (int f = 0; f < numbers; f++) {
                double value = random.nextDouble() * 10 - 5;
                boolean unknown = coarse && random.nextInt(10) == 0;
                numberFeatures[f] = unknown ? Double.NaN : coarse ? Math.rint(value) : value;
            }
            int[] categoryFeatures = new int[categories];
            for (int f = 0; f < categories; f++) {
                categoryFeatures[f] = random.nextInt(4) - 1;
            }
            double sum =
                    Arrays.stream(numberFeatures).filter(x -> !Double.isNaN(x)).sum();
            boolean accepted = sum + Arrays.stream(categoryFeatures).sum() + random.nextInt(5) > 3;
            people.add(new Person(numberFeatures, categoryFeatures, random.nextInt(3) == 0, accepted));
        }
        return people;
    }

    private static People of(List<Person> people, int numbers, int categories) {
        People all = People.with(numbers, categories);
        people.forEach(p -> all.add(p.numbers(), p.categories(), p.inGroup(), p.accepted()));
        return all;
    }

    private static FlipTest.Result byComparingEverybody(List<Person> people, int neighbours) {
        List<Person> rest = people.stream().filter(p -> !p.inGroup()).toList();
        int group = 0;
        int rejected = 0;
        int accepted = 0;
        for (Person person : people) {
            if (person.inGroup()) {
                group++;
                double[] sorted = rest.stream()
                        .mapToDouble(p -> distance(person, p))
                        .sorted()
                        .toArray();
                double farthest = sorted[neighbours - 1];
                double nearer = rest.stream()
                        .filter(p -> p.accepted() && distance(person, p) < farthest)
                        .count();
                long places = Arrays.stream(sorted, 0, neighbours)
                        .filter(d -> d == farthest)
                        .count();
                List<Person> tied = rest.stream()
                        .filter(p -> distance(person, p) == farthest)
                        .toList();
                double share = (double) tied.stream().filter(Person::accepted).count() / tied.size();
                double votes = nearer + places * share;
                rejected += votes > neighbours / 2.0 + 1e-9 && !person.accepted() ? 1 : 0;
                accepted += votes < neighbours / 2.0 - 1e-9 && person.accepted() ? 1 : 0;
            }
        }
        return new FlipTest.Result(group, rejected, accepted);
    }

    private static double distance(Person one, Person other) {
        double sum = 0;
        for (int f = 0; f < one.numbers().length; f++) {
            double difference = other.numbers()[f] - one.numbers()[f];
            sum += Double.isNaN(difference) ? 1 : difference * difference;
        }
        for (int f = 0; f < one.categories().length; f++) {
            boolean same = one.categories()[f] == other.categories()[f] && one.categories()[f] >= 0;
            sum += same ? 0 : 1;
        }
        return sum;
    }
}
