package io.rxsim.workload.esp;

import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;

/**
 * One direction of an IPsec connection: how its packets are protected, and the keys. Key and salt leave this class to a cipher
 * of this package only, and are in no text. Immutable; any thread.
 */
public final class SecurityAssociation {
    /** Bytes of the salt, the implicit part of a nonce (RFC 4106 section 4). */
    public static final int SALT_BYTES = 4;

    private final int spi;
    private final EspMode mode;
    private final EspAlgorithm algorithm;
    private final byte[] key;
    private final byte[] salt;

    /**
     * An association.
     *
     * @param spi security parameters index, u32, not 0 (RFC 4303 section 2.1)
     * @param key as many bytes as the algorithm says; copied
     * @param salt {@link #SALT_BYTES}; copied
     */
    public SecurityAssociation(int spi, EspMode mode, EspAlgorithm algorithm, byte[] key, byte[] salt) {
        if (spi == 0) {
            throw new IllegalArgumentException("spi=0 names no association, allowed is 0x1 to 0xffffffff");
        }
        if (key.length != algorithm.keyBytes()) {
            throw new IllegalArgumentException(
                    "the key has " + key.length + " bytes, allowed with " + algorithm + " is " + algorithm.keyBytes());
        }
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("the salt has " + salt.length + " bytes, allowed is " + SALT_BYTES);
        }
        this.spi = spi;
        this.mode = mode;
        this.algorithm = algorithm;
        this.key = key.clone();
        this.salt = salt.clone();
    }

    /** Security parameters index, u32. */
    public int spi() {
        return spi;
    }

    /** Tunnel or transport. */
    public EspMode mode() {
        return mode;
    }

    /** How it is protected. */
    public EspAlgorithm algorithm() {
        return algorithm;
    }

    SecretKeySpec key() {
        return new SecretKeySpec(key, "AES");
    }

    void copySalt(byte[] nonce) {
        System.arraycopy(salt, 0, nonce, 0, SALT_BYTES);
    }

    /** Everything but key and salt. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "esp 0x%08x %s %s", spi, mode.label(), algorithm);
    }
}
