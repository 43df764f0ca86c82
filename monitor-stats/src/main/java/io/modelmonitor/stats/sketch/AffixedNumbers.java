package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.text.Affixes;
import io.modelmonitor.stats.internal.text.AmountText;
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
 * The numbers of texts that have one between a beginning and an end without digits ({@link AmountText#readAffixed}), whatever these are:
 * which beginnings and ends there are, and what the numbers of each are. Once there are more than {@value #MOST} they are too various
 * to be the affixes of numbers, and none is remembered. Counts merge exactly in any order. One thread at a time may change a state.
 */
final class AffixedNumbers {

    static final int MOST = 32;

    /** So many different affixes may be around the numbers of most of a column. */
    private static final int FEW = 4;

    /** So many doubtful numbers there may be for each certain one. */
    private static final int LEAST_CERTAIN = 2;

    private final TreeMap<String, TextNumbers> numbers = new TreeMap<>();
    private boolean areTooVarious;
    /** The numbers of the affixes last added; null if there is none. */
    private @Nullable TextNumbers last;

    boolean areTooVarious() {
        return areTooVarious;
    }

    /** Adds a text so often. */
    void add(String affixes, double value, double other, long times) {
        if (!areTooVarious) {
            TextNumbers of = numbers.computeIfAbsent(affixes, name -> new TextNumbers(false));
            of.add(value, other, times);
            last = of;
            giveUpIfTooVarious();
        }
    }

    /** Adds so often a number with the affixes of the one last added. */
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

    AffixedNumbers merge(AffixedNumbers other) {
        AffixedNumbers merged = new AffixedNumbers();
        if (areTooVarious || other.areTooVarious) {
            merged.giveUp();
            return merged;
        }
        merged.numbers.putAll(numbers);
        other.numbers.forEach((affixes, more) -> merged.numbers.merge(affixes, more, TextNumbers::merge));
        // What only one side has is not to change with it.
        merged.numbers.replaceAll((affixes, of) -> of.merge(new TextNumbers(false)));
        merged.giveUpIfTooVarious();
        return merged;
    }

    /** Returns how many numbers of a reading have which affixes, but for those that make words. */
    SortedMap<String, Long> counts(boolean other, AffixWords without) {
        SortedMap<String, Long> counts = new TreeMap<>();
        numbers.forEach((affixes, of) -> {
            long count = of.moments(other).count();
            if (count > 0 && !without.has(affixes)) {
                counts.merge(Affixes.certain(affixes), count, Long::sum);
            }
        });
        return counts;
    }

    /** Returns how many numbers of a reading, but for those of words, have the few most frequent affixes. */
    long countOfFew(boolean other, AffixWords without) {
        return counts(other, without).values().stream()
                .sorted(Collections.reverseOrder())
                .limit(FEW)
                .mapToLong(Long::longValue)
                .sum();
    }

    /**
     * Returns the affixes of one number alone, as texts that are always the same, such as {@code <5}, are words; which doubtful ones are
     * around numbers; and whether credits are so many crores, which in a ledger they are not.
     */
    AffixWords words() {
        Set<String> words = new TreeSet<>();
        Set<String> certain = new TreeSet<>();
        numbers.forEach((affixes, of) -> {
            if (Affixes.areOfCrores(affixes)) {
                if (areOfLedger(Affixes.certain(affixes))) {
                    return;
                }
                words.add(Affixes.certain(affixes));
                certain.add(affixes);
            } else if (Affixes.isDoubtful(affixes)) {
                if (areOfNumbers(affixes)) {
                    certain.add(affixes);
                }
            } else if (isOfOne(of.moments(false)) && isOfOne(of.moments(true))) {
                words.add(affixes);
            }
        });
        return new AffixWords(words, certain);
    }

    /**
     * Returns whether doubtful affixes are around numbers: a third at least of those with the same have what only numbers have, as sums of
     * which two in three are below a thousand do.
     */
    private boolean areOfNumbers(String affixes) {
        return LEAST_CERTAIN * count(Affixes.certain(affixes)) >= count(affixes);
    }

    /** Returns whether credits are those of a ledger: it has debits, too, or some of them have separators of thousands. */
    private boolean areOfLedger(String credits) {
        return count(credits) > count(Affixes.asCrores(credits))
                || numbers.keySet().stream().anyMatch(Affixes::areOfDebit);
    }

    private long count(String affixes) {
        TextNumbers of = numbers.get(affixes);
        return of == null
                ? 0
                : Math.max(of.moments(false).count(), of.moments(true).count());
    }

    private static boolean isOfOne(Moments moments) {
        return moments.count() == 0 || moments.min() == moments.max();
    }

    /** Returns the numbers, but for some. Not to be changed. */
    TextNumbers numbers(AffixWords without) {
        return numbers.entrySet().stream()
                .filter(of -> !without.has(of.getKey()))
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

    static AffixedNumbers read(DataInput in, long total) throws IOException {
        AffixedNumbers read = new AffixedNumbers();
        read.areTooVarious = Packed.readFlag(in, "affixed numbers");
        int size = Packed.readCount(in, "affixed numbers", MOST);
        Packed.check(!read.areTooVarious || size == 0, "affixed numbers", size, " though there are too many");
        long counted = 0;
        for (int i = 0; i < size; i++) {
            String affixes = Packed.readText(in, "affixed number");
            TextNumbers numbers = TextNumbers.read(in, false);
            Packed.check(read.numbers.put(affixes, numbers) == null, "affixed numbers", "two are '", affixes, "'");
            // So many crores are credits, too.
            long count =
                    Affixes.areOfCrores(affixes) ? 0 : numbers.moments(false).count();
            counted = Packed.sum("affixed numbers", counted, count);
        }
        Packed.check(counted <= total, "affixed numbers", counted, " of ", total);
        return read;
    }
}
