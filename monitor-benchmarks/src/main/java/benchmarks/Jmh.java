package benchmarks;

import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs benchmarks of JMH from Maven, which puts the class path into a loader and not where JMH looks for it. */
final class Jmh {

    private Jmh() {}

    /** Runs those methods of a class whose names fit a pattern. */
    static void run(Class<?> benchmarks, String pattern) throws RunnerException {
        if (benchmarks.getClassLoader() instanceof URLClassLoader loader) {
            System.setProperty("java.class.path", classPath(loader));
        }
        new Runner(new OptionsBuilder()
                        .include("\\." + benchmarks.getSimpleName() + "\\.(" + pattern + ")$")
                        .addProfiler(CallerProfiler.class)
                        .build())
                .run();
    }

    private static String classPath(URLClassLoader loader) {
        return Arrays.stream(loader.getURLs())
                .map(url -> Path.of(java.net.URI.create(url.toString())).toString())
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }
}
