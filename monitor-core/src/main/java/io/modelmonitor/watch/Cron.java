package io.modelmonitor.watch;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The instants of a cron expression in a time zone. Where a clock is put forward, a time of a coarse expression that does not
 * exist becomes the first instant after the gap, so that no day is without its window. Where it is put back, such a time counts
 * once, the first time. An expression of every hour, or finer, follows the time that passes: it has no instant in a gap and one in
 * each pass of an overlap.
 *
 * <p>Days are walked one by one, at most nine years of them: the longest time between two 29ths of February.
 */
final class Cron implements Boundaries {

    private static final int MOST_DAYS = 9 * 366;
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern SIX_FIELDS = Pattern.compile("cron\\((.*)\\)");
    private static final Pattern HOURS_OF_SIX = Pattern.compile("(\\d{1,2})(?:/(\\d{1,2}))?");

    private final String expression;
    private final ZoneId zone;
    private final CronField minutes;
    private final CronField hours;
    private final CronField days;
    private final CronField months;
    private final CronField weekdays;

    private Cron(String expression, ZoneId zone, List<CronField> fields) {
        this.expression = expression;
        this.zone = zone;
        this.minutes = fields.get(0);
        this.hours = fields.get(1);
        this.days = fields.get(2);
        this.months = fields.get(3);
        this.weekdays = fields.get(4);
    }

    static Cron parse(String expression, ZoneId zone) {
        Objects.requireNonNull(zone, "zone");
        String text = expression.strip();
        Matcher six = SIX_FIELDS.matcher(text);
        String[] fields = BLANKS.split(six.matches() ? ofSixFields(six.group(1), text, zone) : text, -1);
        if (fields.length != 5) {
            throw new IllegalArgumentException("cron is '" + text + "', of " + fields.length
                    + " fields; allowed are five (minute, hour, day of month, month, day of week), such as '0 6 * * MON-FRI',"
                    + " or six, such as 'cron(0 6 ? * * *)'");
        }
        Cron cron = new Cron(
                text,
                zone,
                List.of(
                        CronField.parse(fields[0], CronField.Kind.MINUTE, text),
                        CronField.parse(fields[1], CronField.Kind.HOUR, text),
                        CronField.parse(fields[2], CronField.Kind.DAY_OF_MONTH, text),
                        CronField.parse(fields[3], CronField.Kind.MONTH, text),
                        CronField.parse(fields[4], CronField.Kind.DAY_OF_WEEK, text)));
        // Some cron implementations take either day, others both; a reader cannot know which.
        if (!cron.days.isEvery() && !cron.weekdays.isEvery()) {
            throw new IllegalArgumentException(
                    "cron is '" + text + "', which restricts both days; allowed is one of day of month"
                            + " and day of week, the other being '*', such as '" + fields[0] + " " + fields[1] + " * "
                            + fields[3] + " "
                            + fields[4] + "'");
        }
        if (cron.after(Instant.EPOCH) == null) {
            throw new IllegalArgumentException(
                    "cron is '" + text + "', which no calendar has; allowed is a day that months " + fields[3]
                            + " have, such as '" + fields[0] + " " + fields[1] + " 28 " + fields[3] + " *'");
        }
        return cron;
    }

    /** Returns the five fields of six in {@code cron(..)}: every hour, one a day, or every n hours from an hour until midnight. */
    private static String ofSixFields(String inside, String text, ZoneId zone) {
        String[] fields = BLANKS.split(inside.strip(), -1);
        boolean fits = fields.length == 6
                && fields[0].equals("0")
                && fields[2].equals("?")
                && fields[3].equals("*")
                && fields[4].equals("*")
                && fields[5].equals("*");
        Matcher hours = HOURS_OF_SIX.matcher(fields.length > 1 ? fields[1] : "");
        boolean every = fits && fields[1].equals("*");
        fits = every || (fits && hours.matches() && Integer.parseInt(hours.group(1)) <= 23);
        if (fits && !every && hours.group(2) != null) {
            int step = Integer.parseInt(hours.group(2));
            fits = step >= 1 && step <= 24;
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "cron is '" + text + "'; allowed is 'cron(0 * ? * * *)' every hour, 'cron(0 6 ?"
                            + " * * *)' an hour of the day from 0 to 23, 'cron(0 0/6 ? * * *)' every 1 to 24 hours from an hour on, or"
                            + " five fields without 'cron(..)'");
        }
        if (!zone.normalized().equals(ZoneOffset.UTC)) {
            throw new IllegalArgumentException(
                    "zone is " + zone + "; allowed with '" + text + "' is UTC, or five fields such as '0 6 * * *'");
        }
        return "0 " + fields[1] + " * * *";
    }

    @Override
    public @Nullable Instant after(Instant instant) {
        LocalDate date = instant.atZone(zone).toLocalDate().minusDays(1);
        for (int i = 0; i < MOST_DAYS; i++, date = date.plusDays(1)) {
            Instant found = null;
            for (Instant each : instants(date)) {
                found = each.isAfter(instant) && (found == null || each.isBefore(found)) ? each : found;
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    public @Nullable Instant before(Instant instant) {
        LocalDate date = instant.atZone(zone).toLocalDate().plusDays(1);
        for (int i = 0; i < MOST_DAYS; i++, date = date.minusDays(1)) {
            Instant found = null;
            for (Instant each : instants(date)) {
                found = each.isBefore(instant) && (found == null || each.isAfter(found)) ? each : found;
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private boolean matches(LocalDate date) {
        return months.values().get(date.getMonthValue())
                && days.values().get(date.getDayOfMonth())
                && weekdays.values().get(date.getDayOfWeek().getValue() % 7);
    }

    private boolean isHourlyOrFiner() {
        return hours.values().cardinality() == 24;
    }

    /** The instants of a date, in no order: where clocks are set back, those of an hour that comes twice lie among each other. */
    private List<Instant> instants(LocalDate date) {
        List<Instant> instants = new ArrayList<>();
        if (matches(date)) {
            ZoneRules rules = zone.getRules();
            hours.values().stream().forEach(hour -> minutes.values().stream()
                    .forEach(minute -> add(date.atTime(hour, minute), rules, instants)));
        }
        return instants;
    }

    private void add(LocalDateTime local, ZoneRules rules, List<Instant> instants) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        if (!offsets.isEmpty()) {
            instants.add(local.toInstant(offsets.get(0)));
            if (offsets.size() > 1 && isHourlyOrFiner()) {
                instants.add(local.toInstant(offsets.get(1)));
            }
        } else if (!isHourlyOrFiner()) {
            instants.add(rules.getTransition(local).getInstant());
        }
    }

    @Override
    public String toString() {
        return expression + (expression.startsWith("cron(") ? "" : " " + zone);
    }
}
