package io.modelmonitor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark Connect: a server in this JVM, and the client in one of its own, as its classes have the names of the server's. The build says
 * where the client is, for the versions of Spark that it has one of.
 */
@EnabledIfSystemProperty(named = ConnectTest.CLIENT, matches = ".+")
class ConnectTest {

    static final String CLIENT = "spark.connect.client";

    /** Jars of the server, in place of whose classes the client has others of the same names. */
    private static final Pattern OF_SERVER =
            Pattern.compile(".*/spark-(sql|sql-api|catalyst|core|connect)_2\\.13-[^/]*");

    @TempDir
    private Path folder;

    @Test
    void theServerMeasuresAFrameOfAClientToTheSameBytes() throws IOException, InterruptedException {
        int port = freePort();
        SparkSession server = Sessions.serving(port);
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("SPARK_REMOTE", "sc://" + Sessions.LOCAL + ":" + port);
        Process client = builder.start();
        try {
            boolean ended = client.waitFor(3, TimeUnit.MINUTES);
            String printed = Files.readString(output);
            assertThat(ended).as(printed).isTrue();
            assertThat(client.exitValue()).as(printed).isZero();
            assertThat(printed).contains("20000 rows over org.apache.spark.sql.connect.SparkSession: the same bytes");
        } finally {
            client.destroyForcibly();
            server.stop();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        command.add("-Dorg.sparkproject.io.netty.noUnsafe=false"); // the client's own copy of Netty, see the build
        // Most of the time of a process this short goes into compiling it.
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", classPath(), ConnectCheck.class.getName()));
        return command;
    }

    /** Returns the class path of this JVM with the client in place of the server. */
    private static String classPath() throws IOException {
        String here = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try (Stream<Path> client = Files.list(Path.of(System.getProperty(CLIENT, "")))) {
            return String.join(
                    File.pathSeparator,
                    Stream.concat(client.map(Path::toString), Arrays.stream(here.split(File.pathSeparator, -1)))
                            .filter(entry -> !OF_SERVER.matcher(entry).matches())
                            .toList());
        }
    }
}
