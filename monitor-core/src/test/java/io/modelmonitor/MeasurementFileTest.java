package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Metric;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.spi.MetricCalculator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The limits on the size of a saved measurement: whatever is saved can be loaded. */
class MeasurementFileTest {

    /** Has a state of bytes that are all 0. */
    private record Zeros(int bytes) implements MetricCalculator<byte[]> {

        @Override
        public String name() {
            return "zeros";
        }

        @Override
        public byte[] start() {
            return new byte[bytes];
        }

        @Override
        public void add(byte[] state, Batch batch) {}

        @Override
        public byte[] merge(byte[] earlier, byte[] later) {
            return earlier;
        }

        @Override
        public List<Metric> measure(byte[] state, byte @Nullable [] reference, Constraints wanted) {
            return List.of(Metric.of("", "zeros", state.length));
        }

        @Override
        public void write(byte[] state, DataOutput out) throws IOException {
            out.write(state);
        }

        @Override
        public byte[] read(DataInput in) throws IOException {
            byte[] state = new byte[bytes];
            in.readFully(state);
            return state;
        }
    }

    private static Measurement measured(Zeros zeros) {
        return Measurement.of(Datasets.csvText("a\n1\n2\n"), zeros);
    }

    @Test
    void aStateThatPacksToNextToNothingIsLoadedAgain() throws IOException {
        Zeros zeros = new Zeros(8 << 20);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        measured(zeros).write(file);
        Measurement loaded = Measurement.read(new ByteArrayInputStream(file.toByteArray()), zeros);
        assertThat(loaded.rows()).isEqualTo(2);
    }

    @Test
    void whatIsTooLargeToBeLoadedAgainIsNotWritten() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Measurement measurement = measured(new Zeros(100_000));
        MeasurementFile.write(measurement, file, 100_000);
        assertThat(file.size()).isPositive();
        file.reset();
        assertThatThrownBy(() -> MeasurementFile.write(measurement, file, 99_999))
                .isInstanceOf(IOException.class)
                .hasMessage("the state of calculator 'zeros' has 100000 bytes; allowed are up to 99999");
        assertThat(file.size()).isZero();
    }
}
