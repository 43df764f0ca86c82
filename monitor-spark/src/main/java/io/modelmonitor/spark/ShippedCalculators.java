package io.modelmonitor.spark;

import io.modelmonitor.Measurement;
import io.modelmonitor.spi.MetricCalculator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;

/** Calculators that are sent to the executors, and measurements by them as bytes that are sent back. */
final class ShippedCalculators implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Serialised by Spark, with the task. */
    private final MetricCalculator<?>[] calculators;

    private ShippedCalculators(MetricCalculator<?>[] calculators) {
        this.calculators = calculators;
    }

    /**
     * Returns calculators that can be sent.
     *
     * @throws IllegalArgumentException if one cannot; the message is one line
     */
    static ShippedCalculators of(List<MetricCalculator<?>> calculators) {
        calculators.forEach(ShippedCalculators::check);
        return new ShippedCalculators(calculators.toArray(MetricCalculator<?>[]::new));
    }

    private static void check(MetricCalculator<?> calculator) {
        try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            out.writeObject(calculator);
        } catch (NotSerializableException e) {
            throw new IllegalArgumentException(
                    "calculator '" + calculator.name() + "' cannot be sent to the executors: its " + e.getMessage()
                            + " is not serialisable; make it there, by MetricCalculator.portable(() -> ..)",
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "calculator '" + calculator.name() + "' cannot be sent to the executors: " + e, e);
        }
    }

    List<MetricCalculator<?>> list() {
        return List.of(calculators);
    }

    /** Returns the bytes of a measurement. */
    static byte[] write(Measurement measurement) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            measurement.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a measurement cannot be written to memory: " + e, e);
        }
        return bytes.toByteArray();
    }

    /** Returns the measurement that bytes are. */
    Measurement read(byte[] bytes) {
        try {
            return Measurement.readTrusted(new ByteArrayInputStream(bytes), list());
        } catch (IOException e) {
            throw new UncheckedIOException("a measurement cannot be read from memory: " + e, e);
        }
    }
}
