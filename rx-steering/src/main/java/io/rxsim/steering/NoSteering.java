package io.rxsim.steering;

import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringReason;

/**
 * The floor: every packet stays on the CPU that took it in, whatever the queues' settings say.
 *
 * <p>Source: {@code netif_receive_skb_internal} with the RPS switch off (net/core/dev.c), 6.18. Stateless; any thread.
 */
public final class NoSteering extends TablelessSteering {
    @Override
    public long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet) {
        return Decision.of(Decision.NO_CPU, SteeringReason.NONE);
    }

    @Override
    public boolean rpsNeeded() {
        return false;
    }
}
