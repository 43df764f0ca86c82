package examples.serving;

import com.sun.management.OperatingSystemMXBean;
import io.modelmonitor.DataCapture;
import io.modelmonitor.sink.Sinks;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * Shows what capturing costs the callers of a service: the serving example is asked at a steady rate by a process beside it, with
 * capture off and on in the order off, on, on, off, so that a drift of the machine hits both alike. Prints percentiles of both
 * and their ratio, with an interval of 95 % from resampling those blocks of four rounds (B. Efron, Bootstrap methods, 1979).
 * The load is open: a request's time counts from when it was due, so that a slow server is not spared the requests that it
 * delays. Arguments: requests a second (1000), seconds of a round (2), blocks (20).
 */
public final class ServingLoadTest {

    private static final double[] PERCENTILES = {50, 90, 99, 99.9};
    private static final int WARM_UP = 4;
    private static final int REPLICATES = 2000;

    private final PrintStream commands;
    private final BufferedReader answers;
    private final int seconds;

    private ServingLoadTest(Process client, int seconds) {
        this.commands = new PrintStream(client.getOutputStream(), true, StandardCharsets.US_ASCII);
        this.answers = client.inputReader(StandardCharsets.US_ASCII);
        this.seconds = seconds;
    }

    private record Block(Histogram off, Histogram on) {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        int rate = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 2;
        int count = args.length > 2 ? Integer.parseInt(args[2]) : 20;
        Path folder = Files.createTempDirectory("captures");
        DataCapture capture = DataCapture.of("load").into(Sinks.files(folder)).start();
        try (ScoringServer server = new ScoringServer(0, capture)) {
            Process client = client("http://127.0.0.1:" + server.port() + "/score", rate);
            try {
                List<Block> blocks = new ServingLoadTest(client, seconds).blocks(capture, count);
                System.out.println(capture.stats());
                System.out.printf("%,d requests/s, %d blocks, captures in %s%n", rate, count, folder);
                System.out.printf(
                        "processor time of this process: %.0f s of %.0f s%n",
                        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime()
                                / 1e9,
                        ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
                print(blocks);
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

    private List<Block> blocks(DataCapture capture, int count) throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (int i = -WARM_UP; i < count; i++) {
            Block block = new Block(new Histogram(3), new Histogram(3));
            for (boolean on : new boolean[] {false, true, true, false}) {
                if (on) {
                    capture.resume();
                } else {
                    capture.pause();
                }
                commands.println(seconds);
                (on ? block.on : block.off).add(ServingLoadClient.decode(String.valueOf(answers.readLine())));
            }
            if (i >= 0) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    private static void print(List<Block> blocks) {
        System.out.printf("%10s %12s %12s %10s   %s%n", "percentile", "off [us]", "on [us]", "ratio", "95 % interval");
        double[][] replicates = new double[PERCENTILES.length][REPLICATES];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < REPLICATES; i++) {
            Block drawn = sum(random.ints(blocks.size(), 0, blocks.size())
                    .mapToObj(blocks::get)
                    .toList());
            for (int p = 0; p < PERCENTILES.length; p++) {
                replicates[p][i] = ratio(drawn, PERCENTILES[p]);
            }
        }
        Block all = sum(blocks);
        for (int p = 0; p < PERCENTILES.length; p++) {
            Arrays.sort(replicates[p]);
            System.out.printf(
                    "%10s %12.0f %12.0f %10.3f   %.3f to %.3f%n",
                    PERCENTILES[p],
                    all.off.getValueAtPercentile(PERCENTILES[p]) / 1e3,
                    all.on.getValueAtPercentile(PERCENTILES[p]) / 1e3,
                    ratio(all, PERCENTILES[p]),
                    replicates[p][REPLICATES / 40],
                    replicates[p][REPLICATES - 1 - REPLICATES / 40]);
        }
    }

    private static Block sum(List<Block> blocks) {
        Block sum = new Block(new Histogram(3), new Histogram(3));
        for (Block block : blocks) {
            sum.off.add(block.off);
            sum.on.add(block.on);
        }
        return sum;
    }

    private static double ratio(Block block, double percentile) {
        return (double) block.on.getValueAtPercentile(percentile) / block.off.getValueAtPercentile(percentile);
    }
}
