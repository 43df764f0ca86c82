package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.text.LexicalForm;
import io.modelmonitor.stats.internal.text.MissingSpelling;
import io.modelmonitor.stats.internal.text.TextCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The type that a column's values are read as, decided by most of them: so a cell of another make changes nothing of the rest, and is
 * counted and named.
 *
 * <ul>
 *   <li>A column is of a type if nine of ten present values are: of numbers, {@link FeatureType#FRACTIONAL} if one of them is
 *       no whole number by value; or of booleans. Whatever is not compared by value there, at most a tenth, is about what a
 *       suggested bound on drift lets pass, and its share is watched. It is of numbers as well if most values are and the others
 *       are a few words that come again ({@link MajorityKind}), unless the numbers are as few; these words are compared by their shares.
 *   <li>In such a column texts that commonly stand for nothing, such as {@code NaN}, {@code n/a} and {@code -}, are missing
 *       values. In a column of texts they are texts: {@code NA} is a country too.
 *   <li>Whole numbers without a sign, one in a hundred of which has zeros in front, are codes, which are texts: {@code 00501}
 *       is not {@code 501}. Others with zeros in front up to a width, such as {@code 0101.2}, are fractions of this width.
 *   <li>Texts that are numbers written for people, such as {@code $1,234.50}, {@code 12,5 %} and {@code (300)}, or numbers between
 *       a beginning and an end that are few in the column ({@link AffixedNumbers}), are numbers where as many values are, unless they are a few
 *       that come again; with a point or a comma before decimals, as more can be read.
 *   <li>Equal values are equal: a number is whole by its value, a decimal that a cast or arithmetic changed in its last digits is that decimal
 *       ({@link NearDecimals}), and truth values differ by nothing but their truth.
 * </ul>
 *
 * <p>A reading is a function of the profile, so it is the same whatever parts the profile was merged from. Another column is read
 * as this one is by {@link #as}: few rows do not show what a column is. Immutable while nobody changes the profile.
 */
public final class ColumnReading {

    private static final double LEAST_SHARE = 0.9;
    private static final double MOST_EQUAL = 0.5;
    private static final int MOST_DIGITS = 15;
    private static final int LEAST_STEPS = 100;
    private static final double ERRORS = 4;

    private final ColumnProfile source;
    private final ReadingRule rule;
    final List<Category> absent = new ArrayList<>();
    private final List<Category> odd = new ArrayList<>();
    private final ColumnProfile values;

    /** Computed when first asked for, as the next is: they visit every text that is remembered, and of a baseline serve every window. */
    private volatile @Nullable TextForms forms;

    private volatile @Nullable ColumnReading eachOnce;

    private ColumnReading(ColumnProfile source, ReadingRule rule) {
        this.source = source;
        this.rule = rule;
        if (source.count(ValueKind.STRING) > 0
                && (rule.absences() || rule.codes() || rule.type() != FeatureType.STRING)) {
            source.categories().forEachText(this::sortIn);
        }
        absent.sort(Category.ORDER);
        odd.sort(Category.ORDER);
        values = read(rule.codes() && written().isComplete());
    }

    private void sortIn(String text, long count) {
        if (rule.absences() && MissingSpelling.is(text)) {
            absent.add(new Category(text, count));
        } else if (rule.type() != FeatureType.STRING || rule.codes()) {
            sortOdd(text, count);
        }
    }

    private void sortOdd(String text, long count) {
        Amounts amounts = rule.amounts();
        if (LexicalForm.of(text) != ValueKind.BOOLEAN
                && !(rule.codes() && isDigits(text))
                && (amounts == null || Double.isNaN(amounts.number(text)))) {
            odd.add(new Category(text, count));
        }
    }

    /** Returns what a column shows of itself. */
    static ColumnReading of(ColumnProfile column) {
        long[] absent = {0};
        if (column.count(ValueKind.STRING) > 0) {
            column.categories().forEachText((text, count) -> absent[0] += MissingSpelling.is(text) ? count : 0);
        }
        return new ColumnReading(column, ReadingRule.of(column, absent[0]));
    }

    /** Returns a reading of a column that is said to be of a type. */
    public static ColumnReading of(ColumnProfile column, FeatureType type) {
        return type == FeatureType.UNKNOWN || type == column.reading().type()
                ? column.reading()
                : new ColumnReading(column, new ReadingRule(type, false, type != FeatureType.STRING, false, null));
    }

    /** Returns a reading of another column by the same rule; of its own if this has no values to tell. */
    public ColumnReading as(ColumnProfile other) {
        return rule.type() == FeatureType.UNKNOWN ? other.reading() : new ColumnReading(other, rule);
    }

    /** Returns this reading with texts that commonly stand for nothing taken for missing values, as in a column of times. */
    ColumnReading withAbsences() {
        return rule.absences() ? this : new ColumnReading(source, rule.withAbsences());
    }

    /** Returns how texts are numbers; null if they are none. */
    @Nullable
    Amounts amounts() {
        return rule.amounts();
    }

    /**
     * Returns whether rows come in no order that shows in their values, as those of a sample do and those of a log do not. Where most are
     * equal, that is not known.
     */
    public boolean isInNoOrder() {
        Categories categories = values.categories();
        double n = values.present();
        double equal = categories.isComplete()
                ? categories.stream()
                        .mapToDouble(category -> category.count() / n * (category.count() / n))
                        .sum()
                : (categories.greatestCount() + categories.countError()) / n;
        RowSteps steps = source.steps();
        return equal <= MOST_EQUAL
                && steps.total() >= LEAST_SHARE * (n - 1)
                && (steps.areDirected()
                        ? steps.areOfIndependent(equal)
                        : categories.isComplete() && areEqualByChance(steps, equal));
    }

    /** Returns whether as many texts as chance has it are equal to that of the row before, as those of rows in an order are not. */
    private static boolean areEqualByChance(RowSteps steps, double equal) {
        double expected = equal * steps.total();
        double found = (double) steps.total() - steps.turns();
        return steps.total() >= LEAST_STEPS && Math.abs(found - expected) <= ERRORS * Math.sqrt(expected) + 1;
    }

    /** Returns whether this reads the column that another reading does. */
    boolean isOf(ColumnReading other) {
        return source == other.source;
    }

    /** Returns a reading in which each value occurs once; only where every one is remembered. */
    ColumnReading withEachOnce() {
        ColumnReading known = eachOnce != null ? eachOnce : new ColumnReading(source.withEachOnce(), rule);
        eachOnce = known;
        return known;
    }

    /** Returns how many values are of a kind before they are read. */
    long plain(int kind) {
        return source.count(kind);
    }

    /** Returns the forms of the texts, those that stand for missing values included. */
    TextForms forms() {
        TextForms known = forms != null ? forms : source.categories().forms();
        forms = known;
        return known;
    }

    /**
     * Returns how many texts have which word, one drawn of each: a word of each cell of words, empty where none is of more than half of its
     * texts, and at last those without a word.
     */
    public List<Category> words() {
        return forms().words();
    }

    private ColumnProfile read(boolean asTexts) {
        Amounts amounts = rule.amounts();
        if (amounts != null) {
            return amounts.read(source, rule.type(), total(absent));
        }
        KindCounts kinds = source.kinds();
        long codes = !rule.codes() ? 0 : asTexts ? kinds.count(ValueKind.INTEGRAL) : kinds.padded();
        KindCounts read = kinds.byValue(total(absent), codes);
        boolean asNumbers = rule.codes() && !asTexts;
        boolean areNumbers = rule.words() && read.numbers() > 0;
        FeatureType type =
                asNumbers ? FeatureType.INTEGRAL : areNumbers ? ReadingRule.numberType(read) : ReadingRule.typeOf(read);
        boolean respelled =
                type.isNumeric() || kinds.whole() > 0 || kinds.count(ValueKind.BOOLEAN) > 0 || !absent.isEmpty();
        Categories categories = source.categories();
        ColumnProfile byValue = source.readAs(
                type,
                read,
                respelled
                        ? categories.byValue(
                                text -> rule.absences() && MissingSpelling.is(text), type.isNumeric(), null)
                        : categories);
        return type == FeatureType.FRACTIONAL ? NearDecimals.read(byValue) : byValue;
    }

    /** Returns the cells as they are written, all of them if they are complete. Not to be changed. */
    Categories written() {
        return source.categories();
    }

    /** Returns the type of the column. */
    public FeatureType type() {
        return rule.type();
    }

    /** Returns how many values are of the type of the column, of one of numbers: without words. */
    long ofType() {
        long numbers = values.kinds().numbers();
        return rule.type().isNumeric() && numbers > 0 ? numbers : values.present();
    }

    /** Returns how many different values are of the type of the column. */
    double differentOfType() {
        long[] words = {0};
        if (rule.type().isNumeric() && values.kinds().numbers() > 0) {
            values.categories().forEachText((text, count) -> words[0]++);
        }
        return Math.min((double) ofType(), values.distinctCount() - words[0]);
    }

    /** Returns whether the values are codes of digits. */
    public boolean isOfCodes() {
        return rule.codes();
    }

    /** Returns the column as it is read: its missing values, kinds and categories. Its numbers are those of the profile. */
    public ColumnProfile values() {
        return values;
    }

    /**
     * Returns the column as it is read to be compared with another: as {@link #values}, but that codes, of which one of both
     * remembers not every one, are compared as the numbers that they are too, and how many have zeros in front.
     */
    public ColumnProfile beside(ColumnReading other) {
        return rule.codes() && written().isComplete() && !other.written().isComplete() ? read(false) : values;
    }

    /** Returns whether all values are texts of one length. */
    boolean areOfOneLength() {
        TextLengths lengths = source.lengths();
        return rule.type() == FeatureType.STRING
                && lengths.minUnits() == lengths.maxUnits()
                && lengths.count() == source.present();
    }

    /** Returns how many texts at least are shorter than those of another reading, if these are texts of one length; 0 if they are not. */
    public long shorterThan(ColumnReading other) {
        return other.areOfOneLength()
                ? source.lengths().shorterThan(other.source.lengths().minUnits())
                : 0;
    }

    /**
     * Returns how many texts at least are longer than those of another reading, if these are texts of one length that are not counted up,
     * which grow by a digit; 0 if they are not. In most texts that are drawn by chance digits and letters alternate.
     */
    public long longerThan(ColumnReading other) {
        return other.areOfOneLength() && other.forms().areRandom()
                ? source.lengths().longerThan(other.source.lengths().maxUnits())
                : 0;
    }

    /** Returns how many numbers have a zero before another digit. */
    public long padded() {
        return source.kinds().padded();
    }

    /**
     * Returns how many digits every fraction without a sign has before its point, if some have zeros in front to have so many; 0 if they
     * differ, as far as that is known, or this is no column of such fractions.
     */
    public int pointedWidth() {
        KindCounts kinds = source.kinds();
        long padded = kinds.padded() + kinds.paddedFractions();
        if (rule.type() != FeatureType.FRACTIONAL
                || amounts() != null
                || source.moments().negativeCount() > 0
                || !ReadingRule.arePadded(padded, kinds.numbers())) {
            return 0;
        }
        return IntStream.rangeClosed(2, MOST_DIGITS)
                .filter(width -> unpadded(width) <= 0)
                .filter(width -> padded - belowWidth(width) <= rankError())
                .findFirst()
                .orElse(0);
    }

    /** Returns how many numbers, at least, have fewer digits before the point; 0 if they have no spelling. */
    public long unpadded(int width) {
        KindCounts kinds = source.kinds();
        boolean areSpelled = source.lengths().count() >= source.present();
        return !areSpelled
                ? 0
                : Math.max(0, belowWidth(width) - kinds.padded() - kinds.paddedFractions() - rankError());
    }

    private long belowWidth(int width) {
        return source.distribution().countBelow(StrictMath.pow(10, width - 1.0));
    }

    private long rankError() {
        return written().isComplete()
                ? 0
                : (long) Math.ceil(
                        source.quantiles().rankError() * source.distribution().total());
    }

    /** Returns of how many digits every code is; 0 if they differ, or this is no column of codes. */
    public int codeLength() {
        TextLengths lengths = source.lengths();
        if (!rule.codes()) {
            return 0;
        }
        if (!written().isComplete()) {
            return lengths.minUnits() == lengths.maxUnits() ? lengths.minUnits() : 0;
        }
        int[] all = source.categories().stream()
                .filter(category -> isDigits(category.value()))
                .mapToInt(category -> category.value().length())
                .distinct()
                .toArray();
        return all.length == 1 ? all[0] : 0;
    }

    /**
     * Returns how many values are of so many digits. Where not every value is remembered, the sketch of the numbers tells how many
     * are too small for it and have no zeros in front, and a text that is not remembered gets the benefit of the doubt.
     */
    public long countOfLength(int length) {
        List<Category> known = source.categories().values();
        WeightedValues numbers = source.distribution();
        if (written().isComplete()) {
            return total(known.stream().filter(c -> isOfLength(c, length)).toList());
        }
        long below = numbers.countBelow(StrictMath.pow(10, length - 1.0)) - padded();
        long above = numbers.total() - numbers.countBelow(StrictMath.pow(10, length));
        long others = total(known.stream().filter(c -> !isOfLength(c, length)).toList()) - total(absent);
        return Math.max(0, values.present() - Math.max(0, below) - above - others);
    }

    private static boolean isOfLength(Category category, int length) {
        return category.value().length() == length && isDigits(category.value());
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Returns which texts stand for missing values here, and how often; such as {@code 1 of 5,000 cells is 'NaN'}; or nothing. */
    public String missingNote() {
        return CellNote.of(absent, source.rows());
    }

    /** Returns which texts are not of the type of the column, and how often; nothing for a column of texts. */
    public String oddNote() {
        return CellNote.of(odd, source.rows());
    }

    private static long total(List<Category> cells) {
        return cells.stream().mapToLong(Category::count).sum();
    }

    /**
     * Returns a value as it is written whatever its spelling was: truth values in lower case, whole numbers by their digits
     * unless they have zeros in front or are too large for a double to tell apart; anything else as it is.
     */
    public static String value(String text) {
        byte kind = LexicalForm.of(text);
        if (kind == ValueKind.BOOLEAN) {
            return text.toLowerCase(Locale.ROOT);
        }
        if (!ValueKind.isNumber(kind) || (kind == ValueKind.INTEGRAL && TextCursor.isDigit(text.charAt(0)))) {
            return text;
        }
        double number = Double.parseDouble(text);
        boolean whole = number == Math.rint(number) && Math.abs(number) < Categories.EXACT_INTEGERS;
        return whole ? Long.toString((long) number) : text;
    }

    @Override
    public String toString() {
        String kind = rule.codes() ? "codes" : rule.type().name().toLowerCase(Locale.ROOT);
        return List.of(kind, missingNote(), oddNote()).stream()
                .filter(note -> !note.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
