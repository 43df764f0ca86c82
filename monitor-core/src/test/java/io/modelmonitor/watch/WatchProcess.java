package io.modelmonitor.watch;

import io.modelmonitor.ManualClock;
import io.modelmonitor.Monitor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** A process that watches hours up to a time, and says on its output when it is where; for tests that kill it. */
final class WatchProcess {

    private WatchProcess() {}

    /** The folder, and the number of hours. */
    public static void main(String[] arguments) {
        Watch watch = open(Path.of(arguments[0]), true);
        watch.runDue(Hours.hour(Integer.parseInt(arguments[1])));
        watch.close();
    }

    /** Returns a watch of a change at hour 20 that ends at hour 44. */
    static Watch open(Path folder, boolean says) {
        Monitor monitor = Hours.monitor();
        Hours changed = new Hours(Hours.hour(20), 0.6);
        Hours steady = Hours.steady();
        WindowSource source = window -> {
            say(says, "reads " + window.start());
            return window.start().isBefore(Hours.hour(44)) ? changed.of(window) : steady.of(window);
        };
        return Watch.of(monitor, source)
                .named("hourly")
                .clock(new ManualClock(Hours.START))
                .since(Hours.hour(0))
                .history(History.folder(folder.resolve("history")))
                .outputFolder(folder.resolve("out"))
                .promise(0.05, Duration.ofDays(365))
                .alerting(alert -> {
                    say(says, "tells " + alert.id());
                    Files.write(
                            folder.resolve("told"),
                            (alert.id() + "\n").getBytes(StandardCharsets.UTF_8),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                })
                .afterEach((execution, report) -> say(says, "has judged " + execution.scheduled()))
                .open();
    }

    private static void say(boolean says, String what) {
        if (says) {
            System.out.println(what);
            System.out.flush();
        }
    }
}
