package io.rxsim.core.live;

import io.rxsim.core.softnet.DropReason;

/**
 * Hears of every packet that the live engine accepted and lost, so that what it carries can be released.
 *
 * @param <M> what packets carry
 */
@FunctionalInterface
public interface DropHandler<M> {
    /**
     * A packet was dropped. Called by the softirq thread that dropped it, or, for {@link DropReason#NO_SOCKET}, by the thread that
     * drives its receiver; it must be quick, must not throw, and may read the packet until it returns.
     */
    void onDropped(LivePacket<M> packet, DropReason reason);

    /** Hears nothing, for messages that need no release. */
    static <M> DropHandler<M> ignore() {
        return (packet, reason) -> {};
    }
}
