package io.rxsim.workload.churn;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.Errno;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.port.PortSet;
import io.rxsim.core.port.PortSettings;
import io.rxsim.core.port.TcpPorts;
import io.rxsim.core.run.StopSignal;
import io.rxsim.workload.spec.Rate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PortChurnTest {
    private static final long SECOND = 1_000_000_000;

    private final PortSettings settings = new PortSettings(KernelRules.V6_18);

    private ChurnResult run(long perSecond, int destinations, long lifetimeNs, long untilNs) {
        PortSet services = PortSet.parse("40000-40009");
        PortChurn.Load load =
                new PortChurn.Load(Rate.perSecond(perSecond), destinations, lifetimeNs, TcpPorts.End.ACTIVE, services);
        return new PortChurn(settings, load, 7).run(untilNs, StopSignal.NEVER);
    }

    /** Little's law: what is in TIME_WAIT is the rate times a minute. */
    @Test
    void shouldHoldAsManyPortsInTimeWaitAsLittleSays() {
        ChurnResult result = run(200, 10, SECOND, 300 * SECOND);
        assertThat(result.counts().failedTotal()).isZero();
        assertThat(result.counts().connects()).isBetween(58_000L, 62_000L);
        assertThat((double) result.peaks().timeWaits()).isBetween(11_600.0, 12_800.0);
        assertThat(result.peaks().memoryBytes()).isLessThan(8 << 20);
    }

    @Test
    void shouldFailWithEaddrnotavailBeyondWhatFits() {
        settings.range.set(40000, 40999);
        // 1000 ports held for 60 s each are enough for 16.7 connects per second
        ChurnResult result = run(20, 1, 0, 600 * SECOND);
        assertThat(result.counts().failed()).containsOnlyKeys(Errno.EADDRNOTAVAIL);
        final double given = (result.counts().connects() - result.counts().failedTotal()) / 600.0;
        assertThat(given).isBetween(16.0, 18.5);
        assertThat(result.peaks().timeWaits()).isBetween(999, 1000);
        assertThat(run(15, 1, 0, 300 * SECOND).counts().failedTotal()).isZero();
    }

    @Test
    void shouldTakeServicePortsUnlessTheyAreReserved() {
        settings.range.set(40000, 40999);
        ChurnResult open = run(5, 1, 0, 600 * SECOND);
        assertThat(open.counts().collisions()).isPositive();
        assertThat(open.blocked()[40000]).isPositive();
        settings.reserved.set(PortSet.parse("40000-40009"));
        ChurnResult reserved = run(5, 1, 0, 600 * SECOND);
        assertThat(reserved.counts().collisions()).isZero();
        assertThat(reserved.blocked()[40000]).isZero();
    }

    @Test
    void shouldTakeConnectionsOutInTheOrderInWhichTheyClose() {
        CloseTimes closes = new CloseTimes();
        SplittableRandom random = new SplittableRandom(3);
        long[] times = new long[3000];
        for (int i = 0; i < times.length; i++) {
            times[i] = random.nextInt(1000);
            closes.add(i, times[i]);
        }
        long last = -1;
        boolean[] taken = new boolean[times.length];
        for (int i = 0; i < times.length; i++) {
            final long nextNs = closes.nextNs();
            final int socket = closes.take();
            assertThat(taken[socket]).isFalse();
            taken[socket] = true;
            assertThat(times[socket]).isEqualTo(nextNs).isGreaterThanOrEqualTo(last);
            last = nextNs;
        }
        assertThat(closes.nextNs()).isEqualTo(CloseTimes.NEVER);
    }
}
