package io.modelmonitor.watch;

import static io.modelmonitor.watch.Hours.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.ManualClock;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertPolicyTest {

    /** Any mean outside of half a standard deviation is a violation, and chance has no part in it. */
    private static final Monitor MONITOR = Hours.monitor()
            .requiringOnly(Constraints.none()
                    .with(
                            Constraint.on("x").metric("mean").atMost(0.5),
                            Constraint.on("y").metric("mean").atMost(0.5)));

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock(Hours.START);

    /** Collects alerts, as {@code kind subject @hour}. */
    private final class Inbox implements AlertTarget {
        private final List<String> texts = new ArrayList<>();

        @Override
        public void send(Alert alert) {
            long at = Duration.between(hour(0), clock.now).toHours();
            texts.add(alert.kind() + " " + alert.constraint().subject() + " @" + at);
        }
    }

    /** Rows whose mean is shifted in some hours, and more in others. */
    private static WindowSource shifted(Set<Integer> some, Set<Integer> more) {
        return window -> {
            int start = (int) Duration.between(hour(0), window.start()).toHours();
            double shift = more.contains(start) ? 3 : some.contains(start) ? 1 : 0;
            return Hours.rows(start, 200, shift);
        };
    }

    private WatchBuilder watch(WindowSource source) {
        return Watch.of(MONITOR, source)
                .named("hourly")
                .clock(clock)
                .since(hour(0))
                .history(History.folder(folder));
    }

    private void run(Watch watch, int from, int to) {
        for (int i = from; i <= to; i++) {
            clock.now = hour(i);
            watch.runDue(clock.now);
        }
    }

    @Test
    void whatBeginsInQuietHoursIsToldInTheMorningIfItLasts() {
        Inbox inbox = new Inbox();
        AlertPolicy quiet = AlertPolicy.quiet(LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneOffset.UTC);
        // One from 1 to 3 that is over in the morning, and one from 23 that lasts until 3 in the night after.
        Set<Integer> hours = Set.of(1, 2, 23, 24, 25, 26, 27, 28, 29, 30, 31, 47, 48, 49, 50);
        Watch watch = watch(shifted(hours, Set.of(32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46)))
                .alertingWhen(quiet, inbox)
                .open();
        run(watch, 1, 60);
        // That it grew at 33 is told, and its end at 51, in the night, in the morning.
        assertThat(inbox.texts).containsExactly("BEGAN x @30", "GREW x @33", "ENDED x @54");
    }

    @Test
    void whatLastsOrIsSevereGoesToOthersUnlessItIsAcknowledged() {
        Inbox all = new Inbox();
        Inbox severe = new Inbox();
        Inbox lasting = new Inbox();
        Set<Integer> hours = Set.of(3, 4, 5, 6, 7, 8, 9, 20, 21, 22, 23, 24, 25);
        Watch watch = watch(shifted(hours, Set.of(22, 23)))
                .alerting(all)
                .alertingWhen(AlertPolicy.outsideBy(1), severe)
                .alertingWhen(AlertPolicy.lasting(Duration.ofHours(4)).and(AlertPolicy.unacknowledged()), lasting)
                .open();
        run(watch, 1, 21);
        assertThat(watch.acknowledge("x", "mean")).isTrue();
        run(watch, 22, 30);
        assertThat(all.texts).containsExactly("BEGAN x @4", "ENDED x @11", "BEGAN x @21", "ENDED x @27");
        // That one grew which somebody knows of is told to nobody, so that it is not told to be severe either.
        assertThat(lasting.texts).containsExactly("BEGAN x @7", "ENDED x @11");
        assertThat(severe.texts).containsExactly("BEGAN x @23", "ENDED x @27");
    }

    @Test
    void whoWasToldIsRememberedByTheNextProcess() {
        Inbox through = new Inbox();
        AlertPolicy policy = AlertPolicy.lasting(Duration.ofHours(2)).or(AlertPolicy.outsideBy(2));
        WindowSource source = shifted(Set.of(3, 4, 5, 6, 7), Set.of(8, 9));
        for (int i = 1; i <= 14; i++) {
            Watch anew = watch(source).alertingWhen(policy, through).open();
            run(anew, i, i);
            anew.close();
        }
        assertThat(through.texts).containsExactly("BEGAN x @5", "GREW x @9", "ENDED x @11");
    }

    @Test
    void aPolicyThatThrowsTellsAndOneThatTellsNothingDoesNot() {
        Inbox one = new Inbox();
        Inbox none = new Inbox();
        Watch watch = watch(shifted(Set.of(1, 2), Set.of()))
                .alertingWhen(
                        (change, now) -> {
                            throw new IllegalStateException("no idea");
                        },
                        one)
                .alertingWhen(AlertPolicy.always().negate(), none)
                .open();
        run(watch, 1, 5);
        assertThat(one.texts).containsExactly("BEGAN x @2", "ENDED x @4");
        assertThat(none.texts).isEmpty();
    }

    @Test
    void quietHoursAreThoseOfTheZoneAndMayHoldMidnight() {
        ZoneId zone = ZoneId.of("America/New_York");
        AlertPolicy night = AlertPolicy.quiet(LocalTime.of(22, 0), LocalTime.of(6, 0), zone);
        AlertPolicy noon = AlertPolicy.quiet(LocalTime.of(12, 0), LocalTime.of(13, 0), zone);
        Change change = new Change(
                new Alert(
                        "w",
                        Alert.Kind.BEGAN,
                        Constraint.on("x").drift(),
                        1,
                        new Window(hour(0), hour(1)),
                        hour(0),
                        1,
                        1,
                        List.of()),
                1,
                false);
        for (int i = 0; i < 24; i++) {
            Instant now = Instant.parse("2026-07-01T04:00:00Z").plus(Duration.ofHours(i)); // midnight there
            assertThat(night.tells(change, now)).isEqualTo(i >= 6 && i < 22);
            assertThat(noon.tells(change, now)).isEqualTo(i != 12);
        }
        assertThatThrownBy(() -> AlertPolicy.quiet(LocalTime.NOON, LocalTime.NOON, zone))
                .hasMessage("to is 12:00; allowed is another time than 12:00");
    }

    @Test
    void aChangeEndsOnFewerWindowsThanItBeganOn() {
        Inbox inbox = new Inbox();
        Set<Integer> everyOther = Set.of(2, 3, 4, 6, 8, 10, 12);
        Watch watch = watch(shifted(everyOther, Set.of()))
                .mOfN(3, 4, 0)
                .alerting(inbox)
                .open();
        run(watch, 1, 20);
        assertThat(inbox.texts).containsExactly("BEGAN x @5", "ENDED x @17");
        assertThat(watch.alertHistory())
                .containsExactly(new AlertStatus(hour(17), false), new AlertStatus(hour(5), true))
                .first()
                .hasToString("OK since 2026-01-01T17:00:00Z");
        assertThatThrownBy(() -> watch(Hours.steady()).mOfN(3, 4, 3)).hasMessage("calm is 3; allowed is 0 to 2");
    }
}
