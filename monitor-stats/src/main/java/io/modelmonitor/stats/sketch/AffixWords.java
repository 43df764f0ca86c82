package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.text.Affixes;
import java.util.Set;

/**
 * The meaning of the beginnings and ends of numbers in a column: those of words and codes are not numbers' own.
 *
 * @param words those that make words of the numbers between them
 * @param numbers those that alone might make codes or multiples, and make numbers here ({@link Affixes#isDoubtful})
 */
record AffixWords(Set<String> words, Set<String> numbers) {

    static final AffixWords NONE = new AffixWords(Set.of(), Set.of());

    /** Returns whether affixes make no number. */
    boolean has(String affixes) {
        return Affixes.isDoubtful(affixes) ? !numbers.contains(affixes) : words.contains(affixes);
    }
}
