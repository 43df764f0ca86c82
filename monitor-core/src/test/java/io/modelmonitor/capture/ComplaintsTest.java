package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.internal.capture.WarningLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ComplaintsTest {

    private final AtomicLong time = new AtomicLong(-5);
    private final List<String> lines = new ArrayList<>();

    private WarningLog warnings(boolean confidential) {
        return new WarningLog("capture of x", confidential, time::get, lines::add);
    }

    @Test
    void aKindIsLoggedAtOnceAndThenOnceAMinuteWithItsNumber() {
        WarningLog warnings = warnings(false);
        for (int second = 0; second <= 120; second++) {
            warnings.tell("records dropped", 1 + 10L * second, null);
            warnings.tell("flushes that failed", 7, new IllegalStateException("no\nspace"));
            time.addAndGet(TimeUnit.SECONDS.toNanos(1));
        }
        assertThat(lines)
                .containsExactly(
                        "capture of x: records dropped, 1",
                        "capture of x: flushes that failed, 7: java.lang.IllegalStateException: no space",
                        "capture of x: records dropped, 600",
                        "capture of x: records dropped, 600");
    }

    @Test
    void nothingIsLoggedOfNothing() {
        warnings(false).tell("records dropped", 0, null);
        assertThat(lines).isEmpty();
    }

    @Test
    void aLogThatThrowsAndAnExceptionWithoutTextAreSurvived() {
        WarningLog thrown = new WarningLog("x", false, time::get, line -> {
            throw new StackOverflowError("an appender may throw anything");
        });
        thrown.tell("a", 1, null);
        RuntimeException mute = new RuntimeException() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new AssertionError("no text");
            }
        };
        warnings(false).tell("a", 1, mute);
        assertThat(lines)
                .containsExactly("capture of x: a, 1: " + mute.getClass().getName());
    }

    @Test
    void nothingOfWhatIsPrivateIsLogged() {
        warnings(true).tell("requests", 1, new NumberFormatException("For input string: \"secret\""));
        assertThat(lines).containsExactly("capture of x: requests, 1: java.lang.NumberFormatException");
    }

    @Test
    void aLongMessageIsCut() {
        warnings(false).tell("a", 1, new IllegalStateException("x".repeat(1_000_000)));
        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line).hasSizeLessThan(250).endsWith(".."));
    }
}
