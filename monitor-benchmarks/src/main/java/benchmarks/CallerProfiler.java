package benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Tells how much memory a call takes on the threads that call. JMH's own profiler counts all threads, those behind a queue
 * too.
 */
public final class CallerProfiler implements InternalProfiler {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long allocated;

    @Override
    public String getDescription() {
        return "memory allocated by the calling threads";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        allocated = 0;
        add(-1);
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        add(1);
        double calls = (double) result.getMetadata().getAllOps() * iteration.getBatchSize();
        return List.of(new ScalarResult("callers.alloc", allocated / calls, "B/call", AggregationPolicy.AVG));
    }

    private void add(int sign) {
        for (long id : THREADS.getAllThreadIds()) {
            ThreadInfo thread = THREADS.getThreadInfo(id);
            if (thread != null && thread.getThreadName().contains("-jmh-worker-")) {
                allocated += sign * THREADS.getThreadAllocatedBytes(id);
            }
        }
    }
}
