package io.modelmonitor.stats.internal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Bytes of uneven frequencies that are independent of each other, in about as many bits as their entropy: an adaptive binary
 * range coder, the one of LZMA (G. N. N. Martin, 1979; I. Pavlov, LZMA specification, 2015), over the bits of each byte from
 * the highest on.
 */
public final class PackedBytes {

    private static final int ONE_BITS = 15;
    private static final int ADAPTION = 7;
    private static final long LOW_32 = 0xFFFF_FFFFL;
    private static final long NORMAL = 1L << 24;

    private PackedBytes() {}

    private static int[] equallyProbable() {
        int[] zeros = new int[1 << Byte.SIZE];
        Arrays.fill(zeros, 1 << (ONE_BITS - 1));
        return zeros;
    }

    private static void adapt(int[] zeros, int context, int bit) {
        zeros[context] += bit == 0 ? ((1 << ONE_BITS) - zeros[context]) >> ADAPTION : -(zeros[context] >> ADAPTION);
    }

    /** Writes bytes whose number the reader knows. */
    public static void write(DataOutput out, byte[] bytes) throws IOException {
        Encoder encoder = new Encoder();
        int[] zeros = equallyProbable();
        for (byte value : bytes) {
            int context = 1;
            for (int shift = Byte.SIZE - 1; shift >= 0; shift--) {
                int bit = (value >> shift) & 1;
                encoder.encode(bit, zeros[context]);
                adapt(zeros, context, bit);
                context = 2 * context + bit;
            }
        }
        out.write(encoder.finish());
    }

    /** Reads so many bytes. */
    public static byte[] read(DataInput in, int size) throws IOException {
        Decoder decoder = new Decoder(in);
        int[] zeros = equallyProbable();
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            int context = 1;
            while (context < 1 << Byte.SIZE) {
                int bit = decoder.decode(zeros[context]);
                adapt(zeros, context, bit);
                context = 2 * context + bit;
            }
            bytes[i] = (byte) context;
        }
        return bytes;
    }

    private static final class Encoder {

        private final ByteBuilder out = new ByteBuilder();
        private long low;
        private long range = LOW_32;
        private int held;
        private long undecided = 1;

        private void encode(int bit, int zero) {
            long bound = (range >>> ONE_BITS) * zero;
            if (bit == 0) {
                range = bound;
            } else {
                low += bound;
                range -= bound;
            }
            while (range < NORMAL) {
                range <<= Byte.SIZE;
                shift();
            }
        }

        /** Writes the highest byte of the low end once no carry can change it any more. */
        private void shift() {
            int carry = (int) (low >>> Integer.SIZE);
            if (low < 0xFF00_0000L || carry != 0) {
                for (int value = held; undecided > 0; undecided--, value = 0xFF) {
                    out.write(value + carry);
                }
                held = (int) (low >>> 24) & 0xFF;
            }
            undecided++;
            low = (low << Byte.SIZE) & LOW_32;
        }

        private byte[] finish() {
            for (int i = 0; i <= Integer.BYTES; i++) {
                shift();
            }
            return out.toByteArray();
        }
    }

    private static final class Decoder {

        private final DataInput in;
        private long range = LOW_32;
        private long code;

        private Decoder(DataInput in) throws IOException {
            this.in = in;
            for (int i = 0; i <= Integer.BYTES; i++) {
                next();
            }
        }

        private int decode(int zero) throws IOException {
            long bound = (range >>> ONE_BITS) * zero;
            int bit = code < bound ? 0 : 1;
            if (bit == 0) {
                range = bound;
            } else {
                code -= bound;
                range -= bound;
            }
            while (range < NORMAL) {
                range <<= Byte.SIZE;
                next();
            }
            return bit;
        }

        private void next() throws IOException {
            code = ((code << Byte.SIZE) & LOW_32) | in.readUnsignedByte();
        }
    }
}
