package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InterruptTest {
    private static final long NEVER_MS = 60_000;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);

    @Test
    void shouldNotHoldACommandThatHasNothingToSave() {
        new Interrupt(NEVER_MS).onShutdown(stream);

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void shouldGiveUpARunThatWaitsForInputAndSaySo() {
        Interrupt interrupt = new Interrupt(1);
        assertThat(interrupt.stopRequested()).isFalse();

        interrupt.onShutdown(stream);

        assertThat(interrupt.stopRequested()).isTrue();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("rx: interrupted while waiting for input, nothing is shown\n");
    }

    @Test
    void shouldWaitUntilAStoppedRunIsPrinted() throws InterruptedException {
        Interrupt interrupt = new Interrupt(NEVER_MS);
        assertThat(interrupt.stopRequested()).isFalse();
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            interrupt.onShutdown(stream);
            ended.countDown();
        });

        hook.start();
        while (!interrupt.stopRequested()) {
            Thread.onSpinWait();
        }
        assertThat(ended.getCount()).isOne();
        interrupt.finished();
        ended.await();

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
