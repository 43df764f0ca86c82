package io.modelmonitor.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextBufferTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 1000})
    void whateverIsAppendedFindsRoom(int capacity) {
        TextBuffer number = new TextBuffer(100);
        number.append(-1.2345678901234568e-300, false);
        TextBuffer characters = new TextBuffer(capacity);
        TextBuffer texts = new TextBuffer(capacity);
        TextBuffer numbers = new TextBuffer(capacity);
        for (int i = 0; i < 100; i++) {
            characters.append(',');
            texts.append("é,");
            numbers.append(-1.2345678901234568e-300, false);
        }
        assertThat(characters).hasToString(",".repeat(100));
        assertThat(texts).hasToString("é,".repeat(100));
        assertThat(texts.length()).isEqualTo(300);
        assertThat(numbers).hasToString(number.toString().repeat(100));
    }

    @Test
    void itIsEmptyOnceClearedHoweverLargeItWas() {
        TextBuffer buffer = new TextBuffer();
        for (int size : new int[] {10, 5_000_000, 10}) {
            buffer.append("x".repeat(size));
            assertThat(buffer.length()).isEqualTo(size);
            assertThat(buffer.clear().length()).isZero();
            assertThat(buffer).hasToString("");
        }
    }
}
