package examples.serving;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Asks a server at a steady rate: the other half of {@link ServingLoadTest}, in a process of its own, so that neither heap nor
 * compiler is shared with the server. Takes the address and the requests a second as arguments, and the milliseconds of a round
 * from each line of the standard input, which it answers with a histogram. All rounds share their connections.
 */
public final class ServingLoadClient {

    private static final int MOST_OPEN = 512;
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

    private ServingLoadClient() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(args[0]))
                .POST(HttpRequest.BodyPublishers.ofString("1,2.5,3,4.25,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20"))
                .build();
        int rate = Integer.parseInt(args[1]);
        ExecutorService one = Executors.newSingleThreadExecutor();
        HttpClient client = HttpClient.newBuilder()
                .executor(one)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        try (BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                System.out.println(encode(round(client, request, rate, Integer.parseInt(line))));
            }
        }
        one.shutdownNow();
    }

    /** A request's time counts from when it was due, not from when it could be sent. */
    private static Histogram round(HttpClient client, HttpRequest request, int rate, int millis)
            throws InterruptedException {
        int count = Math.toIntExact((long) rate * millis / 1000);
        ConcurrentHistogram times = new ConcurrentHistogram(1, LONGEST, 3);
        Semaphore open = new Semaphore(MOST_OPEN);
        List<CompletableFuture<?>> answers = new ArrayList<>(count);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            open.acquire();
            answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .whenComplete((response, error) -> {
                        times.recordValue(Math.min(LONGEST, System.nanoTime() - due));
                        open.release();
                    }));
        }
        answers.forEach(CompletableFuture::join);
        return times;
    }

    private static String encode(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    /** Returns the histogram of an answer. */
    static Histogram decode(String answer) {
        return Histogram.decodeFromByteBuffer(
                ByteBuffer.wrap(Base64.getDecoder().decode(answer)), 0);
    }
}
