package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The memory that states hold, on a JVM with references of four bytes. */
class ProfileSizeTest {

    private static final int ENTRY = 48;

    /** Returns the bytes of an object and all that it refers to; of the JDK's collections, about as much. */
    private static long size(Object root) throws IllegalAccessException {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> left = new ArrayDeque<>();
        left.add(root);
        long sum = 0;
        while (!left.isEmpty()) {
            Object object = left.remove();
            if (object instanceof Class || object instanceof Enum || !seen.add(object)) {
                continue;
            }
            sum += rounded(shallow(object, left));
        }
        return sum;
    }

    private static long rounded(long bytes) {
        return (bytes + 7) / 8 * 8;
    }

    private static long shallow(Object object, Deque<Object> left) throws IllegalAccessException {
        Class<?> type = object.getClass();
        if (type.isArray()) {
            int length = Array.getLength(object);
            if (object instanceof Object[] elements) {
                for (Object element : elements) {
                    addIfAny(element, left);
                }
            }
            return 16 + (long) length * bytes(type.getComponentType());
        }
        if (object instanceof String text) {
            return 24 + rounded(16 + text.length());
        }
        if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                addIfAny(key, left);
                addIfAny(value, left);
            });
            return ENTRY * (1L + map.size());
        }
        if (object instanceof Collection<?> collection) {
            collection.forEach(element -> addIfAny(element, left));
            return ENTRY * (1L + collection.size());
        }
        long sum = 12;
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            for (Field field : one.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    sum += bytes(field.getType());
                    if (!field.getType().isPrimitive() && !one.getName().startsWith("java.")) {
                        field.setAccessible(true);
                        addIfAny(field.get(object), left);
                    }
                }
            }
        }
        return sum;
    }

    private static void addIfAny(Object object, Deque<Object> left) {
        if (object != null) {
            left.add(object);
        }
    }

    private static int bytes(Class<?> type) {
        return type == long.class || type == double.class
                ? 8
                : type == byte.class || type == boolean.class ? 1 : type == char.class || type == short.class ? 2 : 4;
    }

    @Test
    void aColumnOfNumbersTakesWhatIsDocumented() throws IllegalAccessException {
        Random random = new Random(15);
        ColumnProfile profile = ColumnProfile.create();
        long largest = 0;
        for (int rows = 250; rows <= 200_000; rows += 250) {
            profile.add(Columns.fractional(random.doubles(250).toArray()), 250);
            if (rows <= 12_000 || rows % 5_000 == 0) {
                long size = size(profile);
                largest = Math.max(largest, size);
                assertThat(size).as("bytes after %d rows", rows).isLessThanOrEqualTo(rows < 10_000 ? 160_000 : 85_000);
            }
        }
        assertThat(largest).as("what the walk finds").isGreaterThan(100_000);
        long before = size(profile);
        assertThat(profile.quantiles().quantile(0.5)).isBetween(0.49, 0.51);
        assertThat(size(profile) - before).as("bytes of a distribution").isBetween(60_000L, 95_000L);
    }

    @Test
    void aSketchTakesWhatIsDocumentedHoweverManyNumbersAreAddedOrMerged() throws IllegalAccessException {
        Random random = new Random(16);
        KllSketch sum = KllSketch.create();
        for (int part = 0; part < 60; part++) {
            KllSketch sketch = KllSketch.create();
            for (int i = 0; i < 1 + part % 7; i++) {
                sketch.update(random.doubles(5_000).toArray(), 0, 5_000);
                assertThat(size(sketch)).isLessThanOrEqualTo(75_000);
            }
            sum = sum.merge(sketch);
            assertThat(size(sum)).isLessThanOrEqualTo(75_000);
        }
        assertThat(size(sum)).isGreaterThan(30_000);
    }
}
