package io.rxsim.core.xfrm;

import java.util.Arrays;
import java.util.List;

/** Where ESP packets are decrypted: what a comparison compares. */
public enum CryptoMode {
    /** By the CPU that took the packet off the ring; ESP packets are not steered. */
    SERIAL("serial"),
    /** By the CPU to which the policy steers the packet's flow hash, which the SPI is part of: one association, one CPU. */
    PER_FLOW("per-flow"),
    /** By any CPU of padata's parallel mask, and in order again by a callback CPU; ESP packets are not steered. */
    PADATA("padata");

    private final String label;

    CryptoMode(String label) {
        this.label = label;
    }

    /** The name in files and results. */
    public String label() {
        return label;
    }

    /** All names. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(CryptoMode::label).toList();
    }

    /** The mode with a name, which must be one of {@link #labels}. */
    public static CryptoMode of(String label) {
        return Arrays.stream(values())
                .filter(mode -> mode.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "crypto=" + label + ", allowed is " + String.join(", ", labels())));
    }
}
