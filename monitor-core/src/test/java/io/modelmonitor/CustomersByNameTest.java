package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A column named after customers, users or accounts has ids of them, who come again and of whom new ones come. */
class CustomersByNameTest {

    private static final List<IntFunction<String>> FORMS = List.of(
            customer -> "K" + (1_000 + customer),
            customer -> Integer.toString(100_000 + 7 * customer),
            customer -> Long.toHexString((customer + 1) * 0x9E3779B97F4A7C15L));

    /** Rows of which each fourth is of a new customer. */
    private static Dataset growing(String name, int seed, int from, int rows, IntFunction<String> form) {
        SplittableRandom random = new SplittableRandom(seed);
        return Tables.csv(name + ",amount", rows, i -> {
            int known = 50 + (from + i) / 4;
            int customer = random.nextInt(4) == 0 ? known : random.nextInt(known);
            return form.apply(customer) + "," + random.nextInt(100_000) / 8.0;
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user",
                "cust",
                "customer_no",
                "accountNumber",
                "patient",
                "Device",
                "member ref",
                "Kunde",
                "customer_id"
            })
    void newOnesAreNoDrift(String name) {
        List<String> alerts = new ArrayList<>();
        for (IntFunction<String> form : FORMS) {
            for (int rows : new int[] {200, 1_000, 4_000}) {
                Baseline baseline = Baseline.of(growing(name, rows, 0, rows, form));
                assertThat(baseline.describe()).contains(name + ": id, by its name");
                for (int window : new int[] {1, 20, 300, 1_500}) {
                    Dataset next = growing(name, window, rows, window, form);
                    Tables.violated(Monitor.against(baseline).check(next)).stream()
                            .filter(violated -> violated.startsWith(name))
                            .forEach(alerts::add);
                }
            }
        }
        assertThat(alerts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "account", "customer_no"})
    void thatTheyRepeatIsTold(String name) {
        for (IntFunction<String> form : FORMS) {
            SplittableRandom random = new SplittableRandom(7);
            Dataset table = Tables.csv(
                    name + ",amount",
                    2_000,
                    i -> form.apply(random.nextInt(200)) + "," + random.nextInt(100_000) / 8.0);
            assertThat(Baseline.of(table).describe())
                    .contains(name + ": id, by its name", "per(\"" + name + "\") reads one of each");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "account", "customer_no"})
    void anotherFormOfThemIsSeen(String name) {
        for (IntFunction<String> form : FORMS) {
            Monitor monitor = Monitor.against(Baseline.of(growing(name, 1, 0, 1_000, form)));
            assertThat(Tables.violated(
                            monitor.check(growing(name, 2, 1_000, 300, customer -> "x-" + form.apply(customer)))))
                    .anySatisfy(violated -> assertThat(violated).startsWith(name));
        }
    }

    @Test
    void namesOfPersonsFewKindsAndNumbersOfAnythingElseAreNoIds() {
        List<String> names = List.of("Anna Berg", "Ben Cole", "Cleo Dahl", "Dan Eck", "Eva Frey");
        SplittableRandom random = new SplittableRandom(3);
        Dataset table = Tables.csv(
                "customer,account,device,clients",
                2_000,
                i -> names.get(random.nextInt(5)) + ","
                        + List.of("savings", "current").get(random.nextInt(2)) + "," + "iPhone" + random.nextInt(9)
                        + "," + random.nextInt(100_000));
        assertThat(Baseline.of(table).describe()).doesNotContain(": id");
    }
}
