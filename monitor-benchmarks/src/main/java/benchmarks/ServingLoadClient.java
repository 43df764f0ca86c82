package benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Asks a server at a steady rate: the other half of {@link ServingLoadTest}, in a process of its own, so that neither heap nor
 * compiler is shared with the server. Takes the address and the requests a second as arguments, and the milliseconds of a round
 * from each line of the standard input, which it answers with a histogram. A few connections, which stay open, take turns; each
 * has a thread and a plain socket, which cost the two processors far less than a client of many features.
 */
public final class ServingLoadClient {

    private static final int CONNECTIONS = 4;
    private static final String ROW = "1,2.5,3,4.25,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20";
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

    private ServingLoadClient() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        URI address = URI.create(args[0]);
        int rate = Integer.parseInt(args[1]);
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(new Connection(address));
        }
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try (BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                System.out.println(encode(round(threads, connections, rate, Integer.parseInt(line))));
            }
        }
        threads.shutdownNow();
        for (Connection connection : connections) {
            connection.socket.close();
        }
    }

    private static Histogram round(ExecutorService threads, List<Connection> connections, int rate, int millis)
            throws Exception {
        int count = Math.toIntExact((long) rate * millis / 1000);
        long start = System.nanoTime();
        List<Future<Histogram>> shares = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            int first = i;
            shares.add(threads.submit(() -> share(connections.get(first), start, rate, first, count)));
        }
        Histogram times = new Histogram(1, LONGEST, 3);
        for (Future<Histogram> share : shares) {
            times.add(share.get());
        }
        return times;
    }

    /** A request's time counts from when it was due, not from when it could be sent. */
    private static Histogram share(Connection connection, long start, int rate, int first, int count)
            throws IOException {
        Histogram times = new Histogram(1, LONGEST, 3);
        for (int i = first; i < count; i += CONNECTIONS) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            connection.ask();
            times.recordValue(Math.min(LONGEST, System.nanoTime() - due));
        }
        return times;
    }

    private static final class Connection {

        private final Socket socket;
        private final InputStream answers;
        private final byte[] request;

        private Connection(URI address) throws IOException {
            this.socket = new Socket(address.getHost(), address.getPort());
            socket.setTcpNoDelay(true);
            this.answers = new BufferedInputStream(socket.getInputStream());
            this.request = ("POST " + address.getPath() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                            + ROW.length() + "\r\n\r\n" + ROW)
                    .getBytes(StandardCharsets.US_ASCII);
        }

        /** Sends a request and reads the answer to its end. */
        private void ask() throws IOException {
            socket.getOutputStream().write(request);
            String status = line();
            if (!status.startsWith("HTTP/1.1 200")) {
                throw new IOException("the server says " + status);
            }
            int length = 0;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(
                            header.substring(header.indexOf(':') + 1).trim());
                }
            }
            answers.skipNBytes(length);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = answers.read(); b != '\n'; b = answers.read()) {
                if (b < 0) {
                    throw new EOFException("the server has closed the connection");
                }
                if (b != '\r') {
                    line.append((char) b);
                }
            }
            return line.toString();
        }
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
