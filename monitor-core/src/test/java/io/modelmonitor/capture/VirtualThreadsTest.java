package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class VirtualThreadsTest {

    @Test
    void twoHundredThousandVirtualThreadsRecordOnceEach() throws IOException, InterruptedException, URISyntaxException {
        int java = Runtime.version().feature();
        assumeTrue(java >= 21, "Java " + java + " has no virtual threads; run on 21 or newer");
        Path source = Path.of(Objects.requireNonNull(getClass().getResource("/virtual/ManyThreads.java"))
                .toURI());
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said)
                .contains("200000 CaptureStats[accepted=200000, sampledOut=0, written=200000, dropped=0, failed=0");
    }
}
