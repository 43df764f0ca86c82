package examples.serving;

import io.modelmonitor.DataCapture;
import io.modelmonitor.sink.Sinks;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Asks the serving example at a steady rate, with capture off and on in turn, and prints what the callers saw. The load is
 * open: a request's time counts from when it was due, not from when it could be sent, so that a slow server is not spared
 * the requests that it delays. Arguments: requests a second (1000), seconds of a round (5), rounds of each (5).
 */
public final class ServingLoadTest {

    private static final int MOST_OPEN = 512;

    private ServingLoadTest() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        int rate = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        Path folder = Files.createTempDirectory("captures");
        DataCapture capture = DataCapture.of("load").into(Sinks.files(folder)).start();
        Histogram off = new Histogram(3);
        Histogram on = new Histogram(3);
        try (ScoringServer server = new ScoringServer(0, capture)) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "/score");
            run(uri, rate, 2 * seconds);
            for (int round = 0; round < rounds; round++) {
                capture.pause();
                off.add(run(uri, rate, seconds));
                capture.resume();
                on.add(run(uri, rate, seconds));
            }
            System.out.println(capture.stats());
        }
        System.out.printf("%,d requests/s, captures in %s%n", rate, folder);
        System.out.printf("%10s %12s %12s %10s%n", "percentile", "off [us]", "on [us]", "ratio");
        for (double percentile : new double[] {50, 90, 99, 99.9}) {
            double without = off.getValueAtPercentile(percentile) / 1e3;
            double with = on.getValueAtPercentile(percentile) / 1e3;
            System.out.printf("%10s %12.0f %12.0f %10.3f%n", percentile, without, with, with / without);
        }
    }

    private static Histogram run(URI uri, int rate, int seconds) throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString("1,2.5,3,4.25,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20"))
                .build();
        int count = rate * seconds;
        ConcurrentHistogram times = new ConcurrentHistogram(3);
        Semaphore open = new Semaphore(MOST_OPEN);
        List<CompletableFuture<?>> answers = new ArrayList<>(count);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            open.acquire();
            answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .whenComplete((response, error) -> {
                        times.recordValue(System.nanoTime() - due);
                        open.release();
                    }));
        }
        answers.forEach(CompletableFuture::join);
        return times;
    }
}
