package examples;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Believable credit applications, made with a seed. The second month differs from the first in four ways, each of its own
 * kind: income is reported in thousands, one channel is new, some ages are missing, and the debt ratio has crept up. The
 * other columns are drawn as before.
 */
final class CreditApplications {

    private static final Schema SCHEMA = Schema.ofNames(
            "application_id", "age", "income", "debt_ratio", "channel", "region", "accounts", "has_default");
    private static final String[] CHANNELS = {"branch", "web", "phone"};
    private static final String[] REGIONS = {"north", "south", "east", "west"};

    private CreditApplications() {}

    /** Returns the month that the model was trained on. */
    static Dataset firstMonth() {
        return month(6_000, 20_260_901, false);
    }

    /** Returns the month in production. */
    static Dataset secondMonth() {
        return month(2_500, 20_261_001, true);
    }

    private static Dataset month(int applications, long seed, boolean changed) {
        Random random = new Random(seed);
        List<@Nullable Object[]> rows = new ArrayList<>(applications);
        for (int i = 0; i < applications; i++) {
            int age = (int) Math.max(18, Math.min(85, Math.round(41 + 13 * random.nextGaussian())));
            double income = Math.round(Math.exp(10.6 + 0.45 * random.nextGaussian()) / 10) * 10.0;
            double debtRatio = Math.round(1e3 * 0.6 * (1 - Math.sqrt(random.nextDouble()))) / 1e3;
            String channel = CHANNELS[random.nextDouble() < 0.5 ? 1 : random.nextInt(3)];
            String region = REGIONS[random.nextInt(REGIONS.length)];
            int accounts = 1 + (int) (-2 * Math.log(1 - random.nextDouble()));
            boolean hasDefault = random.nextDouble() < 0.08 + 0.2 * debtRatio;
            boolean ageMissing = random.nextDouble() < 0.06;
            boolean partner = random.nextDouble() < 0.07;
            if (changed) {
                income /= 1_000;
                channel = partner ? "partner" : channel;
                debtRatio = Math.round(1e3 * (debtRatio + 0.04 + 0.06 * i / applications)) / 1e3;
            }
            rows.add(new @Nullable Object[] {
                String.format(Locale.ROOT, "A%06d", seed % 1_000 * 1_000 + i),
                changed && ageMissing ? null : age,
                income,
                debtRatio,
                channel,
                region,
                accounts,
                hasDefault
            });
        }
        return Datasets.of(SCHEMA, rows);
    }
}
