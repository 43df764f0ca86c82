package io.modelmonitor.capture;

import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Schema;

/** Text as it was sent or answered. */
final class PayloadContent extends Content {

    private final Payload payload;

    PayloadContent(Payload payload) {
        this.payload = payload;
    }

    @Override
    Content copy(Form form, Allowance allowance) {
        allowance.take(weight());
        return form.isPrivate() ? new PayloadContent(ProtectedText.of(payload, form)) : this;
    }

    @Override
    long weight() {
        return 64 + (long) payload.data().length();
    }

    @Override
    void append(TextBuffer out, Form form) {
        out.append(payload.data());
    }

    @Override
    boolean isJson(Form form) {
        return payload.encoding() == Payload.Encoding.JSON;
    }

    @Override
    Payload payload(Form form, TextBuffer buffer) {
        Schema schema = form.schema();
        return schema == null ? payload : payload.withSchema(schema);
    }
}
