package io.modelmonitor.watch;

import io.modelmonitor.internal.Arguments;
import io.modelmonitor.internal.bytes.HmacSha256;
import io.modelmonitor.internal.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A target of alerts that posts JSON over HTTP; made by {@link Alerts#webhook}.
 *
 * <p>The body is an object of texts and numbers, or Slack's {@code {"text": ..}}. Header {@code Idempotency-Key} is the alert's {@link
 * Alert#id}, equal in each try; with a secret, {@code X-Signature-256} is {@code sha256=} and the HMAC-SHA256 of the body (RFC 2104) in
 * hexadecimal digits. A try that finds nobody, takes longer than 10 s, or is answered with 408, 425, 429 or 5xx is followed by another, after a
 * wait that doubles; any other answer ends it, which counts as failed unless it is 2xx.
 *
 * <p>Sending returns at once; tries are made on threads of the JDK's common pool and client. At most {@value #MOST_PENDING} alerts wait;
 * more are failures. Each method that configures it returns another target. Safe for use by several threads.
 */
public final class Webhook implements AlertTarget {

    private static final Logger LOGGER = LoggerFactory.getLogger(Webhook.class);
    private static final int MOST_PENDING = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final URI uri;
    private final byte @Nullable [] secret;
    private final boolean isSlack;
    private final int tries;
    private final Duration wait;
    private final HttpClient client;
    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private Webhook(URI uri, byte @Nullable [] secret, boolean isSlack, int tries, Duration wait, HttpClient client) {
        this.uri = uri;
        this.secret = secret;
        this.isSlack = isSlack;
        this.tries = tries;
        this.wait = wait;
        this.client = client;
    }

    static Webhook to(URI uri) {
        String scheme = String.valueOf(uri.getScheme());
        Arguments.check(
                scheme.equals("http") || scheme.equals("https"),
                "uri",
                "'" + uri + "'",
                "one with http:// or https://");
        HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        return new Webhook(uri, null, false, 5, Duration.ofSeconds(1), client);
    }

    /**
     * Signs each body.
     *
     * @param newSecret what the receiver knows too; not empty
     */
    public Webhook secret(String newSecret) {
        Arguments.check(!newSecret.isEmpty(), "secret", "empty", "any other text");
        return new Webhook(uri, newSecret.getBytes(StandardCharsets.UTF_8), isSlack, tries, wait, client);
    }

    /** Sends the body that incoming webhooks of Slack take. */
    public Webhook forSlack() {
        return new Webhook(uri, secret, true, tries, wait, client);
    }

    /**
     * Sets how often an alert is tried; 5 times from 1 s on unless said otherwise.
     *
     * @param newTries from 1 to 20
     * @param firstWait the time between the first try and the second; doubles after each, and is at most an hour
     */
    public Webhook tries(int newTries, Duration firstWait) {
        Arguments.check(newTries >= 1 && newTries <= 20, "tries", newTries, "1 to 20");
        Arguments.check(
                !firstWait.isNegative() && firstWait.compareTo(Duration.ofHours(1)) <= 0,
                "wait",
                firstWait,
                "up to PT1H");
        return new Webhook(uri, secret, isSlack, newTries, firstWait, client);
    }

    /** Returns the number of alerts that were taken. */
    public long delivered() {
        return delivered.get();
    }

    /** Returns the number of alerts that were given up. */
    public long failed() {
        return failed.get();
    }

    @Override
    public void send(Alert alert) {
        CompletableFuture<Boolean> unused = deliver(alert); // counts its own failure, and never throws
    }

    /** Starts to deliver; the result is whether it was taken, and never fails. */
    CompletableFuture<Boolean> deliver(Alert alert) {
        if (pending.incrementAndGet() > MOST_PENDING) {
            return CompletableFuture.completedFuture(end(alert, false, MOST_PENDING + " alerts wait already"));
        }
        byte[] body =
                Json.write(isSlack ? Map.of("text", alert.text()) : body(alert)).getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", alert.id())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (secret != null) {
            request.header("X-Signature-256", "sha256=" + signature(secret, body));
        }
        return attempt(alert, request.build(), 1, wait);
    }

    private CompletableFuture<Boolean> attempt(Alert alert, HttpRequest request, int number, Duration next) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((response, error) -> response == null ? 0 : response.statusCode())
                .thenCompose(status -> answered(alert, request, number, next, status));
    }

    /** Goes on after a try, whose status is 0 if nobody answered. */
    private CompletableFuture<Boolean> answered(
            Alert alert, HttpRequest request, int number, Duration next, int status) {
        boolean again = status == 0 || status == 408 || status == 425 || status == 429 || status / 100 == 5;
        if (!again || number >= tries) {
            String why = status == 0 ? "nobody answered" : "HTTP " + status;
            return CompletableFuture.completedFuture(end(alert, status / 100 == 2, why));
        }
        Duration doubled = next.multipliedBy(2);
        Duration following = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
        Executor later = CompletableFuture.delayedExecutor(next.toMillis(), TimeUnit.MILLISECONDS);
        return CompletableFuture.supplyAsync(() -> number + 1, later)
                .thenCompose(count -> attempt(alert, request, count, following));
    }

    private boolean end(Alert alert, boolean isTaken, String why) {
        pending.decrementAndGet();
        (isTaken ? delivered : failed).incrementAndGet();
        if (!isTaken) {
            // The address may hold a token, so that only its host is said.
            LOGGER.warn("alert {} could not be sent to {}: {}", alert.id(), uri.getHost(), why);
        }
        return isTaken;
    }

    private static String signature(byte[] secret, byte[] body) {
        return HexFormat.of().formatHex(new HmacSha256(secret).of(body));
    }

    private static Map<String, @Nullable Object> body(Alert alert) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", alert.id());
        body.put("watch", alert.watch());
        body.put("kind", alert.kind().name());
        body.put("subject", alert.constraint().subject());
        body.put("metric", alert.constraint().metric());
        body.put("value", alert.value());
        body.put("wanted", alert.constraint().bound().toString());
        body.put("start", alert.window().start().toString());
        body.put("end", alert.window().end().toString());
        body.put("since", alert.since().toString());
        body.put("evidence", alert.evidence());
        body.put("needed", alert.needed());
        body.put("alongside", alert.alongside().stream().map(Object::toString).toList());
        body.put("text", alert.text());
        return body;
    }

    @Override
    public String toString() {
        return "Webhook to " + uri.getHost();
    }
}
