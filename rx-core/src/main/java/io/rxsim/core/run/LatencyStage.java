package io.rxsim.core.run;

/** Where a packet's time goes; the stages of a packet add up to its total. */
public enum LatencyStage {
    /** In the NIC ring until the interrupt that announces it has been taken; 0 while the queue is being polled. */
    RING("ring"),
    /** In the ring from then until the softirq takes it off. */
    SOFTIRQ_WAIT("softirqWait"),
    /** Driver, GRO, steering. */
    DRIVER("driver"),
    /** In a CPU's backlog. */
    BACKLOG_WAIT("backlogWait"),
    /** IP and transport up to the socket queue. */
    PROTOCOL("protocol"),
    /** ESP: from the hand-over to padata until a worker takes the packet. */
    CRYPTO_WAIT("cryptoWait"),
    /** ESP: the cipher. */
    CRYPTO("crypto"),
    /** ESP: decrypted, until all earlier packets of the ordering domain are. */
    REORDER_WAIT("reorderWait"),
    /** ESP: from then until the serial worker of the callback CPU is done with the packet. */
    SERIAL("serial"),
    /** In the socket queue until the thread's recv begins. */
    WAKEUP("wakeup"),
    /** recv and the application's work. */
    APPLICATION("application");

    private final String label;

    LatencyStage(String label) {
        this.label = label;
    }

    /** The name in results. */
    public String label() {
        return label;
    }

    /** Whether only ESP packets go through it. */
    public boolean ofEsp() {
        return switch (this) {
            case CRYPTO_WAIT, CRYPTO, REORDER_WAIT, SERIAL -> true;
            default -> false;
        };
    }
}
