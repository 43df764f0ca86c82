package io.modelmonitor.capture;

import io.modelmonitor.api.Payload;

/** Bytes of which nothing is known but their type. */
final class BytesContent extends Content {

    private final String contentType;
    private final byte[] content;

    BytesContent(String contentType, byte[] content) {
        this.contentType = contentType;
        this.content = content;
    }

    @Override
    Content copy(Form form, Allowance allowance) {
        allowance.take(weight());
        if (form.isPrivate()) {
            throw new IllegalArgumentException("fields are private, and no fields can be told apart in " + contentType);
        }
        return new BytesContent(contentType, content.clone());
    }

    @Override
    long weight() {
        return 16 + (long) content.length;
    }

    @Override
    void append(TextBuffer out, Form form) {
        throw new IllegalArgumentException("bytes cannot be one row of several");
    }

    @Override
    boolean isJson(Form form) {
        return false;
    }

    @Override
    Payload payload(Form form, TextBuffer buffer) {
        return Payload.bytes(contentType, content);
    }
}
