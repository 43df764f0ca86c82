package benchmarks;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Payload;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures how fast captured requests become rows, a baseline and a report, beside what a JSON parser alone needs for the
 * same lines in the same run. Arguments: records (300,000 unless given) and rounds (7).
 *
 * <pre>{@code
 * mvn -q compile -Pbenchmark -Dbenchmark=CaptureReadBenchmark
 * }</pre>
 */
public final class CaptureReadBenchmark {

    private static final int WARM_UP = 3;
    private static final JsonFactory JSON = new JsonFactory();

    private CaptureReadBenchmark() {}

    private interface Task {
        long run() throws IOException;
    }

    private record Contender(String name, Task task, List<Double> seconds) {

        private Contender(String name, Task task) {
            this(name, task, new ArrayList<>());
        }

        private void run(boolean counts) throws IOException {
            long before = System.nanoTime();
            if (task.run() == 0) {
                throw new IllegalStateException(name + " read nothing");
            }
            if (counts) {
                seconds.add((System.nanoTime() - before) / 1e9);
            }
        }
    }

    /** Runs the benchmark and prints its tables. */
    public static void main(String[] args) throws IOException {
        int records = args.length > 0 ? Integer.parseInt(args[0]) : 300_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        for (boolean allDigits : new boolean[] {false, true}) {
            for (int width : new int[] {16, 20}) {
                try (TemporaryFolder temporary = TemporaryFolder.create()) {
                    Path folder = temporary.path();
                    long bytes = write(folder, records, width, allDigits);
                    System.out.printf(
                            "%,d records of %d numbers, %s, %d MB; median of %d%n",
                            records, width, allDigits ? "17 digits" : "short decimals", bytes >> 20, rounds);
                    measure(folder, records, rounds);
                }
            }
        }
    }

    private static void measure(Path folder, int records, int rounds) throws IOException {
        Monitor monitor = Monitor.against(Baseline.of(Datasets.captures(folder)));
        List<Contender> contenders = List.of(
                new Contender("bytes, line feeds counted", () -> lineFeeds(folder)),
                new Contender("Jackson, every token and text", () -> jackson(folder, false)),
                new Contender("Jackson and FastDoubleParser", () -> jackson(folder, true)),
                new Contender("records", () -> records(folder)),
                new Contender("rows, not decoded", () -> rows(folder, false)),
                new Contender("rows, every number parsed", () -> rows(folder, true)),
                new Contender("baseline, one thread", () -> baseline(folder, 1)),
                new Contender("baseline, two threads", () -> baseline(folder, 2)),
                new Contender("report, one thread", () -> report(monitor.threads(1), folder)),
                new Contender("report, two threads", () -> report(monitor.threads(2), folder)));
        for (int round = -WARM_UP; round < rounds; round++) {
            for (Contender contender : contenders) {
                contender.run(round >= 0);
            }
        }
        double yardstick = median(contenders.get(2).seconds);
        System.out.printf("%-36s %8s %8s %12s%n", "", "seconds", "ratio", "k records/s");
        for (Contender contender : contenders) {
            double seconds = median(contender.seconds);
            System.out.printf(
                    "%-36s %8.3f %8.2f %12.0f%n",
                    contender.name, seconds, seconds / yardstick, records / seconds / 1e3);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** Writes records as a capture of arrays does, in ten files. */
    private static long write(Path folder, int records, int width, boolean allDigits) throws IOException {
        SplittableRandom random = new SplittableRandom(width);
        Instant start = Instant.parse("2026-03-04T12:00:00Z");
        long bytes = 0;
        for (int part = 0; part < 10; part++) {
            Path file = folder.resolve("part" + part + ".jsonl");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                CaptureEncoder encoder = new CaptureEncoder(out);
                for (int i = part * records / 10; i < (part + 1) * records / 10; i++) {
                    String input = random.doubles(width)
                            .mapToObj(uniform -> allDigits ? uniform * 10 : Math.rint(uniform * 1e5) / 1e3)
                            .map(String::valueOf)
                            .collect(Collectors.joining(","));
                    encoder.write(new CaptureRecord(
                            new UUID(random.nextLong(), random.nextLong()).toString(),
                            null,
                            start.plusMillis(i),
                            Payload.csv(input),
                            Payload.csv(String.valueOf(random.nextInt(1000) / 1e3)),
                            List.of()));
                }
            }
            bytes += Files.size(file);
        }
        return bytes;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private static long lineFeeds(Path folder) throws IOException {
        long count = 0;
        byte[] buffer = new byte[1 << 16];
        for (Path file : files(folder)) {
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    for (int i = 0; i < read; i++) {
                        count += buffer[i] == '\n' ? 1 : 0;
                    }
                }
            }
        }
        return count;
    }

    private static long jackson(Path folder, boolean parses) throws IOException {
        long seen = 0;
        for (Path file : files(folder)) {
            try (InputStream in = Files.newInputStream(file);
                    JsonParser parser = JSON.createParser(in)) {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token == JsonToken.VALUE_STRING) {
                        String text = parser.getText();
                        seen += parses && parser.currentName().equals("data") ? numbers(text) : text.length();
                    }
                }
            }
        }
        return seen;
    }

    private static long numbers(String row) {
        double sum = 0;
        int from = 0;
        while (from < row.length()) {
            int end = row.indexOf(',', from);
            end = end < 0 ? row.length() : end;
            sum += JavaDoubleParser.parseDouble(row, from, end - from);
            from = end + 1;
        }
        return 1 + (long) sum;
    }

    private static long records(Path folder) {
        try (Stream<CaptureRecord> records = CaptureFiles.in(folder).records()) {
            return records.mapToLong(record -> record.eventId().length()).sum();
        }
    }

    private static long rows(Path folder, boolean decodes) {
        long seen = 0;
        try (Dataset.Cursor cursor = Datasets.captures(folder).open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                seen += batch.size();
                for (int i = 0; decodes && i < batch.schema().size(); i++) {
                    seen += batch.column(i).kinds()[0] + (long) batch.column(i).numbers()[0];
                }
            }
        }
        return seen;
    }

    private static long baseline(Path folder, int threads) {
        return Baseline.of(threads, Datasets.captures(folder)).profile().rows();
    }

    private static long report(Monitor monitor, Path folder) {
        return monitor.check(Datasets.captures(folder)).metrics().size();
    }
}
