package benchmarks;

import com.sun.management.OperatingSystemMXBean;
import examples.serving.ScoringServer;
import io.modelmonitor.DataCapture;
import io.modelmonitor.sink.Sinks;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/**
 * Shows what capturing costs the callers of a service: the serving example is asked at a steady rate by a process beside it, in
 * short rounds with capture on or off, which of each pair comes first being drawn by lot, so that whatever else the machine does
 * hits both alike. The load is open: a request's time counts from when it was due, so that a slow server is not spared the
 * requests that it delays. Arguments: requests a second (1000), milliseconds of a round (500), pairs of rounds (200).
 *
 * <p>Two ratios of on to off are printed for each percentile, each with an interval of 95 % from resampling the pairs (B. Efron,
 * Bootstrap methods, 1979): that of all requests together, in which the worst seconds of the machine decide about the high
 * percentiles, and that of the medians over the rounds of each round's percentile, in which they do not.
 */
public final class ServingLoadTest {

    private static final double[] PERCENTILES = {50, 90, 99, 99.9};
    private static final int WARM_UP_MILLIS = 15_000;
    private static final int REPLICATES = 400;

    private final PrintStream commands;
    private final BufferedReader answers;
    private final int millis;

    private ServingLoadTest(Process client, int millis) {
        this.commands = new PrintStream(client.getOutputStream(), true, StandardCharsets.US_ASCII);
        this.answers = client.inputReader(StandardCharsets.US_ASCII);
        this.millis = millis;
    }

    /** A round: its times, and its own percentiles. */
    private static final class Round {

        private final Histogram times;
        private final double[] percentiles;

        private Round(Histogram times) {
            this.times = times;
            this.percentiles =
                    Arrays.stream(PERCENTILES).map(times::getValueAtPercentile).toArray();
        }
    }

    private record Pair(Round off, Round on) {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        int rate = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        int millis = args.length > 1 ? Integer.parseInt(args[1]) : 500;
        int count = args.length > 2 ? Integer.parseInt(args[2]) : 200;
        // The server sends an answer in two parts, and would wait for the client between them (RFC 896).
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try (TemporaryFolder folder = TemporaryFolder.create();
                DataCapture capture =
                        DataCapture.of("load").sink(Sinks.files(folder.path())).start();
                ScoringServer server = new ScoringServer(0, capture)) {
            Process client = client("http://127.0.0.1:" + server.port() + "/score", rate);
            try {
                List<Pair> pairs = new ServingLoadTest(client, millis).pairs(capture, count);
                System.out.println(capture.stats());
                System.out.printf("%,d requests/s, %d pairs of rounds of %d ms%n", rate, count, millis);
                System.out.printf(
                        "processor time of this process: %.0f s of %.0f s%n",
                        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime()
                                / 1e9,
                        ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
                print(pairs);
            } finally {
                client.destroy();
            }
        }
    }

    private static Process client(String address, int rate) throws IOException, URISyntaxException {
        String path = where(ServingLoadClient.class) + File.pathSeparator + where(Histogram.class);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java, "-Xmx512m", "-cp", path, ServingLoadClient.class.getName(), address, String.valueOf(rate))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Path where(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private List<Pair> pairs(DataCapture capture, int count) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        List<Pair> pairs = new ArrayList<>();
        for (int i = -WARM_UP_MILLIS / (2 * millis); i < count; i++) {
            boolean onFirst = random.nextBoolean();
            Round first = round(capture, onFirst);
            Round second = round(capture, !onFirst);
            if (i >= 0) {
                pairs.add(onFirst ? new Pair(second, first) : new Pair(first, second));
            }
        }
        return pairs;
    }

    private Round round(DataCapture capture, boolean on) throws IOException {
        if (on) {
            capture.resume();
        } else {
            capture.pause();
        }
        commands.println(millis);
        return new Round(ServingLoadClient.decode(String.valueOf(answers.readLine())));
    }

    private static void print(List<Pair> pairs) {
        double[][] measured = compared(pairs);
        double[][][] drawn = new double[REPLICATES][][];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < REPLICATES; i++) {
            drawn[i] = compared(random.ints(pairs.size(), 0, pairs.size())
                    .mapToObj(pairs::get)
                    .toList());
        }
        System.out.printf(
                "%10s | %8s %8s %8s   %-14s | %8s %8s %8s   %s%n",
                "percentile", "off [us]", "on [us]", "ratio", "95 %", "off [us]", "on [us]", "ratio", "95 %");
        for (int p = 0; p < PERCENTILES.length; p++) {
            System.out.printf(
                    "%10s | %s | %s%n", PERCENTILES[p], ratio(measured, drawn, p, 0), ratio(measured, drawn, p, 2));
        }
        System.out.println("on the left of all requests together, on the right medians over the rounds");
    }

    private static String ratio(double[][] measured, double[][][] drawn, int p, int off) {
        double[] ratios = Arrays.stream(drawn)
                .mapToDouble(replicate -> replicate[p][off + 1] / replicate[p][off])
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "%8.0f %8.0f %8.3f   %.3f to %.3f",
                measured[p][off] / 1e3,
                measured[p][off + 1] / 1e3,
                measured[p][off + 1] / measured[p][off],
                ratios[REPLICATES / 40],
                ratios[REPLICATES - 1 - REPLICATES / 40]);
    }

    /** Returns for each percentile that of all requests with capture off and on, and the medians of those of the rounds. */
    private static double[][] compared(List<Pair> pairs) {
        Histogram off = new Histogram(3);
        Histogram on = new Histogram(3);
        for (Pair pair : pairs) {
            off.add(pair.off.times);
            on.add(pair.on.times);
        }
        double[][] compared = new double[PERCENTILES.length][];
        for (int p = 0; p < PERCENTILES.length; p++) {
            int percentile = p;
            compared[p] = new double[] {
                off.getValueAtPercentile(PERCENTILES[p]),
                on.getValueAtPercentile(PERCENTILES[p]),
                median(pairs.stream().mapToDouble(pair -> pair.off.percentiles[percentile])),
                median(pairs.stream().mapToDouble(pair -> pair.on.percentiles[percentile]))
            };
        }
        return compared;
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
