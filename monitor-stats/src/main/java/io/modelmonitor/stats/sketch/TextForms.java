package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.text.Affixes;
import io.modelmonitor.stats.internal.text.TextForm;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * In which forms texts are written, and how often; and the numbers and times that they are, by two readings where there are two
 * ({@link TextForm}).
 *
 * <p>Up to {@value #MOST_FORMS} forms are counted; once there are more, texts are too various for their forms to say anything, and
 * none is. Counts merge exactly in any order. One thread at a time may change a state.
 */
final class TextForms {

    static final int MOST_FORMS = 128;

    /** The share of further texts in forms that were not met from which a form that was not says nothing. */
    private static final double MANY_UNMET = 0.1;

    /** One odd text makes no rule. */
    private static final double LEAST_UNMET = 2;

    private Map<String, Count> forms = new HashMap<>();
    private boolean isTooVarious;
    private long total;
    private TextTraits traits = new TextTraits();
    private Beginnings beginnings = new Beginnings();
    private TextWords words = new TextWords();
    private TextNumbers times = new TextNumbers(true);
    private TextNumbers amounts = new TextNumbers(false);
    private AffixedNumbers affixed = new AffixedNumbers();

    private final TextForm form = new TextForm();
    private @Nullable Count last;

    TextForms() {}

    /** The number of occurrences of a form. */
    static final class Count {
        private final String form;
        private final char[] characters;
        private final TextForm.Family family;
        private long count;
        private long noNumber;
        private long noOther;

        private Count(String form, TextForm.Family family) {
            this.form = form;
            this.characters = form.toCharArray();
            this.family = family;
        }

        TextForm.Family family() {
            return family;
        }

        long count() {
            return count;
        }

        /** Returns how many are numbers by a reading. */
        long readable(boolean other) {
            return count - (other ? noOther : noNumber);
        }

        private void add(Count more) {
            count += more.count;
            noNumber += more.noNumber;
            noOther += more.noOther;
        }
    }

    /** Returns the forms of texts, in the order of the texts. */
    static TextForms of(TextCounts texts) {
        Map<String, Long> sorted = new TreeMap<>();
        texts.forEach((text, number, count) -> {
            if (Double.isNaN(number)) {
                sorted.put(text, count);
            }
        });
        TextForms all = new TextForms();
        sorted.forEach(all::add);
        all.flush();
        return all;
    }

    /** Adds a text so often. Behind the last one of a block {@link #flush} has to be called. */
    void add(CharSequence text, long times) {
        total += times;
        Count before = last;
        if (before != null && form.isAsBefore(text)) {
            before.count += times;
            traits.addAsBefore(times);
            beginnings.addAsBefore(times);
            words.addAsBefore(text, form.hasLettersAsBefore(), times);
            if (form.isAffixed()) {
                affixed.addAsBefore(form.value(false), form.value(true), times);
            }
            return;
        }
        traits.add(text, times);
        words.add(text, times);
        if (isTooVarious) {
            return;
        }
        form.read(text);
        Count known = count();
        if (known == null) {
            return;
        }
        known.count += times;
        if (known.family == TextForm.Family.TEXT) {
            beginnings.add(text, times);
            if (form.isAffixed()) {
                addAffixed(times);
            }
            return;
        }
        double value = form.value(false);
        double other = form.value(true);
        known.noNumber += Double.isNaN(value) ? times : 0;
        known.noOther += Double.isNaN(other) ? times : 0;
        numbers(known.family).add(value, other, times);
    }

    private void addAffixed(long times) {
        if (affixed.areTooVarious()) {
            return; // without their text
        }
        if (form.isCreditOrCrores()) {
            affixed.add(
                    Affixes.asCrores(form.affixes()),
                    Affixes.crores(form.value(false)),
                    Affixes.crores(form.value(true)),
                    times);
        }
        affixed.add(form.affixes(), form.value(false), form.value(true), times);
    }

    private TextNumbers numbers(TextForm.Family family) {
        return family == TextForm.Family.TIME ? times : amounts;
    }

    /** Returns the count of the form just read; null if there are too many. */
    private @Nullable Count count() {
        Count known = last;
        if (known != null && form.form().is(known.characters)) {
            return known;
        }
        known = forms.computeIfAbsent(form.form().toString(), name -> new Count(name, form.family()));
        last = known;
        if (forms.size() > MOST_FORMS) {
            giveUp();
            return null;
        }
        return known;
    }

    private void giveUp() {
        isTooVarious = true;
        forms = new HashMap<>();
        beginnings.giveUp();
        last = null;
        times = new TextNumbers(true);
        amounts = new TextNumbers(false);
        affixed.giveUp();
    }

    /** Adds the numbers that wait. */
    void flush() {
        beginnings.flush();
        times.flush();
        amounts.flush();
        affixed.flush();
    }

    TextForms merge(TextForms other) {
        TextForms merged = new TextForms();
        merged.total = total + other.total;
        merged.traits = traits.merge(other.traits);
        merged.beginnings = beginnings.merge(other.beginnings);
        merged.words = words.merge(other.words);
        merged.isTooVarious = isTooVarious || other.isTooVarious;
        if (!merged.isTooVarious) {
            for (TextForms side : List.of(this, other)) {
                side.forms.forEach((name, count) -> merged.forms
                        .computeIfAbsent(name, unknown -> new Count(name, count.family))
                        .add(count));
            }
            merged.times = times.merge(other.times);
            merged.amounts = amounts.merge(other.amounts);
            merged.affixed = affixed.merge(other.affixed);
        }
        if (merged.isTooVarious || merged.forms.size() > MOST_FORMS) {
            merged.giveUp();
        }
        return merged;
    }

    /** Returns the forms by their names; none if there are too many. */
    SortedMap<String, Count> forms() {
        return new TreeMap<>(forms);
    }

    /** Returns how many texts that are neither numbers nor times begin with what; null if that is too various. */
    @Nullable
    SortedMap<String, Long> beginnings() {
        return beginnings.counts();
    }

    /** Returns how many texts have which word of theirs, in cells ({@link TextWords#cells}). */
    List<Category> words() {
        return words.cells();
    }

    /** Returns how many texts have which traits. */
    SortedMap<String, Long> traits() {
        return traits.counts();
    }

    /** Returns whether there were too many forms to count. */
    boolean isTooVarious() {
        return isTooVarious;
    }

    /**
     * Returns whether further texts come in other forms by nature, as random tokens do in which signs stand anywhere: there are too many to
     * count, or the share of texts whose form occurred once, which is that of forms to come (I. J. Good, 1953), is large.
     */
    boolean comeAnew() {
        long once = forms.values().stream().filter(count -> count.count == 1).count();
        return isTooVarious || once >= Math.max(LEAST_UNMET, MANY_UNMET * total);
    }

    /** Returns whether digits and letters alternate in most texts, or these have too many forms to tell. */
    boolean areRandom() {
        long alternating = forms.values().stream()
                .filter(count -> count.family == TextForm.Family.TEXT
                        && count.form.matches("(?i)[^\\u2026]*(x|uuid)[^\\u2026]*"))
                .mapToLong(Count::count)
                .sum();
        return isTooVarious || 2 * alternating > total;
    }

    /** Returns the number of texts. */
    long total() {
        return total;
    }

    /** Returns how many texts are of a family. */
    long count(TextForm.Family family) {
        return forms.values().stream()
                .filter(count -> count.family == family)
                .mapToLong(Count::count)
                .sum();
    }

    /** Returns the numbers of texts that are neither times nor numbers of a known kind. Not to be changed. */
    AffixedNumbers affixed() {
        return affixed;
    }

    /** Returns how many texts of a family are numbers by a reading. */
    long readable(TextForm.Family family, boolean other) {
        return forms.values().stream()
                .filter(count -> count.family == family)
                .mapToLong(count -> count.readable(other))
                .sum();
    }

    /** Returns the moments of the texts of a family. Not to be changed. */
    Moments moments(TextForm.Family family, boolean other) {
        return numbers(family).moments(other);
    }

    /** Returns the sketch of the texts of a family. Not to be changed. */
    KllSketch quantiles(TextForm.Family family, boolean other) {
        return numbers(family).quantiles(other);
    }

    /** Returns how many times of the latest days there are by day and hour. */
    @Nullable
    SortedMap<Long, long[]> hours(boolean other) {
        return times.hours(other);
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCount(out, total);
        out.writeBoolean(isTooVarious);
        Packed.writeCount(out, forms.size());
        List<Count> sorted = forms.values().stream()
                .sorted(Comparator.comparing((Count count) -> count.form))
                .toList();
        for (Count count : sorted) {
            Packed.writeText(out, count.form);
            Packed.writeConstant(out, count.family);
            Packed.writeCount(out, count.count);
            Packed.writeCount(out, count.noNumber);
            Packed.writeCount(out, count.noOther);
        }
        traits.write(out);
        beginnings.write(out);
        words.write(out);
        times.write(out);
        amounts.write(out);
        affixed.write(out);
    }

    static TextForms read(DataInput in) throws IOException {
        TextForms read = new TextForms();
        read.total = Packed.readCount(in, "texts");
        read.isTooVarious = Packed.readFlag(in, "forms");
        int size = Packed.readCount(in, "forms", MOST_FORMS);
        Packed.check(!read.isTooVarious || size == 0, "forms", size, " though there are too many");
        long counted = 0;
        for (int i = 0; i < size; i++) {
            String name = Packed.readText(in, "form");
            TextForm.Family family = Packed.readConstant(in, "form", TextForm.Family.values());
            if (family == null) {
                throw Packed.impossible("form", "of no kind");
            }
            Count count = new Count(name, family);
            count.count = Packed.readCount(in, "count of a form");
            count.noNumber = Packed.readCount(in, "count of a form");
            count.noOther = Packed.readCount(in, "count of a form");
            Packed.check(Math.max(count.noNumber, count.noOther) <= count.count, "count of a form", "less than a part");
            Packed.check(read.forms.put(name, count) == null, "forms", "two are '", name, "'");
            counted = Packed.sum("count of a form", counted, count.count);
        }
        Packed.check(read.isTooVarious || counted == read.total, "forms", counted, " of ", read.total);
        read.traits = TextTraits.read(in);
        long known = read.traits.total();
        Packed.check(known == read.total, "traits of texts", known, " of ", read.total);
        read.beginnings = Beginnings.read(in, read.total);
        read.words = TextWords.read(in, read.total);
        read.times = TextNumbers.read(in, true);
        read.amounts = TextNumbers.read(in, false);
        read.affixed = AffixedNumbers.read(in, read.total);
        return read;
    }
}
