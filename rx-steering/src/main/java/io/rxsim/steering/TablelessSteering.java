package io.rxsim.steering;

import io.rxsim.core.steer.SteeringPolicy;

/**
 * A policy that keeps no flow tables: it learns nothing from enqueues, from applications, or from closed sockets. The
 * decision is all that is left to write.
 */
abstract class TablelessSteering implements SteeringPolicy {
    @Override
    public final void onEnqueued(int rxQueue, long decision, int qtail) {}

    @Override
    public final void onConsumed(int hash, int cpu) {}

    @Override
    public final void onClosed(int hash) {}
}
