import io.modelmonitor.DataCapture;
import io.modelmonitor.capture.Overflow;
import io.modelmonitor.sink.MemorySink;
import io.modelmonitor.sink.Sinks;
import java.util.concurrent.Executors;

/** Run from its source by a Java that has virtual threads: each of 200,000 records once. */
class ManyThreads {

    public static void main(String[] args) {
        int threads = 200_000;
        MemorySink memory = Sinks.memory(threads);
        DataCapture capture = DataCapture.of("virtual")
                .queueCapacity(threads, Overflow.DROP_NEWEST)
                .sink(memory)
                .start();
        double[] row = {1, 2, 3};
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                int id = i;
                executor.execute(() -> capture.record("id-" + id, row, id));
            }
        }
        capture.close();
        long ids = memory.records().stream().map(record -> record.inferenceId()).distinct().count();
        System.out.println(ids + " " + capture.stats());
    }
}
