package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureLayoutTest {

    private static final UUID ID = new UUID(0x123L, -7);

    @Test
    void aFileLiesInTheFolderOfItsHourAndIsNamedAfterItsMinute() {
        Instant time = Instant.parse("2026-03-04T05:06:07.008Z");
        assertThat(CaptureLayout.folder("churn", "a/b", time)).isEqualTo("churn/a%2Fb/2026/03/04/05");
        assertThat(CaptureLayout.fileName(time, ID)).isEqualTo("06-07-008-" + ID + ".jsonl");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theHourOfAFileIsThatOfTheTimeItWasNamedAfterWhereverItsRootLies(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(253_402_300_800L));
            String below = CaptureLayout.folder("churn", "v", time) + "/" + CaptureLayout.fileName(time, ID);
            Instant hour = time.truncatedTo(ChronoUnit.HOURS);
            assertThat(CaptureLayout.hourOf(Path.of("/captures").resolve(below)))
                    .isEqualTo(hour);
            assertThat(CaptureLayout.hourOf(Path.of(below.substring("churn/v/".length()))))
                    .isEqualTo(hour);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b/2026/13/04/05/x", "2026/03/04/24/x", "2026/03/04/x", "/2026/3/04/05/x", "x"})
    void aFileInNoFolderOfAnHourHasNone(String file) {
        assertThat(CaptureLayout.hourOf(Path.of(file))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        ".gz, true",
        ".enc, true",
        ".gz.enc, true",
        ".enc.gz, false",
        ".tmp, false",
    })
    void namesOfFilesEndInWhatWasDoneToThem(String end, boolean isName) {
        String name = CaptureLayout.fileName(Instant.EPOCH, ID) + end;
        assertThat(CaptureLayout.isFileName(name)).isEqualTo(isName);
        assertThat(CaptureLayout.isFileName("a" + name)).isFalse();
    }

    /** Percent-encoding, which is undone as that of addresses is (RFC 3986, section 2.1). */
    @Test
    void aSafeNameIsTheNameWithOtherBytesInHexadecimalDigits() {
        Set<String> names = new HashSet<>();
        for (int c = 1; c < 0x250; c++) {
            String one = "a" + Character.toString(c) + "b";
            String safe = CaptureLayout.safe(one);
            assertThat(URLDecoder.decode(safe, StandardCharsets.UTF_8)).isEqualTo(one);
            boolean isPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.".indexOf(c) >= 0;
            assertThat(safe.equals(one)).as(one).isEqualTo(isPlain);
            names.add(safe);
        }
        assertThat(names).hasSize(0x250 - 1);
    }

    @ParameterizedTest
    @CsvSource({"'', %", "., %2E", ".., %2E%2E", ".a.b., %2Ea.b%2E", "a.b, a.b"})
    void noNameIsThatOfAnotherFolder(String name, String safe) {
        assertThat(CaptureLayout.safe(name)).isEqualTo(safe);
    }
}
