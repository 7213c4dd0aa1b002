package io.rxsim.core.run;

/** State of the network device. */
public enum DeviceState {
    /** Running: netif_running(). */
    UP,
    /** Closed: nothing arrives, but backlogs keep what they have. */
    DOWN,
    /** Closed and removed: packets of the device are taken out of every backlog (flush_all_backlogs, net/core/dev.c). */
    UNREGISTERED
}
