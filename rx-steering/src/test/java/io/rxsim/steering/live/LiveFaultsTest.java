package io.rxsim.steering.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.live.DropHandler;
import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveMachine;
import io.rxsim.core.live.LiveReport;
import io.rxsim.core.live.LiveSettings;
import io.rxsim.core.live.LiveSocket;
import io.rxsim.core.live.LiveWait;
import io.rxsim.core.live.Receiver;
import io.rxsim.core.run.Steering;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.steering.SteeringCatalog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a live host does when something in it fails: it says so, and loses nothing that it accepted. */
class LiveFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void shouldReportAConsumerThatThrowsAndGoOnWithTheNextPacket() throws InterruptedException {
        LiveHost<Long> host = host(LiveMachine.cpus(2).rps("2").rfs(256), DropHandler.ignore());
        Receiver<Long> receiver = host.receiver(1);
        LiveSocket<Long> socket = receiver.open(4096);
        host.start();
        host.start(
                receiver,
                packet -> {
                    if (packet.sequence == 3) {
                        throw new IllegalStateException("no disk");
                    }
                },
                LiveWait.BLOCK);
        new Traffic(host, List.of(socket), 4, true).send(1_000);
        LiveReport report = host.stop(PATIENCE);
        assertThat(report.delivered()).isEqualTo(1_000);
        assertThat(report.brokenLaws()).isEmpty();
        assertThat(report.remarks())
                .singleElement()
                .asString()
                .startsWith("receiver 0 on CPU 1: handler failed on flow ")
                .endsWith(" packet 3: java.lang.IllegalStateException: no disk; 4 failure(s) in all");
    }

    @Test
    void shouldNameAConsumerThatStallsAndCountWhatItLeft() throws InterruptedException {
        LiveHost<Long> host = host(LiveMachine.cpus(2).rps("2").rfs(256), DropHandler.ignore());
        Receiver<Long> receiver = host.receiver(1);
        LiveSocket<Long> socket = receiver.open(4096);
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        host.start();
        host.start(
                receiver,
                packet -> {
                    stalled.countDown();
                    awaitQuietly(goOn);
                },
                LiveWait.BLOCK);
        new Traffic(host, List.of(socket), 4, true).send(500);
        stalled.await();
        LiveReport report = host.stop(Duration.ofMillis(100));
        goOn.countDown();
        assertThat(report.queued()).isEqualTo(500);
        assertThat(report.brokenLaws()).isEmpty();
        assertThat(report.remarks())
                .anyMatch(line -> line.matches("receiver 0 on CPU 1 left \\d+ packet\\(s\\) in its sockets; .*"))
                .contains("thread rx-receiver-0 did not end in time");
    }

    @Test
    void shouldTellOfEveryPacketThatAFullBacklogRefused() throws InterruptedException {
        AtomicLong told = new AtomicLong();
        LiveHost<Long> host =
                host(LiveMachine.cpus(2).ring(4096).rps("2").maxBacklog(0), (packet, reason) -> told.incrementAndGet());
        host.start();
        new Traffic(host, List.of(), 4, true).send(20_000);
        LiveReport report = host.stop(PATIENCE);
        assertThat(report.droppedTotal()).isPositive().isEqualTo(told.get());
        assertThat(report.delivered() + report.droppedTotal()).isEqualTo(20_000);
        assertThat(report.brokenLaws()).isEmpty();
    }

    @Test
    void shouldDrainWhatItAcceptedWhenStoppedInMidRun() throws InterruptedException {
        AtomicLong handled = new AtomicLong();
        LiveHost<Long> host = host(LiveMachine.cpus(4).queues(2).rps("f").rfs(256), DropHandler.ignore());
        Receiver<Long> receiver = host.receiver(3);
        LiveSocket<Long> socket = receiver.open(65_536);
        host.start();
        CountDownLatch underWay = new CountDownLatch(1_000);
        host.start(
                receiver,
                packet -> {
                    handled.incrementAndGet();
                    underWay.countDown();
                },
                LiveWait.BLOCK);
        Thread producers = new Thread(() -> sendQuietly(new Traffic(host, List.of(socket), 16, true)));
        producers.start();
        underWay.await();
        LiveReport report = host.stop(PATIENCE);
        producers.join();
        assertThat(report.queued()).isZero();
        assertThat(report.remarks()).isEmpty();
        assertThat(report.brokenLaws()).isEmpty();
        assertThat(report.delivered()).isEqualTo(handled.get());
        assertThat(report.packets())
                .isEqualTo(host.queue(0).received() + host.queue(1).received());
    }

    @Test
    void shouldStopByItselfAndKeepEveryPacketWhenAPolicyFails() throws InterruptedException {
        LiveHost<Long> host = new LiveHost<>(
                LiveMachine.cpus(2).build(),
                new Steering("broken", (machine, placement) -> new Broken()),
                LiveSettings.DEFAULT,
                DropHandler.ignore());
        host.start();
        new Traffic(host, List.of(), 4, true).send(100);
        LiveReport report = host.stop(PATIENCE);
        assertThat(host.failure()).isEqualTo("CPU 0: java.lang.IllegalStateException: table is gone");
        assertThat(report.queued()).isEqualTo(report.packets()).isPositive();
        assertThat(report.brokenLaws()).isEmpty();
        assertThat(report.remarks()).contains("the engine failed: " + host.failure());
    }

    @Test
    void shouldRefuseChangesThatItCannotCarryOut() {
        LiveHost<Long> host = host(LiveMachine.cpus(2), DropHandler.ignore());
        assertThatThrownBy(() -> host.netdevMaxBacklog(1001))
                .hasMessage("netdev_max_backlog=1001, this host allows 0 to 1000: its backlog rings were made for that"
                        + " (LiveSettings.largestMaxBacklog)");
        host.online(1, false);
        assertThatThrownBy(() -> host.online(0, false)).hasMessage("cpu=0 is the last one online");
        assertThatThrownBy(() -> host.irqAffinity(0, CpuMask.of(1, 2))).hasMessageContaining("has no online CPU");
        assertThatThrownBy(() -> host.online(2, true)).hasMessage("cpu=2, allowed is 0 to 1");
    }

    private static LiveHost<Long> host(LiveMachine machine, DropHandler<Long> drops) {
        return new LiveHost<>(
                machine.build(), SteeringCatalog.steering(SteeringCatalog.RFS), LiveSettings.DEFAULT, drops);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sendQuietly(Traffic traffic) {
        try {
            traffic.send(Integer.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A policy whose table is gone. */
    private static final class Broken implements SteeringPolicy {
        @Override
        public long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet) {
            throw new IllegalStateException("table is gone");
        }

        @Override
        public void onEnqueued(int rxQueue, long decision, int qtail) {
            // Never reached.
        }

        @Override
        public void onConsumed(int hash, int cpu) {
            // Nothing is kept.
        }

        @Override
        public void onClosed(int hash) {
            // Nothing is kept.
        }
    }
}
