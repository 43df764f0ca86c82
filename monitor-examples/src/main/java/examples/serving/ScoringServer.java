package examples.serving;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelmonitor.DataCapture;
import io.modelmonitor.sink.Sinks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves a model over HTTP with the JDK's own server: {@code POST /score} with a CSV row of 20 numbers answers with a score.
 * Requests and answers are captured in the folder {@code captures}.
 */
public final class ScoringServer implements AutoCloseable {

    private static final int FEATURES = 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final DataCapture capture;

    /** Starts a server on a port, 0 for any that is free. The capture is closed with it. */
    public ScoringServer(int port, DataCapture capture) throws IOException {
        this.capture = capture;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        server.setExecutor(threads);
        server.createContext("/score", this::answer);
        server.start();
    }

    /** Serves until it is ended. */
    public static void main(String[] args) throws IOException {
        DataCapture capture = DataCapture.of("credit-risk")
                .sampling(0.25)
                .sink(Sinks.files(Path.of("captures")))
                .start();
        ScoringServer server = new ScoringServer(8080, capture);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println("POST a CSV row of 20 numbers to http://localhost:" + server.port() + "/score");
    }

    /** Returns the port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String row = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
            byte[] body;
            int status;
            try {
                double score = capture.around(features(row), ScoringServer::score);
                body = Double.toString(score).getBytes(StandardCharsets.US_ASCII);
                status = 200;
            } catch (IllegalArgumentException e) {
                body = "a row of 20 numbers is needed".getBytes(StandardCharsets.US_ASCII);
                status = 400;
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static double[] features(String row) {
        String[] fields = row.trim().split(",", -1);
        if (fields.length != FEATURES) {
            throw new IllegalArgumentException(fields.length + " fields");
        }
        double[] features = new double[FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            features[i] = fields[i].isEmpty() ? Double.NaN : Double.parseDouble(fields[i]);
        }
        return features;
    }

    /** A logistic model with made-up weights. */
    private static double score(double[] features) {
        double sum = -0.5;
        for (int i = 0; i < features.length; i++) {
            sum += (i % 2 == 0 ? 0.1 : -0.1) * (Double.isNaN(features[i]) ? 0 : features[i]);
        }
        return 1 / (1 + Math.exp(-sum));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        capture.close();
    }
}
