package io.modelmonitor.internal.capture;

import io.modelmonitor.api.Payload;

/** Bytes of which nothing is known but their type. */
final class BytesSource extends PayloadSource {

    private final String contentType;
    private final byte[] content;

    BytesSource(String contentType, byte[] content) {
        this.contentType = contentType;
        this.content = content;
    }

    @Override
    PayloadSource copy(PayloadFormat form, Allowance allowance) {
        allowance.take(weight());
        if (form.isPrivate()) {
            throw new IllegalArgumentException("fields are private, and no fields can be told apart in " + contentType);
        }
        return new BytesSource(contentType, content.clone());
    }

    @Override
    long weight() {
        return 16 + (long) content.length;
    }

    @Override
    void append(TextBuffer out, PayloadFormat form) {
        throw new IllegalArgumentException("bytes cannot be one row of several");
    }

    @Override
    boolean isJson(PayloadFormat form) {
        return false;
    }

    @Override
    Payload payload(PayloadFormat form, TextBuffer buffer) {
        return Payload.bytes(contentType, content);
    }
}
