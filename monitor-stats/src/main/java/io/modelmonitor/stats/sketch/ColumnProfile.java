package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.Column;
import io.modelmonitor.api.ColumnRole;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.api.internal.Counted;
import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.text.LexicalForm;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The profile of one column: how many values are missing and of which kinds the others are, and the states of this
 * package about them.
 *
 * <p>Numbers of both kinds, {@link ValueKind#INTEGRAL} and {@link ValueKind#FRACTIONAL}, enter {@link #moments()} and, if
 * they are finite, {@link #quantiles()}, in columns with texts among them too. Every present value enters
 * {@link #categories()}. {@link #lengths()} covers every present value as it is written; in a column without spelling
 * ({@link Column#isText()}) only what is no number, for numbers have no length there.
 *
 * <p>Values are added block by block, in constant time for each number and short text. Memory is bounded: about
 * 68 KB for a column of numbers, up to 180 KB while there are few thousand and all are known, and 85 KB more from when its
 * distribution is asked for until it changes; up to 250 KB more where numbers may be times of a thousand days; about 1 MB at the very
 * most for a column of long texts. One thread may change a profile at a time; a profile that nobody changes may be read by many.
 */
public final class ColumnProfile {

    private final KindCounts kinds;
    private final Moments moments;
    private final KllSketch quantiles;
    private final Categories categories;
    private final TextLengths lengths;
    private final Course course;
    /** Computed when first asked for, and again after a change: it is a sort of everything remembered. */
    private volatile @Nullable WeightedValues distribution;
    /** Computed when first asked for, and again after a change: it visits every value that is remembered. */
    private volatile @Nullable ColumnReading reading;
    /** Computed when first asked for, as {@link #reading} is, and for another name. */
    private volatile @Nullable Typed typed;
    /** The type by which this is read; null where the kinds of its values say it. */
    private final @Nullable FeatureType type;
    /** The profile of which this is a reading; null of a profile in its own right. */
    private final @Nullable ColumnProfile source;
    /** By what this is compared in place of its values: how many are of which format; null if by the values. */
    private final @Nullable SortedMap<String, Long> formats;

    private ColumnProfile(
            KindCounts kinds,
            Moments moments,
            KllSketch quantiles,
            Categories categories,
            TextLengths lengths,
            Course course) {
        this.kinds = kinds;
        this.moments = moments;
        this.quantiles = quantiles;
        this.categories = categories;
        this.lengths = lengths;
        this.course = course;
        this.type = null;
        this.source = null;
        this.formats = null;
    }

    private ColumnProfile(
            ColumnProfile source,
            FeatureType type,
            KindCounts kinds,
            Categories categories,
            Moments moments,
            KllSketch quantiles,
            @Nullable SortedMap<String, Long> formats) {
        this.kinds = kinds;
        this.moments = moments;
        this.quantiles = quantiles;
        this.categories = categories;
        this.lengths = source.lengths;
        this.course = source.course;
        this.type = type;
        this.source = source;
        this.formats = formats;
    }

    /** Returns this with other kinds and categories, the numbers being the same. */
    ColumnProfile readAs(FeatureType readType, KindCounts readKinds, Categories readCategories) {
        return new ColumnProfile(this, readType, readKinds, readCategories, moments, quantiles, null);
    }

    /** Returns this with other kinds, categories and numbers. */
    ColumnProfile readAs(
            FeatureType readType,
            KindCounts readKinds,
            Categories readCategories,
            Moments readMoments,
            KllSketch readQuantiles) {
        return new ColumnProfile(this, readType, readKinds, readCategories, readMoments, readQuantiles, null);
    }

    /** Returns the texts of this, numbers that are spelled included, with each once; only where every one is remembered. */
    ColumnProfile withEachOnce() {
        KindCounts each = KindCounts.create();
        TextLengths eachLength = TextLengths.create();
        Categories once = Categories.create();
        categories.stream().map(Category::value).sorted().forEach(value -> {
            each.add(LexicalForm.of(value), 1);
            eachLength.add(value);
            once.add(value);
        });
        return new ColumnProfile(each, moments, quantiles, once, eachLength, course);
    }

    /** Returns this to be compared by the formats of its values. */
    ColumnProfile comparedBy(SortedMap<String, Long> formatCounts) {
        return new ColumnProfile(
                this, type(), kinds, categories, moments, quantiles, Collections.unmodifiableSortedMap(formatCounts));
    }

    /** Returns how many values are of which format if this is compared by them, else null. */
    public @Nullable SortedMap<String, Long> formats() {
        return formats;
    }

    /** Returns the profile of a column without rows. */
    public static ColumnProfile create() {
        return new ColumnProfile(
                KindCounts.create(),
                Moments.create(),
                KllSketch.create(),
                Categories.create(),
                TextLengths.create(),
                Course.create());
    }

    /**
     * Returns a profile from parts, such as those of a statistics file, all of whose present values count as being of one
     * type.
     *
     * @param type the type of the present values
     * @param present how many values are present, at least 0, and 0 for {@link FeatureType#UNKNOWN}
     * @param missing how many are missing, at least 0
     * @param moments the moments of its numbers; from now on the profile's own
     * @param quantiles the quantiles of its numbers; from now on the profile's own
     * @param categories its values; from now on the profile's own
     * @param lengths the lengths of its texts; from now on the profile's own
     * @throws IllegalArgumentException if a number is negative, or values of an unknown type are present
     */
    public static ColumnProfile of(
            FeatureType type,
            long present,
            long missing,
            Moments moments,
            KllSketch quantiles,
            Categories categories,
            TextLengths lengths) {
        if (present < 0 || missing < 0 || (type == FeatureType.UNKNOWN && present > 0)) {
            throw new IllegalArgumentException("type, present, missing: " + type + ", " + present + ", " + missing
                    + "; numbers from 0 are expected, and a known type if values are present");
        }
        return new ColumnProfile(
                KindCounts.of(type, present, missing), moments, quantiles, categories, lengths, Course.create());
    }

    /** Adds the first rows of a column, as {@link #add(Column, int, Workspace)} does, in memory of their own. */
    public void add(Column column, int size) {
        add(column, size, new Workspace());
    }

    /**
     * Adds the first rows of a column, in memory that the caller keeps for many columns.
     *
     * @param column the column, not changed
     * @param size how many rows
     * @param workspace memory that no other thread uses at the same time
     */
    public void add(Column column, int size, Workspace workspace) {
        distribution = null;
        reading = null;
        typed = null;
        new ColumnStates(kinds, moments, quantiles, categories, lengths, course).add(column, size, workspace);
    }

    /**
     * Adds rows without a value, as of a column that appears late.
     *
     * @param rows how many, at least 0
     * @throws IllegalArgumentException if it is negative
     */
    public void addMissing(long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("rows: " + rows + "; a number from 0 is expected");
        }
        reading = null;
        typed = null;
        kinds.add(ValueKind.MISSING, rows);
    }

    /** Returns the profile of the rows of both; neither is changed. */
    public ColumnProfile merge(ColumnProfile other) {
        return merge(other, new Workspace());
    }

    /** Merges as {@link #merge(ColumnProfile)} does, in memory that is used again. */
    ColumnProfile merge(ColumnProfile other, Workspace workspace) {
        return new ColumnProfile(
                kinds.merge(other.kinds),
                moments.merge(other.moments),
                quantiles.merge(other.quantiles, workspace),
                categories.merge(other.categories),
                lengths.merge(other.lengths),
                course.merge(other.course));
    }

    /** Returns the number of rows. */
    public long rows() {
        return missing() + present();
    }

    /** Returns the number of rows without a value. */
    public long missing() {
        return kinds.missing();
    }

    /** Returns the number of rows with a value. */
    public long present() {
        return kinds.present();
    }

    /** Returns the share of rows with a value, from 0 to 1; NaN when there are no rows. */
    public double completeness() {
        return (double) present() / rows();
    }

    /**
     * Returns how many values are of a kind.
     *
     * @param kind a constant of {@link ValueKind}
     */
    public long count(int kind) {
        return kinds.count(kind);
    }

    /** Returns the type of the column. */
    public FeatureType type() {
        return type == null ? kinds.type() : type;
    }

    /** Returns what the values are taken for: the type by most of them, equal ones equal however they are spelled. */
    public ColumnReading reading() {
        ColumnReading known = reading;
        if (known == null) {
            known = ColumnReading.of(this);
            reading = known;
        }
        return known;
    }

    /**
     * Returns what this column is.
     *
     * @param name its name
     * @param role what a user says of it; null if nothing
     */
    public ColumnTyping typing(String name, @Nullable ColumnRole role) {
        Typed known = typed;
        if (known == null || !known.name.equals(name) || !Objects.equals(known.role, role)) {
            known = new Typed(name, role, ColumnTyping.of(name, this, role));
            typed = known;
        }
        return known.typing;
    }

    private record Typed(String name, @Nullable ColumnRole role, ColumnTyping typing) {}

    /** Returns the steps from row to row. Not to be changed. */
    RowSteps steps() {
        return course.steps();
    }

    /** Returns whether equal values, two of which come with at most a probability, are certainly not in runs. */
    public boolean isWithoutRuns(double equal) {
        return steps().areWithoutRuns(equal, present());
    }

    /** Returns how many numbers there are in each hour of which day, of those that may be points in time. */
    @Nullable
    DayHours hours() {
        return course.hours();
    }

    KindCounts kinds() {
        return kinds;
    }

    /** Returns the moments of the numbers; those that are not finite are counted there. Not to be changed. */
    public Moments moments() {
        return moments;
    }

    /** Returns the sketch of the finite numbers, in the order in which they came. Not to be changed. */
    public KllSketch quantiles() {
        return quantiles;
    }

    /**
     * Returns the distribution of the finite numbers, as exactly as it is known: from {@link #categories()} while every
     * different value is there, so that columns of few values are exact at any length, else from {@link #quantiles()}.
     */
    public WeightedValues distribution() {
        WeightedValues known = distribution;
        if (known == null) {
            boolean isOfSource = source != null && source.quantiles == quantiles;
            WeightedValues exact = source != null && isOfSource ? source.distribution() : categories.numbers();
            known = exact != null ? exact : quantiles.values();
            distribution = known;
        }
        return known;
    }

    /** Returns how many different values there are where that is certain, else a negative number. */
    public long exactlyDistinct() {
        boolean isInOrder = steps().areOfOneDirection() && steps().total() == present() - 1;
        return categories.isComplete() ? categories.size() : isInOrder ? steps().changes() + 1 : -1;
    }

    /** Returns how many different values there are: by spelling while the categories are complete. A snapshot. */
    public DistinctCount distinct() {
        return categories.distinct();
    }

    /** Returns the number of different values, as {@link #distinct()} has it, without the cost of a snapshot while exact. */
    public double distinctCount() {
        return categories.isComplete()
                ? categories.size()
                : categories.distinct().estimate();
    }

    /** Returns how many different numbers there are, by numeric equality. A snapshot. */
    public DistinctCount distinctNumbers() {
        return categories.distinctNumbers();
    }

    /** Returns the values and how often they occur. Not to be changed. */
    public Categories categories() {
        return categories;
    }

    /** Returns how long the values are as they are written. Not to be changed. */
    public TextLengths lengths() {
        return lengths;
    }

    /** Writes this state in bytes, from which {@link #read} makes an equal one. */
    public void write(DataOutput out) throws IOException {
        kinds.write(out);
        moments.write(out);
        categories.write(out);
        quantiles.write(out, categories.knownNumbers());
        lengths.write(out);
        course.write(out, kinds.areWhole());
        out.writeBoolean(isCoherent());
    }

    /**
     * Reads the state that {@link #write} wrote.
     *
     * @throws IllegalArgumentException if no state can be what is read; the message is one line
     */
    public static ColumnProfile read(DataInput in) throws IOException {
        KindCounts kinds = KindCounts.read(in);
        Moments moments = Moments.read(in);
        Categories categories = Categories.read(in);
        KllSketch quantiles = KllSketch.read(in, categories.knownNumbers());
        TextLengths lengths = TextLengths.read(in);
        ColumnProfile read = new ColumnProfile(kinds, moments, quantiles, categories, lengths, Course.read(in));
        boolean coherent = Packed.readFlag(in, "column") == read.isCoherent();
        Packed.check(coherent, "column", "its parts are not of the same ", read.present(), " values");
        return read;
    }

    /** Returns whether all parts are of the same values, as they are unless some come from a statistics file. */
    private boolean isCoherent() {
        return moments.count() + moments.nonFiniteCount() == kinds.numbers()
                && quantiles.count() == moments.count()
                && (moments.count() == 0 || (quantiles.min() == moments.min() && quantiles.max() == moments.max()))
                && categories.total() == kinds.present()
                && lengths.count() <= kinds.present()
                && steps().total() <= Math.max(0, kinds.present() - 1);
    }

    @Override
    public String toString() {
        return type() + " column of " + Counted.of(rows(), "row") + ", " + missing() + " missing";
    }
}
