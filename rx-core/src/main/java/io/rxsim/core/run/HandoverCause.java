package io.rxsim.core.run;

/**
 * Why a packet overtook another of its flow without breaking RFS's promise: at least one of the two was not steered by the
 * flow's slot, or what steers changed between them.
 */
public enum HandoverCause {
    /** A packet was steered before the flow's first recv made an entry. */
    FALLBACK_BEFORE_ENTRY("fallbackBeforeEntry"),
    /** A packet was steered while the flow's entry belonged to another flow or was removed. */
    FALLBACK_ENTRY_LOST("fallbackEntryLost"),
    /** The two packets came over different RX queues. */
    RX_QUEUE_CHANGED("rxQueueChanged"),
    /** The packets hash differently: another VLAN tag, flow label or tunnel key. */
    HASH_CHANGED("hashChanged"),
    /** A map or a flow table was written between the two. */
    TABLE_CHANGED("tableChanged"),
    /** A CPU went offline or came back between the two, or one was steered again from a dead CPU's backlog. */
    CPU_OFFLINE("cpuOffline"),
    /** An interrupt moved to another CPU between the two. */
    IRQ_MOVED("irqMoved"),
    /** The policy makes no promise: the ceiling follows the thread without waiting for the old CPU. */
    NO_PROMISE("noPromise");

    private final String label;

    HandoverCause(String label) {
        this.label = label;
    }

    /** The name in results. */
    public String label() {
        return label;
    }
}
