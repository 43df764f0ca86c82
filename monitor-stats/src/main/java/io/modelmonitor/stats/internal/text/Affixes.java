package io.modelmonitor.stats.internal.text;

/** The beginnings and ends of numbers, with {@code 9} for the number, and marks behind those that alone do not say enough. */
public final class Affixes {

    /** Behind affixes of which it is not known that they are around numbers. */
    private static final String DOUBTFUL = "\u2026";

    /** Behind affixes of a credit in a ledger if that is a number of crores. */
    private static final String CRORES = "\u00d7";

    private static final Multiple CRORE = Multiple.ofTen(7);
    private static final int GROUP = 3;

    private Affixes() {}

    /** Returns affixes as those of digits that may be a code. */
    static String asDoubtful(String affixes) {
        return affixes + DOUBTFUL;
    }

    /** Returns whether affixes alone do not say that they are around a number, or of which size. */
    public static boolean isDoubtful(String affixes) {
        return affixes.endsWith(DOUBTFUL) || affixes.endsWith(CRORES);
    }

    /** Returns doubtful affixes as they are around numbers for certain; others as they are. */
    public static String certain(String affixes) {
        return isDoubtful(affixes) ? affixes.substring(0, affixes.length() - 1) : affixes;
    }

    /** Returns affixes as those of so many crores. */
    public static String asCrores(String affixes) {
        return affixes + CRORES;
    }

    /** Returns whether affixes are those of so many crores. */
    public static boolean areOfCrores(String affixes) {
        return affixes.endsWith(CRORES);
    }

    /** Returns so many crores. */
    public static double crores(double number) {
        return CRORE.of(number);
    }

    /** Returns whether affixes are those of a debit in a ledger. */
    public static boolean areOfDebit(String affixes) {
        return affixes.endsWith("9 Dr")
                || affixes.endsWith("9Dr")
                || affixes.endsWith("9 dr")
                || affixes.endsWith("9dr");
    }

    /** Returns whether the beginning of a number is a currency: its sign, or its letters by ISO 4217. */
    public static boolean isCurrency(String beginning) {
        String name = beginning.strip();
        return Units.ISO_4217.contains(name)
                || Units.CURRENCIES.contains(name)
                || (name.length() == 1 && AmountText.isCurrencySymbol(name.charAt(0)));
    }

    /** Returns whether a text has a number with a separator before its last three digits, or before those in front of decimals. */
    public static boolean hasThousands(String text) {
        return hasThousands(text, 0, text.length());
    }

    static boolean hasThousands(CharSequence text, int from, int to) {
        int digits = 0;
        boolean isGroup = false;
        for (int i = from; i <= to; i++) {
            char c = i < to ? text.charAt(i) : 0;
            if (TextCursor.isDigit(c)) {
                digits++;
                continue;
            }
            if (isGroup && digits == GROUP) {
                return true;
            }
            isGroup = digits > 0 && digits <= GROUP && NumberBody.isSeparator(c);
            digits = 0;
        }
        return false;
    }
}
