package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/**
 * Changes of sound inputs by chance. {@code -Dmodelmonitor.fuzz.seconds=600} runs each test longer, {@code -Dmodelmonitor.fuzz.rounds=10000}
 * until it had so many rounds, {@code -Dmodelmonitor.fuzz.seed=7} otherwise; a failure names the seed of its round.
 */
public final class Fuzz {

    private static final long SECONDS = Long.getLong("modelmonitor.fuzz.seconds", 2);
    private static final long ROUNDS = Long.getLong("modelmonitor.fuzz.rounds", 0);
    private static final long SEED = Long.getLong("modelmonitor.fuzz.seed", 15);
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final String[] TOKENS = {
        "\"",
        "\"\"",
        "\",\"",
        ",",
        ";",
        "\n",
        "\r",
        "\r\n",
        "\t",
        " ",
        "{",
        "}",
        "[",
        "]",
        ":",
        "null",
        "true",
        "{\"\":1}",
        "\uFEFF",
        "\uFFFF",
        "\u0000",
        "\u0000\u0000\u0000{",
        "1e999",
        "-0",
        "9".repeat(400),
        "0".repeat(2_000),
        "x".repeat(5_000),
        "[".repeat(300),
        "{\"a\":".repeat(250),
        "\"k\":1,".repeat(50),
        "\\u0000",
        "\\ud800",
        "\uD83D\uDE00",
        "a\",\"\n",
        "\"a\"  ,"
    };

    private Fuzz() {}

    /** Returns bytes after one to six changes: bytes that are other ones, gone, twice, or noise, and tokens, some of them very often. */
    public static byte[] mutated(byte[] sound, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = sound;
        for (int i = random.nextInt(6); i >= 0; i--) {
            out.reset();
            int at = random.nextInt(bytes.length + 1);
            int to = at + random.nextInt(Math.min(200, bytes.length - at) + 1);
            out.write(bytes, 0, at);
            switch (random.nextInt(6)) {
                case 0 -> out.write(random.nextInt(256));
                case 1 -> to = at;
                case 2 -> out.writeBytes(java.util.Arrays.copyOfRange(bytes, at, to));
                case 3 -> {
                    byte[] noise = new byte[random.nextInt(8)];
                    random.nextBytes(noise);
                    out.writeBytes(noise);
                }
                default -> {
                    String token = TOKENS[random.nextInt(TOKENS.length)];
                    int times = random.nextInt(20) == 0 ? 1_000_000 / token.length() : 1 + random.nextInt(3);
                    out.writeBytes(token.repeat(Math.min(times, 200_000)).getBytes(StandardCharsets.UTF_8));
                    to = random.nextBoolean() ? at : to;
                }
            }
            out.write(bytes, to, bytes.length - to);
            bytes = out.toByteArray();
        }
        return bytes;
    }

    /** Something to be tried. */
    public interface Round {
        /** Tries it. */
        void run(Random random) throws Exception;
    }

    /** Runs rounds until time is up and there were enough, each with a seed of its own and within five seconds of processor. */
    public static void repeatedly(Round round) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        long first = SEED * 1_000_003;
        for (long seed = first; System.nanoTime() < end || seed - first < ROUNDS; seed++) {
            long start = cpuNanos();
            try {
                round.run(new Random(seed));
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
            assertThat(cpuNanos() - start).as("nanoseconds of seed %d", seed).isLessThan(MOST_NANOS);
        }
    }

    /** Returns the processor time of this thread: what a round costs, however busy the machine is. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Returns bytes in gzip. */
    public static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
