package io.modelmonitor.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.internal.capture.FlushRequests.Request;
import org.junit.jupiter.api.Test;

/** A loss is reported once to each caller of flush. */
class FlushRequestsTest {

    private static final long LONG = 60_000_000_000L;

    private final FlushRequests requests = new FlushRequests();

    private void answer(long removed, long losses, boolean flushed) {
        requests.takeDue(removed);
        requests.answer(losses, flushed);
    }

    @Test
    void whoAsksWhileTheSinkIsFlushedIsNotAnsweredByIt() {
        Request before = requests.add(5);
        assertThat(requests.takeDue(5)).isTrue();
        Request during = requests.add(5);
        requests.answer(0, false);
        assertThat(before.await(LONG)).isFalse();
        answer(5, 0, true);
        assertThat(during.await(LONG)).isTrue();
    }

    @Test
    void aLossSinceItsOwnRecordIsToldToWhoeverHasNotAskedSince() {
        Request other = requests.add(5);
        answer(5, 3, true);
        assertThat(other.await(LONG)).isFalse();
        Request own = requests.add(5, 2);
        answer(5, 3, true);
        assertThat(own.await(LONG)).isFalse();
    }

    @Test
    void aLossIsToldToAllWhoWaitAndThenToNobody() {
        Request one = requests.add(5);
        Request other = requests.add(5);
        answer(5, 3, true);
        assertThat(one.await(LONG)).isFalse();
        assertThat(other.await(LONG)).isFalse();

        Request next = requests.add(5);
        answer(5, 3, true);
        assertThat(next.await(LONG)).isTrue();
    }

    @Test
    void aLossIsNotToldToWhoHasStoppedWaiting() {
        Request impatient = requests.add(5);
        assertThat(impatient.await(0)).isFalse();
        answer(5, 3, true);

        Request next = requests.add(5);
        answer(5, 3, true);
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
        answer(5, 0, true);
        assertThat(requests.takeDue(5)).isFalse();
        assertThat(requests.takeDue(6)).isTrue();
        answer(6, 0, true);
        assertThat(request.await(LONG)).isTrue();
    }

    @Test
    void anAnsweredRequestIsNotTakenAgain() {
        requests.add(5);
        answer(5, 0, true);
        assertThat(requests.takeDue(5)).as("is the sink to be flushed again").isFalse();
    }

    @Test
    void whoWaitsAtTheEndIsAnsweredByWhatTheSinkSaidAtClosingAndByWhatWasLost() {
        for (boolean closed : new boolean[] {true, false}) {
            for (long losses = 0; losses < 2; losses++) {
                FlushRequests ending = new FlushRequests();
                Request within = ending.add(5);
                Request beyond = ending.add(Long.MAX_VALUE);
                ending.end(losses, closed);
                assertThat(within.await(LONG)).isEqualTo(closed && losses == 0);
                assertThat(beyond.await(LONG)).isEqualTo(closed && losses == 0);
                assertThat(ending.add(5).await(LONG)).isEqualTo(closed);
            }
        }
    }

    @Test
    void afterTheEndEveryoneIsAnsweredAtOnce() {
        Request before = requests.add(9);
        requests.end(0, false);
        assertThat(before.await(LONG)).isFalse();
        assertThat(requests.add(1).await(LONG)).isFalse();
    }
}
