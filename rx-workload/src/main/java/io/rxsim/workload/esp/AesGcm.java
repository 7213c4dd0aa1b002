package io.rxsim.workload.esp;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM of one association by the JDK's provider: the edge behind which no exception of a cipher is seen.
 *
 * <p>Nonce: salt, then the packet's IV; associated data: SPI and sequence number (RFC 4106 sections 4 and 5). The JDK takes a
 * nonce only with a new parameter object and remakes its state at every init, so that a packet costs about 1 KB of garbage, and
 * a forged one 1.7 KB with its exception (JDK 17); none of it is ours. One thread per instance.
 */
public final class AesGcm {
    /** {@link #open}: the check value does not fit; the packet is forged, or its key is another. */
    public static final int FORGED = -1;

    static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = SecurityAssociation.SALT_BYTES + EspLayout.IV_BYTES;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final int icvBytes;
    private final byte[] nonce = new byte[NONCE_BYTES];

    /** A cipher with the key of an association. */
    public AesGcm(SecurityAssociation association) {
        try {
            cipher = Cipher.getInstance(TRANSFORMATION);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK has no " + TRANSFORMATION, missing);
        }
        key = association.key();
        icvBytes = association.algorithm().icvBytes();
        association.copySalt(nonce);
    }

    /**
     * Decrypts and authenticates one packet.
     *
     * @param data holds it
     * @param offset where its SPI is
     * @param espBytes its length up to the end of the check value, well formed
     * @param out receives what was encrypted: inner packet, padding and trailer
     * @param outOffset where in {@code out}
     * @return bytes put there, or {@link #FORGED}; {@code out} then holds nothing of use
     */
    public int open(byte[] data, int offset, int espBytes, byte[] out, int outOffset) {
        try {
            begin(Cipher.DECRYPT_MODE, data, offset);
            final int encrypted = espBytes - EspLayout.CIPHERTEXT_AT;
            return cipher.doFinal(data, offset + EspLayout.CIPHERTEXT_AT, encrypted, out, outOffset);
        } catch (AEADBadTagException forged) {
            return FORGED;
        } catch (GeneralSecurityException broken) {
            throw refused(broken);
        }
    }

    /**
     * Encrypts one packet whose SPI, sequence number and IV are in place.
     *
     * @param plain inner packet, padding and trailer
     * @param plainBytes their length from the beginning of {@code plain}
     * @param out the packet; ciphertext and check value go behind its IV
     * @param offset where its SPI is
     * @return bytes of ciphertext and check value
     */
    public int seal(byte[] plain, int plainBytes, byte[] out, int offset) {
        try {
            begin(Cipher.ENCRYPT_MODE, out, offset);
            return cipher.doFinal(plain, 0, plainBytes, out, offset + EspLayout.CIPHERTEXT_AT);
        } catch (GeneralSecurityException broken) {
            throw refused(broken);
        }
    }

    private void begin(int mode, byte[] data, int offset)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        System.arraycopy(data, offset + EspLayout.IV_AT, nonce, SecurityAssociation.SALT_BYTES, EspLayout.IV_BYTES);
        cipher.init(mode, key, new GCMParameterSpec(icvBytes * 8, nonce));
        cipher.updateAAD(data, offset, EspLayout.IV_AT);
    }

    private IllegalStateException refused(GeneralSecurityException broken) {
        // The provider's message may tell of the key; its class says enough.
        return new IllegalStateException(TRANSFORMATION + " with an ICV of " + icvBytes + " bytes failed: "
                + broken.getClass().getSimpleName());
    }

    /** What it is, without the key. */
    @Override
    public String toString() {
        return TRANSFORMATION + " ICV" + icvBytes;
    }
}
