package io.modelmonitor.stats.internal.text;

import io.modelmonitor.stats.internal.Hashes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The names of months and weekdays in languages of Western Europe, and how they are cut short in English and others. */
public final class CalendarNames {

    private static final int SHORT = 3;
    private static final int HASH_BITS = 10;
    private static final Pattern BLANK = Pattern.compile(" ");

    /** For each month its names, and what it is called when cut short. */
    private static final List<String> MONTHS = List.of(
            "january jan januar j\u00e4nner j\u00e4n janvier janv enero ene gennaio gen janeiro januari",
            "february feb februar f\u00e9vrier f\u00e9vr febrero febbraio fevereiro fev februari",
            "march mar m\u00e4rz m\u00e4r mrz mars marzo mar\u00e7o maart mrt",
            "april apr avril avr abril abr aprile",
            "may mai mayo maggio mag maio mei",
            "june jun juni juin junio giugno giu junho",
            "july jul juli juillet juil julio luglio lug julho",
            "august aug ao\u00fbt agosto ago augustus",
            "september sep sept septembre septiembre settembre set setembro",
            "october oct oktober okt octobre octubre ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec dezember dez d\u00e9cembre d\u00e9c diciembre dic dicembre dezembro");

    private static final List<String> WEEKDAYS = List.of(
            "monday mon montag lundi lunes luned\u00ec maandag",
            "tuesday tue tues dienstag mardi martes marted\u00ec dinsdag",
            "wednesday wed mittwoch mercredi mi\u00e9rcoles mercoled\u00ec woensdag",
            "thursday thu thur thurs donnerstag jeudi jueves gioved\u00ec donderdag",
            "friday fri freitag vendredi viernes venerd\u00ec vrijdag",
            "saturday sat samstag sonnabend samedi s\u00e1bado sabato zaterdag",
            "sunday sun sonntag dimanche domingo domenica zondag");

    /** For each month what it is called in dates of other languages, whose words are no names of months in other texts. */
    private static final List<String> IN_DATES = List.of(
            "stycznia sty января янв ocak tammikuuta ledna ianuarie",
            "lutego lut февраля февр фев şubat helmikuuta února februarie",
            "marca марта мар mart marts maaliskuuta března martie",
            "kwietnia kwi апреля апр nisan huhtikuuta dubna aprilie",
            "maja maj мая май mayıs toukokuuta května",
            "czerwca cze июня июн haziran kesäkuuta června iunie",
            "lipca lip июля июл temmuz heinäkuuta července iulie",
            "sierpnia sie августа авг augusti ağustos elokuuta srpna",
            "września wrz сентября сент сен eylül syyskuuta září septembrie",
            "października paź октября окт ekim lokakuuta října octombrie",
            "listopada lis ноября нояб ноя kasım marraskuuta listopadu noiembrie",
            "grudnia gru декабря дек aralık joulukuuta prosince decembrie desember des");

    /** Weekdays cut short, and words before a date, in lower case. */
    private static final Set<String> BEFORE_DATES = Set.of(
            ("mo di mi do fr sa so lun mar mer jeu ven sam dim mi\u00e9 mie jue vie s\u00e1b sab dom gio seg ter qua qui sex ma wo vr za zo"
                            + " pon wto \u015bro czw pi\u0105 sob nie le el il am den on em")
                    .split(" ", -1));

    private static final Names OF_MONTHS = new Names(MONTHS);
    private static final Names OF_MONTHS_IN_DATES = new Names(IntStream.range(0, MONTHS.size())
            .mapToObj(i -> MONTHS.get(i) + " " + IN_DATES.get(i))
            .toList());
    private static final Names OF_WEEKDAYS = new Names(WEEKDAYS);

    private CalendarNames() {}

    /** Returns the number of the month of a name in a text, in any case, from 1; 0 if it is none. */
    public static int month(CharSequence text, int from, int to) {
        return OF_MONTHS.number(text, from, to);
    }

    /** Returns the number of the month of a name within a date, in any case, from 1; 0 if it is none. */
    public static int monthOfDate(CharSequence text, int from, int to) {
        return OF_MONTHS_IN_DATES.number(text, from, to);
    }

    /** Returns whether a part of a text is the name of a day of the week, in any case. */
    public static boolean isWeekday(CharSequence text, int from, int to) {
        return OF_WEEKDAYS.number(text, from, to) > 0;
    }

    /** Returns whether a part of a text is, in any case, a weekday cut short or another word that may stand before a date. */
    static boolean isBeforeDate(CharSequence text, int from, int to) {
        return to - from <= SHORT
                && BEFORE_DATES.contains(text.subSequence(from, to).toString().toLowerCase(Locale.ROOT));
    }

    /** Returns the number of the month of which a text is the name, in any case, from 1; 0 if it is none. */
    public static int month(String text) {
        String name = text.strip();
        return month(name, 0, name.length());
    }

    /** Returns the number of the day of the week of which a text is the name, in any case, from 1 for Monday; 0 if it is none. */
    public static int weekday(String text) {
        String name = text.strip();
        return OF_WEEKDAYS.number(name, 0, name.length());
    }

    /** A name in lower case, its first three letters as a number, and what it is the name of, from 1. */
    private record Name(int beginning, String name, int number) {}

    /** Names in the order of their first three letters, which say of most words at once that they are none. */
    private static final class Names {

        private final Name[] names;
        private final int[] beginnings;
        /** The hashes that beginnings have, which say of most others that they are none. */
        private final boolean[] isHash = new boolean[1 << HASH_BITS];

        private Names(List<String> of) {
            names = IntStream.range(0, of.size())
                    .boxed()
                    .flatMap(i -> BLANK.splitAsStream(of.get(i)).map(name -> new Name(beginning(name, 0), name, i + 1)))
                    .sorted(Comparator.comparingInt(Name::beginning))
                    .toArray(Name[]::new);
            beginnings = Arrays.stream(names).mapToInt(Name::beginning).toArray();
            for (int beginning : beginnings) {
                isHash[hash(beginning)] = true;
            }
        }

        /** Returns the number of a name; 0 if it is none. */
        private int number(CharSequence text, int from, int to) {
            if (to - from < SHORT) {
                return 0;
            }
            int beginning = beginning(text, from);
            if (!isHash[hash(beginning)]) {
                return 0;
            }
            int place = Arrays.binarySearch(beginnings, beginning);
            while (place > 0 && beginnings[place - 1] == beginning) {
                place--;
            }
            for (int i = place; i >= 0 && i < names.length && beginnings[i] == beginning; i++) {
                if (isEqual(text, from, to, names[i].name)) {
                    return names[i].number;
                }
            }
            return 0;
        }
    }

    private static int hash(int beginning) {
        return Hashes.place(beginning, HASH_BITS);
    }

    /** Returns the first three letters of a word as a number, whatever their case. */
    private static int beginning(CharSequence text, int from) {
        int beginning = 0;
        for (int i = from; i < from + SHORT; i++) {
            char c = text.charAt(i);
            beginning = beginning << Byte.SIZE | (small(c) & 0xff);
        }
        return beginning;
    }

    /** Returns a letter in lower case; of other signs any. */
    private static char small(char c) {
        return c <= 0xff ? (char) (c | ' ') : Character.toLowerCase(c);
    }

    /** Returns whether a part of a text in any case is a name in lower case. */
    private static boolean isEqual(CharSequence text, int from, int to, String name) {
        if (to - from != name.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (small(text.charAt(i)) != name.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }
}
