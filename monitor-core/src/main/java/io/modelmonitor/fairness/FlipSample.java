package io.modelmonitor.fairness;

import io.modelmonitor.api.Row;
import io.modelmonitor.stats.fairness.People;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A seeded sample of rows for the flip test: all of them up to a limit, then each with the same probability (J. Vitter,
 * algorithm R, 1985). Not safe for use by several threads.
 */
final class FlipSample {

    /** How many rows are kept. */
    static final int MOST = 50_000;

    private final SplittableRandom random = new SplittableRandom(5);
    private final List<Person> kept = new ArrayList<>();
    private long seen;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Person(double[] numbers, @Nullable String[] texts, int[] groups, boolean accepted) {}

    void offer(Row row, int[] columns, int[] groups, boolean accepted) {
        seen++;
        if (kept.size() < MOST) {
            kept.add(person(row, columns, groups, accepted));
            return;
        }
        long place = random.nextLong(seen);
        if (place < MOST) {
            kept.set((int) place, person(row, columns, groups, accepted));
        }
    }

    private static Person person(Row row, int[] columns, int[] groups, boolean accepted) {
        double[] numbers = new double[columns.length];
        @Nullable String[] texts = new String[columns.length];
        for (int i = 0; i < columns.length; i++) {
            numbers[i] = columns[i] < 0 ? Double.NaN : row.number(columns[i]);
            texts[i] = columns[i] < 0 || !Double.isNaN(numbers[i]) ? null : row.text(columns[i]);
        }
        return new Person(numbers, texts, groups.clone(), accepted);
    }

    /** Adds another sample, facet by facet with the codes here of its groups. */
    void merge(FlipSample other, int[][] codes) {
        List<Person> theirs = new ArrayList<>();
        for (Person person : other.kept) {
            int[] groups = person.groups().clone();
            for (int facet = 0; facet < groups.length; facet++) {
                groups[facet] = groups[facet] < 0 ? groups[facet] : codes[facet][groups[facet]];
            }
            theirs.add(new Person(person.numbers(), person.texts(), groups, person.accepted()));
        }
        if (seen + other.seen <= MOST) {
            kept.addAll(theirs);
        } else {
            List<Person> ours = new ArrayList<>(kept);
            kept.clear();
            long leftHere = seen;
            long leftThere = other.seen;
            while (kept.size() < MOST) {
                boolean here = random.nextLong(leftHere + leftThere) < leftHere;
                kept.add(takeAny(here ? ours : theirs));
                leftHere -= here ? 1 : 0;
                leftThere -= here ? 0 : 1;
            }
        }
        seen += other.seen;
    }

    private Person takeAny(List<Person> people) {
        int last = people.size() - 1;
        Person taken = people.set(random.nextInt(people.size()), people.get(last));
        people.remove(last);
        return taken;
    }

    long seen() {
        return seen;
    }

    int size() {
        return kept.size();
    }

    /** Returns the people of whom a facet is known, those of one group against all others. */
    People people(int features, int facet, int group) {
        boolean[] categorical = new boolean[features];
        for (Person person : kept) {
            for (int f = 0; f < features; f++) {
                categorical[f] |= person.texts()[f] != null;
            }
        }
        int categories = 0;
        for (boolean is : categorical) {
            categories += is ? 1 : 0;
        }
        People people = People.with(features - categories, categories);
        Map<String, Integer> codes = new HashMap<>();
        for (Person person : kept) {
            if (person.groups()[facet] >= 0) {
                people.add(
                        numbers(person, categorical),
                        categories(person, categorical, categories, codes),
                        person.groups()[facet] == group,
                        person.accepted());
            }
        }
        return people;
    }

    private static double[] numbers(Person person, boolean[] categorical) {
        double[] numbers = new double[categorical.length];
        int next = 0;
        for (int f = 0; f < categorical.length; f++) {
            if (!categorical[f]) {
                numbers[next++] = person.numbers()[f];
            }
        }
        return Arrays.copyOf(numbers, next);
    }

    private static int[] categories(Person person, boolean[] categorical, int count, Map<String, Integer> codes) {
        int[] categories = new int[count];
        int next = 0;
        for (int f = 0; f < categorical.length; f++) {
            if (categorical[f]) {
                String text = person.texts()[f];
                double number = person.numbers()[f];
                String value = text != null ? text : Double.isNaN(number) ? null : Names.number(number);
                categories[next++] = value == null ? -1 : codes.computeIfAbsent(value, any -> codes.size());
            }
        }
        return categories;
    }
}
