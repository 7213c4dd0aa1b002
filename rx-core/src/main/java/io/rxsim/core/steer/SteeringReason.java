package io.rxsim.core.steer;

import java.util.Locale;

/** Why a packet goes where it goes: the branch of {@code get_rps_cpu} that decided. */
public enum SteeringReason {
    /** No map and no usable flow table, no hash, or the map's CPU is offline: not steered. */
    NONE,
    /** No flow table in force: the RPS map decided. */
    RPS,
    /** RFS: the slot's CPU is the desired CPU. */
    MATCH,
    /** RFS: the slot was unset, offline or drained, and now points to the desired CPU. */
    MIGRATED,
    /** RFS: the old CPU still holds packets of the slot, so the packet follows them. */
    HELD,
    /** RFS in force but no usable entry: the RPS map, or no steering where there is no map. */
    FALLBACK,
    /** The ceiling: the policy was told where the application runs. */
    ORACLE;

    private static final SteeringReason[] VALUES = values();

    /** The reason with an ordinal, without the copy that {@code values()} makes. */
    public static SteeringReason of(int ordinal) {
        return VALUES[ordinal];
    }

    /** Number of reasons. */
    public static int count() {
        return VALUES.length;
    }

    /** Whether RFS decided by the flow's slot, so that order is promised. */
    public boolean tracked() {
        return this == MATCH || this == MIGRATED || this == HELD;
    }

    /** The name in results, for example {@code migrated}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
