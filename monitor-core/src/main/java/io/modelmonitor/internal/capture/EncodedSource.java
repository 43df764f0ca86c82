package io.modelmonitor.internal.capture;

import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Schema;

/** Text as it was sent or answered. */
final class EncodedSource extends PayloadSource {

    private final Payload payload;

    EncodedSource(Payload payload) {
        this.payload = payload;
    }

    @Override
    PayloadSource copy(PayloadFormat form, Allowance allowance) {
        allowance.take(weight());
        return form.isPrivate() ? new EncodedSource(ProtectedText.of(payload, form)) : this;
    }

    @Override
    long weight() {
        return 64 + (long) payload.data().length();
    }

    @Override
    void append(TextBuffer out, PayloadFormat form) {
        out.append(payload.data());
    }

    @Override
    boolean isJson(PayloadFormat form) {
        return payload.encoding() == Payload.Encoding.JSON;
    }

    @Override
    Payload payload(PayloadFormat form, TextBuffer buffer) {
        Schema schema = form.schema();
        return schema == null ? payload : payload.withSchema(schema);
    }
}
