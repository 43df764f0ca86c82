package io.modelmonitor.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdsTest {

    @Test
    void sortAsTextByTheTimeTheyWereMade() {
        String last = "";
        for (long time = 1_700_000_000_000L; time < 1_700_000_001_000L; time++) {
            String id = EventIds.next(time).toString();
            assertThat(id).isGreaterThan(last);
            last = id;
        }
    }

    @Test
    void areOfVersionSevenAndCarryTheirTime() {
        UUID id = EventIds.next(1_700_000_000_123L);
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(1_700_000_000_123L);
    }

    @Test
    void differEvenWithinAMillisecond() {
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            assertThat(ids.add(EventIds.next(42))).isTrue();
        }
    }
}
