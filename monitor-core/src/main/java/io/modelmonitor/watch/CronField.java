package io.modelmonitor.watch;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * One field of a cron expression: the values that match, by lists, ranges, steps and names as in POSIX.1-2017, crontab, with the
 * step {@code /} of Vixie's cron.
 *
 * @param values the matching values
 * @param isEvery whether the field is {@code *}, so that it restricts nothing
 */
record CronField(BitSet values, boolean isEvery) {

    /**
     * The kind of a field.
     *
     * @param name how messages call it
     * @param least its least value
     * @param most its greatest value
     * @param names the names of its values from the least, in capitals; empty if they have none
     */
    record Kind(String name, int least, int most, List<String> names) {

        static final Kind MINUTE = new Kind("minute", 0, 59, List.of());
        static final Kind HOUR = new Kind("hour", 0, 23, List.of());
        static final Kind DAY_OF_MONTH = new Kind("day of month", 1, 31, List.of());
        static final Kind MONTH = new Kind(
                "month",
                1,
                12,
                List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"));
        /** Sunday is 0, and 7 as well. */
        static final Kind DAY_OF_WEEK =
                new Kind("day of week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));
    }

    static CronField parse(String text, Kind kind, String expression) {
        BitSet values = new BitSet();
        for (String part : text.split(",", -1)) {
            int slash = part.indexOf('/');
            String range = slash < 0 ? part : part.substring(0, slash);
            int step = slash < 0 ? 1 : number(part.substring(slash + 1), kind, expression);
            if (step < 1) {
                throw wrong(kind, part, "a step of at least 1", expression);
            }
            int dash = range.indexOf('-');
            int from;
            int to;
            if (range.equals("*")) {
                from = kind.least;
                to = kind.equals(Kind.DAY_OF_WEEK) ? 6 : kind.most;
            } else if (dash > 0) {
                from = value(range.substring(0, dash), kind, expression);
                to = value(range.substring(dash + 1), kind, expression);
            } else {
                from = value(range, kind, expression);
                to = slash < 0 ? from : kind.most;
            }
            if (from > to) {
                throw wrong(kind, part, "a range that ascends, such as " + to + "-" + from, expression);
            }
            for (int value = from; value <= to; value += step) {
                values.set(kind.equals(Kind.DAY_OF_WEEK) ? value % 7 : value);
            }
        }
        return new CronField(values, text.equals("*"));
    }

    private static int value(String text, Kind kind, String expression) {
        int place = kind.names.indexOf(text.toUpperCase(Locale.ROOT));
        if (place >= 0) {
            return kind.least + place;
        }
        int value = number(text, kind, expression);
        if (value < kind.least || value > kind.most) {
            int nearest = Math.max(kind.least, Math.min(kind.most, value));
            throw wrong(kind, text, kind.least + " to " + kind.most + ", the nearest is " + nearest, expression);
        }
        return value;
    }

    private static int number(String text, Kind kind, String expression) {
        if (text.isEmpty() || text.length() > 4 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            String allowed = "*, numbers from " + kind.least + " to " + kind.most + ", ranges as "
                    + kind.least + "-" + kind.most + ", steps as */" + Math.max(2, kind.least) + ", lists with commas"
                    + (kind.names.isEmpty() ? "" : ", names as " + kind.names.get(1));
            throw wrong(kind, text, allowed, expression);
        }
        return Integer.parseInt(text);
    }

    private static IllegalArgumentException wrong(Kind kind, String text, String allowed, String expression) {
        return new IllegalArgumentException(
                "cron is '" + expression + "', whose " + kind.name + " has '" + text + "'; allowed is " + allowed);
    }
}
