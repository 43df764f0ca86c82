package io.modelmonitor.internal.bytes;

/** Finds what is no UTF-8. */
public final class Utf8 {

    private Utf8() {}

    /**
     * Counts malformed sequences as a decoder that replaces them does: each is the longest beginning of a character, or one
     * byte (Unicode 15, section 3.9, "substitution of maximal subparts").
     */
    public static int malformed(byte[] bytes, int from, int to) {
        int count = 0;
        int i = from;
        while (i < to) {
            int lead = bytes[i++] & 0xFF;
            if (lead < 0x80) {
                continue;
            }
            int following =
                    lead >= 0xC2 && lead <= 0xDF ? 1 : lead >> 4 == 0xE ? 2 : lead >= 0xF0 && lead <= 0xF4 ? 3 : 0;
            // The second byte is restricted to keep out long spellings, surrogates and what lies beyond U+10FFFF.
            int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
            int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
            int met = 0;
            while (met < following && i < to && (bytes[i] & 0xFF) >= least && (bytes[i] & 0xFF) <= most) {
                least = 0x80;
                most = 0xBF;
                met++;
                i++;
            }
            if (following == 0 || met < following) {
                count++;
            }
        }
        return count;
    }
}
