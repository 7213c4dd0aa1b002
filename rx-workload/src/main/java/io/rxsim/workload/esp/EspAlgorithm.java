package io.rxsim.workload.esp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AES-GCM of an association (RFC 4106). Immutable; any thread.
 *
 * @param keyBytes 16 or 32
 * @param icvBytes length of the check value, 12 or 16
 */
public record EspAlgorithm(int keyBytes, int icvBytes) {
    private static final Pattern TEXT = Pattern.compile("AES-(\\d{1,4})-GCM ICV(\\d{1,3})");
    private static final String ALLOWED = ", allowed is AES-128-GCM or AES-256-GCM with ICV12 or ICV16";

    /** Validates. */
    public EspAlgorithm {
        if (keyBytes != 16 && keyBytes != 32) {
            throw new IllegalArgumentException("algorithm has a key of " + keyBytes * 8 + " bits" + ALLOWED);
        }
        if (icvBytes == 8) {
            throw new IllegalArgumentException(
                    "algorithm has an ICV of 8 bytes, which the JDK's ciphers refuse (their GCM tags have 12 to 16)"
                            + ALLOWED);
        }
        if (icvBytes != 12 && icvBytes != 16) {
            throw new IllegalArgumentException("algorithm has an ICV of " + icvBytes + " bytes" + ALLOWED);
        }
    }

    /**
     * Reads an algorithm such as {@code AES-128-GCM ICV16}.
     *
     * @throws IllegalArgumentException for anything else, naming what is allowed
     */
    public static EspAlgorithm parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("algorithm=" + text + " is unknown" + ALLOWED);
        }
        int bits = Integer.parseInt(matcher.group(1));
        if (bits != 128 && bits != 256) {
            throw new IllegalArgumentException("algorithm has a key of " + bits + " bits" + ALLOWED);
        }
        return new EspAlgorithm(bits / 8, Integer.parseInt(matcher.group(2)));
    }

    /** As {@link #parse} takes it. */
    @Override
    public String toString() {
        return "AES-" + keyBytes * 8 + "-GCM ICV" + icvBytes;
    }
}
