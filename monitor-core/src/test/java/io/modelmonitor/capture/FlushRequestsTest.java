package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.capture.FlushRequests.Request;
import org.junit.jupiter.api.Test;

/** Who asks is told of a loss, once. */
class FlushRequestsTest {

    private static final long LONG = 60_000_000_000L;

    private final FlushRequests requests = new FlushRequests();

    @Test
    void aLossIsToldToAllWhoWaitAndThenToNobody() {
        Request one = requests.add(5);
        Request other = requests.add(5);
        requests.answer(5, 3, true);
        assertThat(one.await(LONG)).isFalse();
        assertThat(other.await(LONG)).isFalse();

        Request next = requests.add(5);
        requests.answer(5, 3, true);
        assertThat(next.await(LONG)).isTrue();
    }

    @Test
    void aLossIsNotToldToWhoHasStoppedWaiting() {
        Request impatient = requests.add(5);
        assertThat(impatient.await(0)).isFalse();
        requests.answer(5, 3, true);

        Request next = requests.add(5);
        requests.answer(5, 3, true);
        assertThat(next.await(LONG)).as("the first answer since the loss").isFalse();
    }

    @Test
    void whoIsInterruptedStopsWaitingAndStaysInterrupted() {
        Request interrupted = requests.add(5);
        Thread.currentThread().interrupt();
        assertThat(interrupted.await(LONG)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whoAsksForMoreThanHasBeenDoneWaits() {
        Request request = requests.add(6);
        requests.answer(5, 0, true);
        assertThat(requests.isDue(5)).isFalse();
        assertThat(requests.isDue(6)).isTrue();
        requests.answer(6, 0, true);
        assertThat(request.await(LONG)).isTrue();
    }

    @Test
    void afterTheEndEveryoneIsAnsweredAtOnce() {
        Request before = requests.add(9);
        requests.end(0, false);
        assertThat(before.await(LONG)).isFalse();
        assertThat(requests.add(1).await(LONG)).isFalse();
    }
}
