package io.modelmonitor.fairness;

import io.modelmonitor.api.Row;
import io.modelmonitor.stats.fairness.People;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A uniform sample of rows for the flip test: all of them up to a limit, beyond it those of the least random priorities, which
 * depend on a row's number and values alone (bottom-k sampling; E. Cohen and H. Kaplan, 2007). So samples merge. Not safe for use
 * by several threads.
 */
final class FlipSample {

    /** The most rows that are kept. */
    static final int MOST = 50_000;

    private static final long SEED = 5;

    private final PriorityQueue<Person> kept =
            new PriorityQueue<>(Comparator.comparingLong(Person::priority).reversed());
    private long seen;

    /**
     * A row that is kept.
     *
     * @param priority the random priority, of which the least stay
     * @param position the row's number among all that were seen, from 1
     * @param groups the code of the row's group in each facet
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Person(
            long priority,
            long position,
            double[] numbers,
            @Nullable String[] texts,
            int[] groups,
            boolean accepted) {

        private Person in(int[] newGroups, long rowsBefore) {
            return new Person(priority, position + rowsBefore, numbers, texts, newGroups, accepted);
        }
    }

    void offer(Row row, int[] columns, int[] groups, boolean accepted) {
        seen++;
        double[] numbers = new double[columns.length];
        @Nullable String[] texts = new String[columns.length];
        long priority = mixed(SEED + seen * 0x9E3779B97F4A7C15L);
        for (int i = 0; i < columns.length; i++) {
            numbers[i] = columns[i] < 0 ? Double.NaN : row.number(columns[i]);
            texts[i] = columns[i] < 0 || !Double.isNaN(numbers[i]) ? null : row.text(columns[i]);
            long hash = texts[i] == null ? Double.doubleToLongBits(numbers[i]) : texts[i].hashCode();
            priority = Long.rotateLeft((priority ^ hash) * 0x9E3779B97F4A7C15L, 29);
        }
        priority = mixed(priority);
        if (kept.size() < MOST || priority < kept.element().priority()) {
            keep(new Person(priority, seen, numbers, texts, groups.clone(), accepted));
        }
    }

    private void keep(Person person) {
        kept.add(person);
        if (kept.size() > MOST) {
            kept.remove();
        }
    }

    /** The finisher of SplitMix64 (G. L. Steele, D. Lea and C. H. Flood, 2014). */
    private static long mixed(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Adds another sample, facet by facet with the codes here of its groups. */
    void merge(FlipSample other, int[][] codes) {
        for (Person person : other.kept) {
            int[] groups = person.groups().clone();
            for (int facet = 0; facet < groups.length; facet++) {
                groups[facet] = groups[facet] < 0 ? groups[facet] : codes[facet][groups[facet]];
            }
            keep(person.in(groups, seen));
        }
        seen += other.seen;
    }

    private List<Person> ordered() {
        List<Person> ordered = new ArrayList<>(kept);
        ordered.sort(Comparator.comparingLong(Person::position));
        return ordered;
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCount(out, seen);
        Packed.writeCount(out, kept.size());
        for (Person person : ordered()) {
            out.writeLong(person.priority());
            Packed.writeCount(out, person.position());
            out.writeBoolean(person.accepted());
            for (int group : person.groups()) {
                Packed.writeSigned(out, group);
            }
            for (int i = 0; i < person.numbers().length; i++) {
                out.writeDouble(person.numbers()[i]);
                String text = person.texts()[i];
                out.writeBoolean(text != null);
                if (text != null) {
                    Packed.writeText(out, text);
                }
            }
        }
    }

    /**
     * Takes over the sample that was written, in place of what is here.
     *
     * @param groups the number of groups of each facet
     */
    void read(DataInput in, int features, int[] groups) throws IOException {
        seen = Packed.readCount(in, "rows");
        int size = Packed.readCount(in, "sampled rows", MOST);
        Packed.check(size <= seen, "sampled rows", size, " of ", seen);
        for (int i = 0; i < size; i++) {
            long priority = in.readLong();
            long position = Packed.readCount(in, "number of a row");
            boolean accepted = Packed.readFlag(in, "decision");
            int[] codes = new int[groups.length];
            for (int facet = 0; facet < codes.length; facet++) {
                codes[facet] = (int) Packed.readSigned(in, "group of a row");
                Packed.check(
                        codes[facet] >= ValueEncoder.TOO_MANY && codes[facet] < groups[facet],
                        "group of a row",
                        codes[facet],
                        " of ",
                        groups[facet]);
            }
            double[] numbers = new double[features];
            @Nullable String[] texts = new String[features];
            for (int f = 0; f < features; f++) {
                numbers[f] = in.readDouble();
                texts[f] = Packed.readFlag(in, "text of a row") ? Packed.readText(in, "text of a row") : null;
            }
            keep(new Person(priority, position, numbers, texts, codes, accepted));
        }
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
        List<Person> ordered = ordered();
        for (Person person : ordered) {
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
        for (Person person : ordered) {
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
