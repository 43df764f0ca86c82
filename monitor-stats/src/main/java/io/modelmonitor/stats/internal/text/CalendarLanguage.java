package io.modelmonitor.stats.internal.text;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The names of months and weekdays in a language, in full and abbreviated. Months and days are separated by commas, the names of each by
 * blanks; where dates take the genitive, it is among them.
 */
public enum CalendarLanguage {
    ENGLISH(
            "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,september sept sep,october oct,"
                    + "november nov,december dec",
            "monday mon,tuesday tues tue,wednesday wed,thursday thurs thur thu,friday fri,saturday sat,sunday sun"),
    GERMAN(
            "januar jänner jan jän,februar feber feb,märz maerz mär mrz,april apr,mai,juni jun,juli jul,august aug,"
                    + "september sept sep,oktober okt,november nov,dezember dez",
            "montag mo mon,dienstag di die,mittwoch mi mit,donnerstag do don,freitag fr fre,samstag sonnabend sa sam,"
                    + "sonntag so son"),
    FRENCH(
            "janvier janv jan,février févr fév fevr fev,mars mar,avril avr,mai,juin jun,juillet juil jul,août aoû aout,"
                    + "septembre sept sep,octobre oct,novembre nov,décembre déc dec",
            "lundi lun,mardi mar,mercredi mer,jeudi jeu,vendredi ven,samedi sam,dimanche dim"),
    SPANISH(
            "enero ene,febrero feb,marzo mar,abril abr,mayo may,junio jun,julio jul,agosto ago,septiembre setiembre sept sep set,"
                    + "octubre oct,noviembre nov,diciembre dic",
            "lunes lun,martes mar,miércoles mié mie,jueves jue,viernes vie,sábado sáb sab,domingo dom"),
    ITALIAN(
            "gennaio gen,febbraio feb,marzo mar,aprile apr,maggio mag,giugno giu,luglio lug,agosto ago,settembre sett set,"
                    + "ottobre ott,novembre nov,dicembre dic",
            "lunedì lunedi' lun,martedì martedi' mar,mercoledì mercoledi' mer,giovedì giovedi' gio,venerdì venerdi' ven,"
                    + "sabato sab,domenica dom"),
    DUTCH(
            "januari jan,februari feb,maart mrt mar,april apr,mei,juni jun,juli jul,augustus aug,september sept sep,oktober okt,"
                    + "november nov,december dec",
            "maandag ma maa,dinsdag di din,woensdag wo woe,donderdag do don,vrijdag vr vri,zaterdag za zat,zondag zo zon"),
    PORTUGUESE(
            "janeiro jan,fevereiro fev,março mar,abril abr,maio mai,junho jun,julho jul,agosto ago,setembro set,outubro out,"
                    + "novembro nov,dezembro dez",
            "segunda-feira segunda seg,terça-feira terça ter,quarta-feira quarta qua,quinta-feira quinta qui,"
                    + "sexta-feira sexta sex,sábado sáb sab,domingo dom"),
    POLISH(
            "styczeń stycznia sty,luty lutego lut,marzec marca mar,kwiecień kwietnia kwi,maj maja,czerwiec czerwca cze,"
                    + "lipiec lipca lip,sierpień sierpnia sie,wrzesień września wrz,październik października paź paz,"
                    + "listopad listopada lis,grudzień grudnia gru",
            "poniedziałek pon pn,wtorek wt wto,środa śr sr śro,czwartek czw cz,piątek pt pią,sobota sob sb,"
                    + "niedziela niedz ndz nd nie"),
    RUSSIAN(
            "январь января янв,февраль февраля февр фев,март марта мар,апрель апреля апр,май мая,июнь июня июн,июль июля июл,"
                    + "август августа авг,сентябрь сентября сент сен,октябрь октября окт,ноябрь ноября нояб ноя,"
                    + "декабрь декабря дек",
            "понедельник пн пон,вторник вт втр,среда ср срд,четверг чт чтв,пятница пт птн,суббота сб сбт,"
                    + "воскресенье вс вск"),
    SWEDISH(
            "januari jan,februari feb,mars mar,april apr,maj,juni jun,juli jul,augusti aug,september sept sep,oktober okt,"
                    + "november nov,december dec",
            "måndag mån,tisdag tis,onsdag ons,torsdag tors tor,fredag fre,lördag lör,söndag sön"),
    TURKISH(
            "ocak oca,şubat şub,mart mar,nisan nis,mayıs may,haziran haz,temmuz tem,ağustos ağu,eylül eyl,ekim eki,"
                    + "kasım kas,aralık ara",
            "pazartesi pzt,salı sali sal,çarşamba çar,perşembe per,cuma cum,cumartesi cmt,pazar paz"),
    JAPANESE(
            "1月,2月,3月,4月,5月,6月,7月,8月,9月,10月,11月,12月", "月曜日 月曜 月,火曜日 火曜 火,水曜日 水曜 水,木曜日 木曜 木,金曜日 金曜 金,土曜日 土曜 土,日曜日 日曜 日"),
    CHINESE(
            "一月 1月,二月 2月,三月 3月,四月 4月,五月 5月,六月 6月,七月 7月,八月 8月,九月 9月,十月 10月,十一月 11月,十二月 12月",
            "星期一 周一 週一 礼拜一,星期二 周二 週二 礼拜二,星期三 周三 週三 礼拜三,星期四 周四 週四 礼拜四,星期五 周五 週五 礼拜五,"
                    + "星期六 周六 週六 礼拜六,星期日 星期天 周日 周天 週日 礼拜天");

    private static final String DOT_ABOVE = "\u0307";

    @SuppressWarnings("ImmutableEnumChecker") // of Map.copyOf
    private final Map<String, Integer> months;

    @SuppressWarnings("ImmutableEnumChecker") // of Map.copyOf
    private final Map<String, Integer> weekdays;

    CalendarLanguage(String months, String weekdays) {
        this.months = numbers(months);
        this.weekdays = numbers(weekdays);
    }

    private static Map<String, Integer> numbers(String names) {
        Map<String, Integer> numbers = new HashMap<>();
        String[] parts = names.split(",", -1);
        for (int i = 0; i < parts.length; i++) {
            for (String name : parts[i].split(" ", -1)) {
                numbers.put(name, i + 1);
                // Long names are often written without diacritics.
                if (name.length() >= 5) {
                    numbers.putIfAbsent(plain(name), i + 1);
                }
            }
        }
        return Map.copyOf(numbers);
    }

    /** Returns the number of the month of a name, as {@link #simple} writes it, from 1; 0 if it is none. */
    public int month(String name) {
        return months.getOrDefault(name, 0);
    }

    /** Returns the number of the day of the week of a name, as {@link #simple} writes it, from 1 for Monday; 0 if it is none. */
    public int weekday(String name) {
        return weekdays.getOrDefault(name, 0);
    }

    /** Returns a name in lower case, without a trailing point. */
    public static String simple(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT).replace(DOT_ABOVE, "");
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** Returns a text without diacritics. */
    static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replace('ł', 'l')
                .replace('ı', 'i');
    }
}
