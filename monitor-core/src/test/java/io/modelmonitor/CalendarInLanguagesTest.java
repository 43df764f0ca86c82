package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of the calendar in the words of many languages: that time goes on is no drift, that a spelling changes is seen. */
@Tag("simulation")
class CalendarInLanguagesTest {

    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 4, 0, 0);
    private static final int ROWS = 3_000;

    /**
     * A column whose rows go on with time.
     *
     * @param name its name
     * @param step the minutes from row to row
     * @param spelling the value of a row
     */
    private record Part(String name, int step, Function<LocalDateTime, Object> spelling) {

        private Dataset table(int from, int rows, int seed) {
            SplittableRandom random = new SplittableRandom(seed);
            Object[] values = new Object[rows];
            for (int i = 0; i < rows; i++) {
                values[i] = spelling.apply(START.plusMinutes((long) (from + i) * step + random.nextInt(step)));
            }
            return Datasets.columns()
                    .add(name, values)
                    .add("x", random.doubles(rows).toArray())
                    .build();
        }

        private Baseline baseline() {
            return Baseline.of(table(0, ROWS, 1));
        }

        private Part spelt(Function<LocalDateTime, Object> other) {
            return new Part(name, step, other);
        }
    }

    private static Function<LocalDateTime, Object> pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)::format;
    }

    private static Function<LocalDateTime, Object> weekday(String names) {
        String[] all = names.split(" ", -1);
        return time -> all[time.getDayOfWeek().getValue() - 1];
    }

    private static Function<LocalDateTime, Object> month(String names) {
        String[] all = names.split(" ", -1);
        return time -> all[time.getMonthValue() - 1];
    }

    private static int week(LocalDateTime time) {
        return time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }

    private static final String GERMAN_DAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag";
    private static final String FRENCH_MONTHS =
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre";
    private static final String RUSSIAN_MONTHS =
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря";
    private static final String POLISH_MONTHS =
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia";

    static Stream<Part> numbers() {
        return Stream.of(
                        Stream.of(
                                        "Stunde", "stunde", "hora", "heure", "uur", "ora", "godzina", "timme", "saat",
                                        "час", "小时", "時", "tod", "h")
                                .map(name -> new Part(name, 10, LocalDateTime::getHour)),
                        Stream.of("Wochentag", "dia_semana", "jour", "giorno", "weekdag", "día de la semana")
                                .map(name -> new Part(
                                        name, 40, time -> time.getDayOfWeek().getValue() % 7)),
                        Stream.of(
                                        "Monat", "mes", "mês", "mois", "mese", "maand", "miesiąc", "månad", "ay",
                                        "месяц", "月")
                                .map(name -> new Part(name, 25, LocalDateTime::getMonthValue)),
                        Stream.of("Jahr", "año", "ano", "année", "anno", "jaar", "rok", "år", "yıl", "год", "年")
                                .map(name -> new Part(name, 170, LocalDateTime::getYear)))
                .flatMap(parts -> parts);
    }

    static Stream<Part> names() {
        Stream<Part> weekdays = Stream.of(
                        GERMAN_DAYS,
                        "Mo. Di. Mi. Do. Fr. Sa. So.",
                        "Mo Di Mi Do Fr Sa So",
                        "lundi mardi mercredi jeudi vendredi samedi dimanche",
                        "lun. mar. mer. jeu. ven. sam. dim.",
                        "lun mar mié jue vie sáb dom",
                        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
                        "ma di wo do vr za zo",
                        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
                        "poniedziałek wtorek środa czwartek piątek sobota niedziela",
                        "PONIEDZIALEK WTOREK SRODA CZWARTEK PIATEK SOBOTA NIEDZIELA",
                        "понедельник вторник среда четверг пятница суббота воскресенье",
                        "пн вт ср чт пт сб вс",
                        "måndag tisdag onsdag torsdag fredag lördag söndag",
                        "Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi Pazar",
                        "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
                        "月 火 水 木 金 土 日",
                        "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
                        "周一 周二 周三 周四 周五 周六 周日")
                .map(days -> new Part("c", 40, weekday(days)));
        Stream<Part> months = Stream.of(
                        FRENCH_MONTHS,
                        RUSSIAN_MONTHS,
                        POLISH_MONTHS,
                        "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
                        "ene feb mar abr may jun jul ago sept oct nov dic",
                        "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.",
                        "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
                        "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
                        "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月")
                .map(names -> new Part("c", 25, month(names)));
        return Stream.concat(weekdays, months);
    }

    private static String ordinal(LocalDateTime time) {
        return pattern("MMMM d").apply(time)
                + (time.getDayOfMonth() % 10 == 1 ? "st" : time.getDayOfMonth() % 10 == 2 ? "nd" : "th")
                + ", " + time.getYear();
    }

    static Stream<Part> spellings() {
        return Stream.of(
                new Part("period", 25, time -> "P" + time.getMonthValue()),
                new Part("c", 25, pattern("'FY'yy-'P'MM")),
                new Part("c", 25, pattern("yyyy'M'MM")),
                new Part("c", 25, time -> "KW " + week(time)),
                new Part("c", 25, time -> String.format(Locale.ROOT, "KW%02d", week(time))),
                new Part("week", 25, time -> String.format(Locale.ROOT, "W%02d", week(time))),
                new Part("Woche", 25, time -> "Week " + week(time)),
                new Part("hour", 10, pattern("h a")),
                new Part("heure", 10, time -> time.getHour() + "h"),
                new Part("Stunde", 10, pattern("HH")),
                new Part("c", 25, pattern("dd.MM.")),
                new Part("c", 25, CalendarInLanguagesTest::ordinal),
                new Part(
                        "c",
                        25,
                        time -> time.getDayOfMonth() + " "
                                + month(RUSSIAN_MONTHS).apply(time) + " 2024"),
                new Part(
                        "c",
                        25,
                        time -> time.getDayOfMonth() + " "
                                + month(POLISH_MONTHS).apply(time) + " 2024"));
    }

    @ParameterizedTest
    @MethodSource({"numbers", "names", "spellings"})
    void thatTimeGoesOnIsNoDrift(Part part) {
        Baseline baseline = part.baseline();
        Monitor monitor = Monitor.against(baseline);

        assertThat(baseline.profile().typing(part.name).type()).isEqualTo(ColumnType.TIME);
        for (int rows : new int[] {20, 300, 2_000}) {
            assertThat(Tables.violated(monitor.check(part.table(ROWS, rows, rows))))
                    .isEmpty();
            assertThat(Tables.violated(monitor.check(part.table(2 * ROWS, rows, rows))))
                    .isEmpty();
        }
    }

    static Stream<Arguments> changes() {
        Part hours = new Part("Stunde", 10, pattern("HH"));
        Part days = new Part("c", 40, weekday(GERMAN_DAYS));
        Part months = new Part("c", 170, month(FRENCH_MONTHS));
        return Stream.of(
                Arguments.of("German turned English", days, pattern("EEEE")),
                Arguments.of("names turned numbers", days, pattern("e")),
                Arguments.of("names turned other words", days, weekday("a b c d e f g")),
                Arguments.of("French turned English", months, pattern("MMMM")),
                Arguments.of("months turned numbers", months, pattern("M")),
                Arguments.of(
                        "Japanese turned Chinese",
                        days.spelt(weekday("月曜 火曜 水曜 木曜 金曜 土曜 日曜")),
                        weekday("周一 周二 周三 周四 周五 周六 周日")),
                Arguments.of("a zero is lost", hours, pattern("H")),
                Arguments.of("halves of a day are lost", hours.spelt(pattern("h a")), pattern("H:mm")),
                Arguments.of("weeks turned numbers", days.spelt(time -> "KW " + week(time)), pattern("w")),
                Arguments.of(
                        "ordinals turned plain",
                        days.spelt(CalendarInLanguagesTest::ordinal),
                        pattern("MMMM d, yyyy")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void anotherSpellingIsSeen(String name, Part part, Function<LocalDateTime, Object> other) {
        Monitor monitor = Monitor.against(part.baseline());

        for (int rows : new int[] {300, 2_000}) {
            assertThat(Tables.violated(monitor.check(part.spelt(other).table(ROWS, rows, 2))))
                    .containsAnyOf(part.name + " format_share", part.name + " type_share");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status: mar open",
                "status: mar open closed set out",
                "state: MO MI",
                "country: FR SA DO",
                "ano_escolar: segunda quinta",
                "priority: P1 P2 P3",
                "warehouse: W01 W02 W03",
                "visit: Week_0 Week_4 Week_12",
                "chapter: 1.1. 1.2. 2.1.",
                "size: 2024M2 2024XL",
                "h: 0 1",
                "Tod: 0 1",
                "tod: 0 1 99",
                "duration_h: 1 2 3 5 8",
                "Dauer_Stunde: 1 2 3",
                "Geburt_Monat: 1 2 3",
                "umsatz_pro_stunde: 3 9 12",
                "ort: 9h 10h nie"
            })
    void ordinaryCategoriesAreNoTimes(String column) {
        List<String> words = Arrays.asList(column.split(":? ", -1));
        SplittableRandom random = new SplittableRandom(1);
        Part part = new Part(words.get(0), 10, time -> words.get(1 + random.nextInt(words.size() - 1))
                .replace('_', ' '));

        assertThat(part.baseline().profile().typing(part.name).type())
                .isIn(ColumnType.CATEGORY, ColumnType.WHOLE_NUMBER, ColumnType.BOOLEAN);
    }

    @ParameterizedTest
    @CsvSource({"Wochentag, Mo", "weekday, Monday", "mois, janvier"})
    void oneNameIsATimeIfTheColumnSaysIt(String column, String name) {
        assertThat(new Part(column, 10, time -> name)
                        .baseline()
                        .profile()
                        .typing(column)
                        .type())
                .isEqualTo(ColumnType.TIME);
        assertThat(new Part("c", 10, time -> name)
                        .baseline()
                        .profile()
                        .typing("c")
                        .type())
                .isEqualTo(ColumnType.CONSTANT);
    }
}
