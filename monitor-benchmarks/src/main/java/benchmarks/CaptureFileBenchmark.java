package benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.sun.management.ThreadMXBean;
import io.modelmonitor.DataCapture;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.capture.Overflow;
import io.modelmonitor.sink.Sinks;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Measures how many records of 20 numbers the file sink writes and the reader reads a second. Beside it what Jackson's generator
 * writes to a file of the same numbers, of a caller's thread and without anything else. The first rounds are slower,
 * until everything is compiled; {@link CaptureBenchmark} has the calling thread's side.
 */
public final class CaptureFileBenchmark {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final JsonFactory JSON = new JsonFactory();

    private CaptureFileBenchmark() {}

    /** Runs all of it; {@code args} may say how many rounds there are of each; 5 unless said. */
    public static void main(String[] args) throws Exception {
        System.out.println(
                "Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        int rounds = args.length == 0 ? 5 : Integer.parseInt(args[0]);
        files("short decimals", shortDecimals(1024), rounds);
        files("all digits   ", allDigits(1024), rounds);
    }

    private static void files(String what, double[][] rows, int rounds) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            for (int round = 0; round < rounds; round++) {
                Path captures = folder.path();
                int count = 1_000_000;
                long start = System.nanoTime();
                long bytes;
                double cpu;
                try (DataCapture capture = DataCapture.of("bench")
                        .queueCapacity(1 << 16, Overflow.DROP_NEWEST)
                        .sink(Sinks.files(captures))
                        .start()) {
                    for (int i = 0; i < count; i++) {
                        while (capture.record(rows[i & 1023], 0.5) == null) {
                            LockSupport.parkNanos(100_000);
                        }
                    }
                    capture.flush(Duration.ofMinutes(1));
                    bytes = capture.stats().bytes();
                    cpu = cpuOf("capture-bench") / 1e9;
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "file sink, %s: %,10.0f records/s of the clock, %,10.0f of the worker's processor time (%d MB)%n",
                        what, count / seconds, count / cpu, bytes >> 20);
                start = System.nanoTime();
                long cpuBefore = THREADS.getCurrentThreadCpuTime();
                long read;
                try (Stream<?> records = CaptureFiles.in(captures).records()) {
                    read = records.count();
                }
                seconds = (System.nanoTime() - start) / 1e9;
                cpu = (THREADS.getCurrentThreadCpuTime() - cpuBefore) / 1e9;
                System.out.printf(
                        "records read, %s: %,10.0f records/s of the clock, %,10.0f of processor time%n",
                        what, read / seconds, read / cpu);
                System.out.printf(
                        "Jackson alone, %s: %,10.0f records/s of the clock%n",
                        what, count / jackson(captures.resolve("jackson.jsonl"), rows, count));
                folder.clear();
            }
        }
    }

    /** Returns how many seconds the yardstick takes. */
    private static double jackson(Path file, double[][] rows, int count) throws IOException {
        long start = System.nanoTime();
        try (JsonGenerator json =
                JSON.createGenerator(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            json.setRootValueSeparator(new SerializedString("\n"));
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < count; i++) {
                text.setLength(0);
                for (double value : rows[i & 1023]) {
                    text.append(text.length() == 0 ? "" : ",").append(value);
                }
                json.writeStartObject();
                json.writeObjectFieldStart("captureData");
                payload(json, "endpointInput", "INPUT", text.toString());
                payload(json, "endpointOutput", "OUTPUT", "0.5");
                json.writeEndObject();
                json.writeObjectFieldStart("eventMetadata");
                json.writeStringField("eventId", new UUID(i, i).toString());
                json.writeStringField("inferenceTime", Instant.ofEpochSecond(i).toString());
                json.writeEndObject();
                json.writeStringField("eventVersion", "0");
                json.writeEndObject();
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static void payload(JsonGenerator json, String name, String mode, String data) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("observedContentType", "text/csv");
        json.writeStringField("mode", mode);
        json.writeStringField("data", data);
        json.writeStringField("encoding", "CSV");
        json.writeEndObject();
    }

    private static long cpuOf(String name) {
        long cpu = 0;
        for (long id : THREADS.getAllThreadIds()) {
            ThreadInfo thread = THREADS.getThreadInfo(id);
            if (thread != null && thread.getThreadName().equals(name)) {
                cpu += THREADS.getThreadCpuTime(id);
            }
        }
        return cpu;
    }

    private static double[][] shortDecimals(int rows) {
        SplittableRandom random = new SplittableRandom(1);
        double[][] values = new double[rows][20];
        for (double[] row : values) {
            for (int i = 0; i < row.length; i++) {
                row[i] = i % 4 == 0 ? random.nextInt(100) : Math.rint(random.nextDouble() * 1e5) / 1e3;
            }
        }
        return values;
    }

    private static double[][] allDigits(int rows) {
        SplittableRandom random = new SplittableRandom(2);
        double[][] values = new double[rows][20];
        for (double[] row : values) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextDouble() * 10;
            }
        }
        return values;
    }
}
