package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of texts that have one between a beginning and an end without digits ({@link AmountText#readDressed}), whatever these are:
 * which beginnings and ends there are, and what the numbers of each are. Once there are more than {@value #MOST} they are too various
 * to be the dress of numbers, and none is remembered. Counts merge exactly in any order. One thread at a time may change a state.
 */
final class Dressed {

    static final int MOST = 32;

    /** So many ways to dress a number may make most of a column. */
    private static final int FEW = 4;

    private final TreeMap<String, TextNumbers> numbers = new TreeMap<>();
    private boolean areTooVarious;
    /** The numbers of the dress last added; null if there is none. */
    private @Nullable TextNumbers last;

    boolean areTooVarious() {
        return areTooVarious;
    }

    /** Adds a text so often. */
    void add(String dress, double value, double other, long times) {
        if (!areTooVarious) {
            TextNumbers of = numbers.computeIfAbsent(dress, name -> new TextNumbers(false));
            of.add(value, other, times);
            last = of;
            giveUpIfTooVarious();
        }
    }

    /** Adds a text so often that is dressed as the one last added. */
    void addAsBefore(double value, double other, long times) {
        TextNumbers of = last;
        if (of != null) {
            of.add(value, other, times);
        }
    }

    private void giveUpIfTooVarious() {
        if (numbers.size() > MOST) {
            giveUp();
        }
    }

    void giveUp() {
        areTooVarious = true;
        numbers.clear();
        last = null;
    }

    void flush() {
        numbers.values().forEach(TextNumbers::flush);
    }

    Dressed merge(Dressed other) {
        Dressed merged = new Dressed();
        if (areTooVarious || other.areTooVarious) {
            merged.giveUp();
            return merged;
        }
        merged.numbers.putAll(numbers);
        other.numbers.forEach((dress, more) -> merged.numbers.merge(dress, more, TextNumbers::merge));
        // What only one side has is not to change with it.
        merged.numbers.replaceAll((dress, of) -> of.merge(new TextNumbers(false)));
        merged.giveUpIfTooVarious();
        return merged;
    }

    /** Returns how many numbers by a reading are dressed how, but for some. */
    SortedMap<String, Long> counts(boolean other, Set<String> without) {
        SortedMap<String, Long> counts = new TreeMap<>();
        numbers.forEach((dress, of) -> {
            long count = of.moments(other).count();
            if (count > 0 && !without.contains(dress)) {
                counts.put(dress, count);
            }
        });
        return counts;
    }

    /** Returns how many numbers by a reading, but for some, are dressed in one of the few most frequent ways. */
    long countOfFew(boolean other, Set<String> without) {
        return counts(other, without).values().stream()
                .sorted(Collections.reverseOrder())
                .limit(FEW)
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Returns the dresses of one number alone: texts that are always the same, such as {@code <5}, are words. */
    Set<String> words() {
        Set<String> words = new TreeSet<>();
        numbers.forEach((dress, of) -> {
            if (isOfOne(of.moments(false)) && isOfOne(of.moments(true))) {
                words.add(dress);
            }
        });
        return words;
    }

    private static boolean isOfOne(Moments moments) {
        return moments.count() == 0 || moments.min() == moments.max();
    }

    /** Returns the numbers, but for some. Not to be changed. */
    TextNumbers numbers(Set<String> without) {
        return numbers.entrySet().stream()
                .filter(of -> !without.contains(of.getKey()))
                .map(Map.Entry::getValue)
                .reduce(new TextNumbers(false), TextNumbers::merge);
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(areTooVarious);
        Packed.writeCount(out, numbers.size());
        for (Map.Entry<String, TextNumbers> of : numbers.entrySet()) {
            Packed.writeText(out, of.getKey());
            of.getValue().write(out);
        }
    }

    static Dressed read(DataInput in, long total) throws IOException {
        Dressed read = new Dressed();
        read.areTooVarious = Packed.readFlag(in, "dressed numbers");
        int size = Packed.readCount(in, "dressed numbers", MOST);
        Packed.check(!read.areTooVarious || size == 0, "dressed numbers", size + " though there are too many");
        long counted = 0;
        for (int i = 0; i < size; i++) {
            String dress = Packed.readText(in, "dressed number");
            TextNumbers numbers = TextNumbers.read(in, false);
            Packed.check(read.numbers.put(dress, numbers) == null, "dressed numbers", "two are '" + dress + "'");
            counted = Packed.sum(
                    "dressed numbers", counted, numbers.moments(false).count());
        }
        Packed.check(counted <= total, "dressed numbers", counted + " of " + total);
        return read;
    }
}
