package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.ValueKind;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which values are read.
 *
 * @param type the type of the column
 * @param codes whether digits are texts
 * @param absences whether texts may stand for missing values
 * @param words whether words come among numbers
 * @param amounts how texts are numbers; null if they are none
 */
record ReadingRule(
        FeatureType type,
        boolean codes,
        boolean absences,
        boolean words,
        @Nullable Amounts amounts) {

    private static final double LEAST_SHARE = 0.9;
    private static final double LEAST_PADDED_SHARE = 0.01;
    /** One cell makes no rule. */
    private static final long LEAST_PADDED = 2;

    /** @param absent how many of the texts commonly stand for nothing */
    static ReadingRule of(ColumnProfile column, long absent) {
        KindCounts kinds = column.kinds();
        long present = kinds.present() - absent;
        if (present == 0) {
            return new ReadingRule(kinds.type(), false, false, false, null);
        }
        if (areCodes(kinds, present) && column.moments().negativeCount() == 0) {
            return new ReadingRule(FeatureType.STRING, true, true, false, null);
        }
        KindCounts read = kinds.byValue(absent, 0);
        FeatureType type = typeOf(read);
        boolean areNumbers = type == FeatureType.STRING && MajorityKind.areNumbers(column, read);
        if (areNumbers || type != FeatureType.STRING) {
            return new ReadingRule(areNumbers ? numberType(read) : type, false, true, areNumbers, null);
        }
        Amounts amounts = Amounts.of(column, present);
        return amounts != null
                ? new ReadingRule(amounts.type(column), false, true, false, amounts)
                : new ReadingRule(type, false, false, false, null);
    }

    private static boolean areCodes(KindCounts kinds, long present) {
        return arePadded(kinds.padded(), present) && kinds.count(ValueKind.INTEGRAL) >= LEAST_SHARE * present;
    }

    /** Returns whether so many numbers with zeros in front are no chance. */
    static boolean arePadded(long padded, long present) {
        return padded >= LEAST_PADDED && padded >= LEAST_PADDED_SHARE * present;
    }

    /** Returns this rule with texts that commonly stand for nothing taken for missing values. */
    ReadingRule withAbsences() {
        return new ReadingRule(type, codes, true, words, amounts);
    }

    static FeatureType typeOf(KindCounts kinds) {
        double least = LEAST_SHARE * kinds.present();
        if (kinds.present() > 0 && kinds.numbers() >= least) {
            return numberType(kinds);
        }
        return kinds.present() > 0 && kinds.count(ValueKind.BOOLEAN) >= least
                ? FeatureType.BOOLEAN
                : kinds.present() > 0 ? FeatureType.STRING : FeatureType.UNKNOWN;
    }

    static FeatureType numberType(KindCounts kinds) {
        return kinds.count(ValueKind.FRACTIONAL) > 0 ? FeatureType.FRACTIONAL : FeatureType.INTEGRAL;
    }
}
