package io.rxsim.workload.esp;

import java.util.List;

/**
 * The associations of a host by SPI (the kernel's state table, looked up by {@code xfrm_state_lookup}): numbers from 0, in
 * order of the file. Deviation: looked up by SPI alone, not with destination and protocol. Immutable; any thread; a lookup
 * allocates nothing.
 */
public final class SecurityAssociations {
    /** {@link #find} of an SPI that no association has. */
    public static final int UNKNOWN = -1;

    /** Most associations. */
    public static final int MAX = 1 << 20;

    private static final int SPREAD = 0x9e3779b1;

    private final List<SecurityAssociation> associations;
    /** Number plus one per slot; 0 is free. At most half full. */
    private final int[] slots;

    private final int shift;

    /**
     * A table.
     *
     * @param associations 1 to {@link #MAX}, each with an SPI of its own
     */
    public SecurityAssociations(List<SecurityAssociation> associations) {
        if (associations.isEmpty() || associations.size() > MAX) {
            throw new IllegalArgumentException(associations.size() + " security associations, allowed is 1 to " + MAX);
        }
        this.associations = List.copyOf(associations);
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(associations.size()) + 1;
        slots = new int[1 << bits];
        shift = Integer.SIZE - bits;
        for (int number = 0; number < associations.size(); number++) {
            int spi = associations.get(number).spi();
            int slot = slot(spi);
            if (slots[slot] != 0) {
                throw new IllegalArgumentException(
                        "spi=0x" + Integer.toHexString(spi) + " is given twice, allowed is once");
            }
            slots[slot] = number + 1;
        }
    }

    /** How many. */
    public int size() {
        return associations.size();
    }

    /** The association with a number. */
    public SecurityAssociation get(int number) {
        return associations.get(number);
    }

    /** The number of the association with an SPI, or {@link #UNKNOWN}. */
    public int find(int spi) {
        return slots[slot(spi)] - 1;
    }

    /** The slot that has this SPI, or the free one where it would go. */
    private int slot(int spi) {
        int slot = spi * SPREAD >>> shift;
        while (slots[slot] != 0 && associations.get(slots[slot] - 1).spi() != spi) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    @Override
    public String toString() {
        return associations.size() + " security associations";
    }
}
