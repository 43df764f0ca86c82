package benchmarks;

import io.modelmonitor.api.Payload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Bodies of requests that were made to cost more than they should, and bodies of random bytes. Not safe for use by several threads. */
final class HostileBodies {

    /** The largest body. */
    static final int MOST_BYTES = 1 << 20;

    private final SplittableRandom random;
    private final List<IntFunction<Object>> kinds;
    private int next;

    HostileBodies(long seed) {
        this.random = new SplittableRandom(seed);
        this.kinds = List.of(
                size -> json("{" + times(size, i -> "\"k" + word() + "\":" + i + ",") + "\"z\":0}"),
                size -> json("{\"a\":".repeat(size / 6) + "1" + "}".repeat(size / 6)),
                size -> json("[".repeat(size / 2) + "]".repeat(size / 2)),
                size -> json("[" + times(size, i -> "{},") + "{}]"),
                size -> json(times(size, i -> "{\"k" + word() + "\":1}\n")),
                size -> json("{\"a\":" + "9".repeat(size) + "}"),
                size -> json("{\"a\":\"" + "\\u0000".repeat(size / 6) + "\"}"),
                size -> json("{\"" + "n".repeat(size / 2) + "\":{\"" + "m".repeat(size / 2) + "\":1}}"),
                size -> json(
                        "{\"" + "n".repeat(900) + "\":{" + times(size, i -> "\"" + word() + "\":1,") + "\"z\":0}}"),
                size -> json("{\"instances\":[" + times(size, i -> "[1,2,\"x\"],") + "[1]]}"),
                size -> json("{\"instances\":[[" + "0,".repeat(size / 2) + "0]]}"),
                size -> json("{\"\":1}"),
                size -> json("{\"a\":[" + times(size, i -> "\"" + colliding(i) + "\",") + "1]}"),
                size -> csv("1,".repeat(size / 2)),
                size -> csv("a\",\"\n".repeat(size / 5)),
                size -> csv("\"".repeat(size)),
                size -> csv("1\n".repeat(size / 2)),
                size -> csv("\"a\"   ,".repeat(size / 7)),
                size -> csv("1e999,-0,0x1p-1074,NaN,".repeat(size / 23)),
                size -> csv("\u0000\u0000\u0000{".repeat(size / 4)),
                size -> csv(times(size, i -> colliding(i) + "\n")),
                size -> csv("\uD83D\uDE00".repeat(size / 4)),
                size -> Payload.bytes("image/png", new byte[size / 4 * 3]),
                size -> new float[size / 4]);
    }

    /** Returns a body of random bytes, as text; the smaller ones are the more frequent. */
    Object random() {
        byte[] bytes = new byte[size()];
        random.nextBytes(bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return random.nextBoolean() ? json(text) : csv(text);
    }

    /** Returns a body of the next kind. */
    Object built() {
        return kinds.get(next++ % kinds.size()).apply(size());
    }

    /** Returns a size, each of its orders of magnitude as frequent. */
    private int size() {
        return (int) StrictMath.exp(random.nextDouble() * StrictMath.log(MOST_BYTES));
    }

    private static Payload json(String text) {
        return Payload.json(text);
    }

    private static Payload csv(String text) {
        return Payload.csv(text);
    }

    private String word() {
        return Long.toString(random.nextLong(), Character.MAX_RADIX);
    }

    /** Returns one of many texts that have one hash code. */
    private static String colliding(int number) {
        StringBuilder text = new StringBuilder(40);
        for (int bit = 0; bit < 20; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    private static String times(int size, IntFunction<String> part) {
        StringBuilder text = new StringBuilder(size + 64);
        for (int i = 0; text.length() < size; i++) {
            text.append(part.apply(i));
        }
        return text.toString();
    }
}
