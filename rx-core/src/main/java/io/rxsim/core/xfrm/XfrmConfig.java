package io.rxsim.core.xfrm;

import io.rxsim.core.cpu.CpuMask;

/**
 * How a host decrypts.
 *
 * @param crypto where
 * @param innerSteered whether the packet inside is steered by its own hash; otherwise it is processed where it was decrypted or
 *     serialised
 * @param replayWindow packets, see {@link ReplayWindow}
 * @param parallel CPUs that padata works on; the kernel's default is all
 * @param serial CPUs that padata serialises on (its callback mask; in 2.6.3x there is one mask, the parallel one)
 */
public record XfrmConfig(CryptoMode crypto, boolean innerSteered, int replayWindow, CpuMask parallel, CpuMask serial) {
    /** Default of {@code replay_window}: what iproute2 and the key daemons ask for at least. */
    public static final int DEFAULT_REPLAY_WINDOW = 64;

    /** Validates. */
    public XfrmConfig {
        if (replayWindow < ReplayWindow.OFF || replayWindow > ReplayWindow.MAX_SIZE) {
            throw new IllegalArgumentException("replay_window=" + replayWindow + ", allowed is 0 (no window) to "
                    + ReplayWindow.MAX_SIZE + " packets");
        }
    }
}
