package io.rxsim.bench.jmh.padata;

import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What a job does in parallel. Any thread; each has a cipher of its own. */
enum JobWork {
    /** Nothing: what remains is the price of the hand-off and of the order. */
    EMPTY {
        @Override
        long run(int job) {
            return job;
        }
    },
    /** Decrypts and verifies 1400 bytes of AES-128-GCM with the JDK's cipher, as for an ESP packet. */
    AES_GCM_1400 {
        @Override
        long run(int job) {
            return Packets.decrypt(job);
        }
    };

    /** The work itself; its result only keeps it from being dropped. */
    abstract long run(int job);

    static JobWork of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Its name as the command line shows it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Some encrypted packets, and a cipher per thread. */
    private static final class Packets {
        private static final int COUNT = 64;
        private static final int PLAIN_BYTES = 1400;
        private static final int TAG_BITS = 128;
        private static final SecretKeySpec KEY = new SecretKeySpec(new byte[16], "AES");
        private static final GCMParameterSpec[] IVS = new GCMParameterSpec[COUNT];
        private static final byte[][] SEALED = new byte[COUNT][];
        private static final ThreadLocal<Packets> OF_THREAD = ThreadLocal.withInitial(Packets::new);

        static {
            SplittableRandom random = new SplittableRandom(1);
            Packets sealer = new Packets();
            for (int i = 0; i < COUNT; i++) {
                byte[] plain = new byte[PLAIN_BYTES];
                byte[] iv = new byte[12];
                random.nextBytes(plain);
                random.nextBytes(iv);
                IVS[i] = new GCMParameterSpec(TAG_BITS, iv);
                try {
                    sealer.cipher.init(Cipher.ENCRYPT_MODE, KEY, IVS[i]);
                    SEALED[i] = sealer.cipher.doFinal(plain);
                } catch (GeneralSecurityException e) {
                    throw new ExceptionInInitializerError(e);
                }
            }
        }

        private final Cipher cipher;
        private final byte[] plain = new byte[PLAIN_BYTES + 16];

        Packets() {
            try {
                cipher = Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        static long decrypt(int job) {
            Packets own = OF_THREAD.get();
            int at = job & (COUNT - 1);
            try {
                own.cipher.init(Cipher.DECRYPT_MODE, KEY, IVS[at]);
                return own.cipher.doFinal(SEALED[at], 0, SEALED[at].length, own.plain, 0);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
