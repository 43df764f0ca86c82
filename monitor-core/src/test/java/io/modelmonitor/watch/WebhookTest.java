package io.modelmonitor.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.internal.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTest {

    private static final Alert ALERT = new Alert(
            "credit/hourly",
            Alert.Kind.BEGAN,
            Constraint.on("income").drift(),
            0.04,
            new Window(Hours.hour(3), Hours.hour(4)),
            Hours.hour(1),
            16.2,
            15.4,
            List.of(Constraint.on("age").drift()));

    private record Received(String body, String key, String signature) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private URI uri;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(new Received(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    exchange.getRequestHeaders().getFirst("X-Signature-256")));
            exchange.sendResponseHeaders(answers.isEmpty() ? 204 : answers.remove(0), -1);
            exchange.close();
        });
        server.start();
        uri = URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/hook");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anAlertIsPostedAndSigned() throws Exception {
        Webhook webhook = Alerts.webhook(uri).secret("secret");
        assertThat(webhook.deliver(ALERT).join()).isTrue();
        Received one = received.get(0);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(one.signature())
                .isEqualTo("sha256="
                        + HexFormat.of().formatHex(mac.doFinal(one.body().getBytes(StandardCharsets.UTF_8))));
        assertThat(one.key()).isEqualTo(ALERT.id());
        assertThat(Json.object(Json.parse(one.body())))
                .containsEntry("kind", "BEGAN")
                .containsEntry("subject", "income")
                .containsEntry("wanted", "<= 0.01")
                .containsEntry("since", "2026-01-01T01:00:00Z")
                .containsEntry("alongside", List.of("age drift <= 0.01"));
        assertThat(webhook.delivered()).isEqualTo(1);
    }

    @Test
    void slackGetsOneText() {
        Alerts.webhook(uri).forSlack().deliver(ALERT).join();
        assertThat(received.get(0).body())
                .isEqualTo("{\"text\":\"credit/hourly: income drift is 0.04000, wanted <= 0.01; began about"
                        + " 2026-01-01T01:00:00Z; with 1 more\"}");
    }

    @Test
    void whatMayPassIsTriedAgainWithTheSameKey() {
        answers.addAll(List.of(503, 429));
        Webhook webhook = Alerts.webhook(uri).tries(3, Duration.ZERO);
        assertThat(webhook.deliver(ALERT).join()).isTrue();
        assertThat(received).extracting(Received::key).containsExactly(ALERT.id(), ALERT.id(), ALERT.id());
    }

    @Test
    void whatDoesNotPassIsGivenUpAndCounted() {
        answers.addAll(List.of(500, 500, 404));
        Webhook webhook = Alerts.webhook(uri).tries(2, Duration.ZERO);
        assertThat(webhook.deliver(ALERT).join()).isFalse();
        assertThat(webhook.deliver(ALERT).join()).isFalse();
        assertThat(received).hasSize(3);
        assertThat(webhook.failed()).isEqualTo(2);
    }

    @Test
    void nobodyThereIsNoHarm() {
        server.stop(0);
        Webhook webhook = Alerts.webhook(uri).tries(2, Duration.ZERO);
        assertThat(webhook.deliver(ALERT).join()).isFalse();
        assertThat(webhook.failed()).isEqualTo(1);
    }

    @Test
    void otherSchemesAreRefused() {
        assertThatThrownBy(() -> Alerts.webhook(URI.create("ftp://host/"))).hasMessageContaining("http://");
    }
}
