package io.modelmonitor.stats.sketch;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parts of the calendar that are written as whole numbers, which only the name of a column tells from others. */
enum CalendarPart {
    YEAR(1900, 2100, "year yr yyyy", "jahr año ano année annee anno jaar rok år yıl yil год 年 年份"),
    QUARTER(1, 4, "quarter qtr", "quartal kwartaal kwartał kvartal квартал 季度"),
    MONTH(1, 12, "month mon mth", "monat mes mês mese mois maand miesiąc miesiac månad manad ay месяц 月 月份"),
    WEEK(
            0,
            53,
            "week weekofyear weeknumber",
            "woche kalenderwoche semaine semana settimana tydzień vecka hafta неделя 周 週"),
    WEEKDAY(
            0,
            7,
            "weekday dayofweek dow wday",
            "wochentag díasemana diasemana díadelasemana diadelasemana diadasemana joursemaine jourdelasemaine"
                    + " giornosettimana giornodellasettimana weekdag veckodag dzieńtygodnia dzientygodnia haftanıngünü"
                    + " деньнедели 曜日 星期 周几 jour giorno día gün день"),
    DAY(1, 31, "day dayofmonth dom", "tagdesmonats jour giorno día dag dzień gün день 日"),
    DAY_OF_YEAR(0, 366, "dayofyear doy", ""),
    HOUR(
            0,
            24,
            "hour hr hourofday",
            "stunde hora heure uur ora godzina timme saat час 小时 小時 時 时 h tod hod uhrzeith stundedestages"),
    MINUTE(0, 59, "minute minuteofhour", ""),
    SECOND(0, 60, "second secondofminute", ""),
    MINUTE_OF_DAY(
            0,
            1_440,
            "minuteofday minuteoftheday minutesofday minofday minutesincemidnight minutessincemidnight minssincemidnight"
                    + " minutesaftermidnight",
            "minutedestages minutedujour minutodeldia minutodeldía minutodelgiorno"),
    SECOND_OF_DAY(
            0,
            86_400,
            "secondofday secondoftheday secondsofday secofday secondsincemidnight secondssincemidnight secssincemidnight"
                    + " secsincemidnight secondsaftermidnight",
            "sekundedestages secondedujour segundodeldia segundodeldía secondodelgiorno"),
    /** Hours and minutes, such as {@code 930} and {@code 1345}. */
    HOUR_AND_MINUTE(0, 2_400, "hhmm", "") {
        @Override
        boolean holds(double value) {
            return super.holds(value) && value % 100 < 60;
        }
    };

    /** Names that mean a part of the calendar only where they are the whole name of a column. */
    private static final Set<String> SHORT = Set.of("h", "tod", "hod", "ay", "ano", "anno", "år");

    /** Words beside which a name is that of a duration, a number or a fixed time, such as a birth, and not of the time of the row. */
    private static final Set<String> OTHERS = Set.of(
            ("per birth built geburt nacimiento naissance nascita nascimento geboorte urodzenia födelse рождения doğum bau"
                            + " pro por je duree durée duracion duración duração durata dauer duur extra total totale gesamt"
                            + " anzahl count cantidad nb nombre liczba antal sayısı")
                    .split(" ", -1));

    private final int least;
    private final int most;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<String> names;

    /** Names in other languages, and names that may mean something else: they count only where all values fit. */
    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<String> looseNames;

    CalendarPart(int least, int most, String names, String looseNames) {
        this.least = least;
        this.most = most;
        this.names = List.of(names.split(" ", -1));
        this.looseNames = List.of(looseNames.split(" ", -1));
    }

    /** Returns the part of which a column says that it is one; null if it says none. */
    static @Nullable CalendarPart named(ColumnWords words) {
        CalendarPart found = null;
        for (CalendarPart part : values()) {
            found = part.names.contains(words.last()) || part.names.contains(words.joined()) ? part : found;
        }
        return words.has("per") || words.has("birth") || words.has("built") ? null : found;
    }

    /**
     * Returns the parts that a column may be by the words of its name in other languages, or by words that may mean something else; the
     * likelier first.
     */
    static List<CalendarPart> namedLoosely(ColumnWords words) {
        if (words.words().isEmpty() || words.words().stream().anyMatch(OTHERS::contains)) {
            return List.of();
        }
        List<CalendarPart> found = loosely(words.joined());
        if (found.isEmpty() && !SHORT.contains(words.last())) {
            found = loosely(words.last());
        }
        return found.isEmpty() && !SHORT.contains(words.first()) ? loosely(words.first()) : found;
    }

    /** Those of larger numbers come first, as the smaller are some of them. */
    private static List<CalendarPart> loosely(String name) {
        return Stream.of(values())
                .filter(part -> part.looseNames.contains(name))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** Returns all parts that a column may be by its name. */
    static List<CalendarPart> allNamed(ColumnWords words) {
        CalendarPart named = named(words);
        return named == null ? namedLoosely(words) : List.of(named);
    }

    /** Returns whether numbers fit exactly, and are no truth values. */
    boolean fits(Moments numbers) {
        return holds(numbers.min()) && holds(numbers.max()) && (numbers.min() > 0 || numbers.max() > 1);
    }

    /** Returns whether this is a part of a day, which comes round in any longer window. */
    boolean isOfDay() {
        return this == HOUR || compareTo(MINUTE) >= 0;
    }

    boolean holds(double value) {
        return value == Math.rint(value) && value >= least && value <= most;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ') + " from " + least + " to " + most;
    }
}
