package io.modelmonitor.watch;

import java.net.URI;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes targets of alerts. */
public final class Alerts {

    private static final Logger LOGGER = LoggerFactory.getLogger(Alerts.class);

    private Alerts() {}

    /** Returns a target that logs: a warning when a change begins or grows, information when it ends. */
    public static AlertTarget slf4j() {
        return alert -> {
            if (alert.kind() == Alert.Kind.ENDED) {
                LOGGER.info("{}", alert.text());
            } else {
                LOGGER.warn("{}", alert.text());
            }
        };
    }

    /** Returns a target that hands alerts on, such as to code that mails them. */
    public static AlertTarget to(Consumer<? super Alert> consumer) {
        return consumer::accept;
    }

    /**
     * Returns a target that posts JSON; its methods sign it, shape it for Slack, and say how often it tries.
     *
     * @param uri of scheme http or https
     */
    public static Webhook webhook(URI uri) {
        return Webhook.to(uri);
    }
}
