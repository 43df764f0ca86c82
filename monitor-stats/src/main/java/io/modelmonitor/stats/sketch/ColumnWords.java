package io.modelmonitor.stats.sketch;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a column's name, in lower case: {@code customerId}, {@code Customer ID} and {@code customer_id} are customer and
 * id.
 *
 * @param words the words, in order
 */
record ColumnWords(List<String> words) {

    private static final Set<String> IDS =
            Set.of("id", "ids", "uuid", "guid", "uid", "pk", "oid", "rowid", "identifier");
    /** Words for one of many that come again. */
    private static final Set<String> MEMBERS = Set.of(
            ("user username login customer cust client member patient account acct device visitor subscriber employee merchant seller"
                            + " buyer student passenger driver policyholder borrower cardholder kunde kundin benutzer konto cliente usuario"
                            + " cuenta utilisateur compte utente paciente")
                    .split(" ", -1));

    private static final Set<String> NUMBERS =
            Set.of("no", "nr", "num", "number", "nummer", "numero", "número", "numéro", "ref", "key", "hash", "token");

    private static final Set<String> MONTHS = Set.of("month", "period", "yyyymm", "ym");
    private static final Set<String> PERIODS =
            Set.of("month", "period", "fiscal", "periode", "periodo", "monat", "mes", "mois");
    private static final Set<String> DATES =
            Set.of("date", "dates", "dt", "datetime", "timestamp", "day", "created", "updated", "modified");
    /** Words for a date or a time in other languages. */
    private static final Set<String> OTHER_DATES = Set.of(
            ("datum fecha data dato dátum päivämäärä paivamaara tarih tarihi дата erstellt geändert creado actualizado créé criado"
                            + " creato aangemaakt skapad utworzono создано zeitpunkt zeitstempel horodatage")
                    .split(" ", -1));

    /** Ends of words that are compounds, or are written without blanks between words. */
    private static final List<String> ENDS =
            List.of("datum", "dátum", "dato", "tag", "päivä", "日", "日付", "日期", "日時", "날짜", "일자");

    /** Other words with such an end. */
    private static final Set<String> NO_DATES =
            Set.of(("tag hashtag nametag metatag montag dienstag donnerstag freitag samstag sonntag mandato candidato"
                            + " soldato 曜日")
                    .split(" ", -1));

    /** Words behind which {@code data} is no Italian, Polish or Portuguese date. */
    private static final Set<String> OF_DATA =
            Set.of("volume size usage used mb gb kb bytes count points rate length quality cost value limit plan"
                    .split(" ", -1));

    private static final Set<String> TIMES = Set.of(
            "date",
            "dates",
            "day",
            "dt",
            "time",
            "times",
            "timestamp",
            "datetime",
            "ts",
            "at",
            "epoch",
            "created",
            "updated",
            "when",
            "month",
            "week",
            "period",
            "yyyymm",
            "yyyymmdd",
            "modified",
            "clock");

    static ColumnWords of(String name) {
        String apart = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replaceAll("([A-Z])([A-Z][a-z])", "$1 $2");
        return new ColumnWords(List.of(apart.toLowerCase(Locale.ROOT).strip().split("[^\\p{L}\\p{N}]+", -1)).stream()
                .filter(word -> !word.isEmpty())
                .toList());
    }

    boolean has(String word) {
        return words.contains(word);
    }

    String last() {
        return words.isEmpty() ? "" : words.get(words.size() - 1);
    }

    String first() {
        return words.isEmpty() ? "" : words.get(0);
    }

    /** Returns all words in one. */
    String joined() {
        return String.join("", words);
    }

    /** Returns whether they say that the values name something. */
    boolean sayId() {
        return IDS.contains(last()) || IDS.contains(joined());
    }

    /** Returns whether they say that each value stands for one of many, such as a customer, by a name or a number. */
    boolean sayMember() {
        boolean isNumbered = NUMBERS.contains(last()) && words.stream().anyMatch(MEMBERS::contains);
        return MEMBERS.contains(last()) || isNumbered;
    }

    /** Returns whether they say that the values are months. */
    boolean sayMonth() {
        return words.stream().anyMatch(MONTHS::contains);
    }

    /** Returns whether they say that the values are months, perhaps of a year of accounts. */
    boolean sayPeriod() {
        return words.stream().anyMatch(PERIODS::contains);
    }

    /** Returns whether they say that the values are dates, with a clock or without. */
    boolean sayDate() {
        return words.stream().anyMatch(word -> DATES.contains(word) || isOtherDate(word));
    }

    /** Returns whether they say that the values are times. */
    boolean sayTime() {
        return words.stream().anyMatch(word -> TIMES.contains(word) || isOtherDate(word));
    }

    private boolean isOtherDate(String word) {
        boolean isEnglish = word.equals("data") && OF_DATA.contains(last());
        return (OTHER_DATES.contains(word) && !isEnglish)
                || (ENDS.stream().anyMatch(word::endsWith) && !NO_DATES.contains(word));
    }
}
