package io.modelmonitor.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** Saves and reads states, whole and damaged. */
public final class Saved {

    private Saved() {}

    /** Writes a state. */
    @FunctionalInterface
    public interface Writer {
        void write(DataOutput out) throws IOException;
    }

    /** Reads a state. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(DataInput in) throws IOException;
    }

    /** Returns what a state writes. */
    public static byte[] bytes(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads a state, to the last byte. */
    public static <T> T read(Reader<T> reader, byte[] bytes) {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        try {
            T state = reader.read(new DataInputStream(in));
            assertThat(in.available()).isZero();
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what is read of what a state writes. */
    public static <T> T copy(Writer writer, Reader<T> reader) {
        return read(reader, bytes(writer));
    }

    /**
     * Reads a state that was cut, at each byte of a short one, at many of a long one, and with changed bytes. It has to be refused in one line, or to be a state.
     *
     * @param invariants are checked of states that are read
     */
    public static <T> void damage(byte[] bytes, Reader<T> reader, int mutations, Consumer<T> invariants) {
        for (int length = 0; length < bytes.length; length += bytes.length < 10_000 ? 1 : bytes.length / 200) {
            if (tryToRead(reader, Arrays.copyOf(bytes, length), state -> {})) {
                fail("read from %d of %d bytes", length, bytes.length);
            }
        }
        Random random = new Random(bytes.length);
        for (int i = 0; i < mutations; i++) {
            byte[] changed = bytes.clone();
            // Counts and flags come first, and damage there reaches furthest.
            int place = random.nextInt(random.nextBoolean() ? Math.min(64, bytes.length) : bytes.length);
            for (int j = 0; j <= i % 3; j++) {
                changed[Math.min(bytes.length - 1, place + j)] = (byte) (random.nextBoolean() ? -1 : random.nextInt());
            }
            tryToRead(reader, changed, invariants);
        }
    }

    private static <T> boolean tryToRead(Reader<T> reader, byte[] bytes, Consumer<T> invariants) {
        T state;
        try {
            state = reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            return false;
        } catch (EOFException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        invariants.accept(state);
        return true;
    }
}
