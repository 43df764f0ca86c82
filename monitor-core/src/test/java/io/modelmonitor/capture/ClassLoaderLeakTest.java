package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application that is undeployed leaves nothing behind on the threads of its server. */
@Timeout(60)
class ClassLoaderLeakTest {

    /** The work of an application on a server's thread. */
    public static final class Application implements Runnable {

        /** Creates an application. */
        public Application() {}

        @Override
        public void run() {
            try (io.modelmonitor.DataCapture capture =
                    io.modelmonitor.DataCapture.of("deployed").sink(batch -> {}).start()) {
                for (int i = 0; i < 1000; i++) {
                    capture.record(new double[] {i, 0.1 + i}, 0.5);
                }
                capture.pause();
                capture.record(new double[1], 0.5);
            }
        }
    }

    @Test
    void aClosedCaptureHoldsNoClassLoader() throws Exception {
        ExecutorService server = Executors.newSingleThreadExecutor();
        try {
            WeakReference<ClassLoader> loader = deployAndUndeploy(server);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (loader.get() != null && System.nanoTime() < end) {
                System.gc();
            }
            assertThat(loader.get()).isNull();
        } finally {
            server.shutdownNow();
        }
    }

    private static WeakReference<ClassLoader> deployAndUndeploy(ExecutorService server) throws Exception {
        URL[] urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(ClassLoaderLeakTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Runnable application = (Runnable) loader.loadClass(Application.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(application.getClass()).isNotEqualTo(Application.class);
            server.submit(application).get();
            return new WeakReference<>(loader);
        }
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
