package io.rxsim.workload.esp;

import java.util.Locale;

/** What an association carries (RFC 4303 section 3.1). */
public enum EspMode {
    /** Whole IP packets. */
    TUNNEL,
    /** What follows the IP header. */
    TRANSPORT;

    /**
     * Reads {@code tunnel} or {@code transport}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static EspMode parse(String text) {
        for (EspMode mode : values()) {
            if (mode.label().equals(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("mode=" + text + ", allowed is tunnel or transport");
    }

    /** The name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
