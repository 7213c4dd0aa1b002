package io.rxsim.core.xfrm;

import io.rxsim.core.softnet.DropReason;

/** What became of an ESP packet's protection. */
public enum EspVerdict {
    /** Authentic; what was inside goes on. */
    DECRYPTED("decrypted", null),
    /** The check value does not fit: forged, damaged, or another key. */
    FORGED("forged", DropReason.ESP_FORGED),
    /** The sequence number was seen, or lies below the replay window. */
    REPLAYED("replayed", DropReason.ESP_REPLAYED),
    /** Not a whole ESP packet, or not what its association carries. */
    MALFORMED("malformed", DropReason.ESP_MALFORMED),
    /** No association has its SPI. */
    UNKNOWN_SPI("unknownSpi", DropReason.ESP_UNKNOWN_SPI);

    private final String label;
    private final DropReason dropReason;

    EspVerdict(String label, DropReason dropReason) {
        this.label = label;
        this.dropReason = dropReason;
    }

    /** The name in results. */
    public String label() {
        return label;
    }

    /** Why such a packet is lost; null for one that goes on. */
    public DropReason dropReason() {
        return dropReason;
    }
}
