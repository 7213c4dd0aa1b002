package io.rxsim.core.steer;

/**
 * A steering decision packed in one {@code long}: CPU, reason, and the flow slot that must learn the packet's queue tail.
 *
 * <p>Layout, low bits first: CPU 16 (0xffff = {@link #NO_CPU}), reason 4, RX queue of the slot 12, slot 32. A decision
 * without a slot has slot 0 and a reason that is not {@link SteeringReason#tracked()}.
 */
public final class Decision {
    /** The CPU of a packet that is not steered. */
    public static final int NO_CPU = -1;

    /** One more than the largest RX queue number that fits. */
    public static final int MAX_QUEUES = 1 << 12;

    /** One more than the largest CPU number that fits. */
    public static final int MAX_CPUS = 0xffff;

    private static final int REASON_SHIFT = 16;
    private static final int QUEUE_SHIFT = 20;
    private static final int SLOT_SHIFT = 32;

    private Decision() {}

    /** Packs a decision that touches no flow slot. {@code cpu} may be {@link #NO_CPU}. */
    public static long of(int cpu, SteeringReason reason) {
        return (cpu & 0xffffL) | (long) reason.ordinal() << REASON_SHIFT;
    }

    /** Packs an RFS decision with the slot that {@code onEnqueued} will update. */
    public static long of(int cpu, SteeringReason reason, int slotQueue, int slot) {
        return of(cpu, reason) | (long) slotQueue << QUEUE_SHIFT | (long) slot << SLOT_SHIFT;
    }

    /** The CPU, or {@link #NO_CPU}. */
    public static int cpu(long decision) {
        return (short) decision == -1 ? NO_CPU : (int) decision & 0xffff;
    }

    /** Ordinal of the {@link SteeringReason}. */
    public static int reasonOrdinal(long decision) {
        return (int) (decision >>> REASON_SHIFT) & 0xf;
    }

    /** The reason. */
    public static SteeringReason reason(long decision) {
        return SteeringReason.of(reasonOrdinal(decision));
    }

    /** Whether the decision carries a slot. */
    public static boolean hasSlot(long decision) {
        return reason(decision).tracked();
    }

    /** RX queue whose flow table holds the slot. */
    public static int slotQueue(long decision) {
        return (int) (decision >>> QUEUE_SHIFT) & 0xfff;
    }

    /** Index of the slot in that table. */
    public static int slot(long decision) {
        return (int) (decision >>> SLOT_SHIFT);
    }
}
