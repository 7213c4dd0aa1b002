package io.rxsim.workload.esp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published answers: the GCM specification that NIST took over (test cases 4 and 16), and ESP packets of draft-mcgrew-gcm-test-01. */
class AesGcmVectorsTest {
    private static final String GCM_PLAIN = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
    private static final String GCM_AAD = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
    private static final String GCM_IV = "cafebabefacedbaddecaf888";

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @ParameterizedTest
    @CsvSource({
        "feffe9928665731c6d6a8f9467308308,"
                + "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
                + "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091,"
                + "5bc94fbc3221a5db94fae95ae7121a47",
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308,"
                + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662,"
                + "76fc6ece0f4e1768cddf8853bb2d551b"
    })
    void shouldHaveTheAnswersOfTheSpecificationInThisJdk(String key, String ciphertext, String tag) throws Exception {
        Cipher cipher = Cipher.getInstance(AesGcm.TRANSFORMATION);
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(hex(key), "AES"), new GCMParameterSpec(128, hex(GCM_IV)));
        cipher.updateAAD(hex(GCM_AAD));

        assertThat(HexFormat.of().formatHex(cipher.doFinal(hex(GCM_PLAIN)))).isEqualTo(ciphertext + tag);
    }

    @ParameterizedTest
    @CsvSource({
        "feffe9928665731c6d6a8f9467308308,cafebabe,facedbaddecaf888,0000a5f80000000a,"
                + "4500003e698f000080114dccc0a80102c0a801010a980035002a2343b2d00100"
                + "0001000000000000037369700963796265726369747902646b00000100010001,"
                + "deb22cd9b07c72c16e3a65beeb8df304a5a5897d33ae530f1ba76d5d114d2a5c"
                + "3de81827c10e9a4f51330d0eec416642cfbb85a5b47e48a4ec3b9ba95d918bd1,"
                + "83b70d3aa8bc6ee4c309e9d85a41ad4a",
        "abbccddef00112233445566778899aababbccddef00112233445566778899aab,11223344,0102030405060708,4a2cbfe300000002,"
                + "4500003069a6400080062690c0a801029389155e0a9e008b2dc57ee000000000"
                + "7002400020bf0000020405b40101040201020201,"
                + "ff425c9b724599df7a3bcd510194e00d6a78107f1b0b1cbf06efae9d65a5d763"
                + "748a637985771d347f0545659f14e99def842d8e,"
                + "b335f4eecfdbf831824b4c4915956c96",
        "7d773d00c144c525ac619d18c84a3f47,d9664267,43457e9182443bc6,335467aeffffffff,01020201,437f866b,"
                + "cb3f699fe9b0822bac961c4504bef270"
    })
    void shouldSealAndOpenThePublishedPackets(
            String key, String salt, String iv, String aad, String plain, String ciphertext, String tag) {
        SecurityAssociation association = new SecurityAssociation(
                (int) Long.parseLong(aad.substring(0, 8), 16),
                EspMode.TUNNEL,
                new EspAlgorithm(key.length() / 2, 16),
                hex(key),
                hex(salt));
        byte[] expected = hex(aad + iv + ciphertext + tag);
        byte[] packet = Arrays.copyOf(hex(aad + iv), expected.length);
        byte[] opened = new byte[expected.length];
        AesGcm gcm = new AesGcm(association);

        int sealed = gcm.seal(hex(plain), plain.length() / 2, packet, 0);
        int plainBytes = gcm.open(expected, 0, expected.length, opened, 0);

        assertThat(sealed).isEqualTo(expected.length - EspLayout.CIPHERTEXT_AT);
        assertThat(packet).isEqualTo(expected);
        assertThat(HexFormat.of().formatHex(opened, 0, plainBytes)).isEqualTo(plain);
    }

    /** The check value of 12 bytes is that of 16 cut short (RFC 4106 section 6, NIST SP 800-38D section 5.2.1.2). */
    @Test
    void shouldCutTheCheckValueTo12Bytes() {
        byte[] key = hex("feffe9928665731c6d6a8f9467308308");
        byte[] salt = hex("cafebabe");
        byte[] packet = Arrays.copyOf(hex("0000a5f80000000afacedbaddecaf888"), 64);
        byte[] shorter = packet.clone();

        int whole = new AesGcm(new SecurityAssociation(0xa5f8, EspMode.TUNNEL, new EspAlgorithm(16, 16), key, salt))
                .seal(new byte[32], 32, packet, 0);
        int cut = new AesGcm(new SecurityAssociation(0xa5f8, EspMode.TUNNEL, new EspAlgorithm(16, 12), key, salt))
                .seal(new byte[32], 32, shorter, 0);

        assertThat(cut).isEqualTo(whole - 4);
        assertThat(Arrays.copyOf(shorter, 16 + cut)).isEqualTo(Arrays.copyOf(packet, 16 + cut));
    }

    /** Why an ICV of 8 bytes is refused: the JDK does not take it. */
    @Test
    void shouldRefuseAnIcvThatTheJdkRefuses() {
        assertThrows(
                java.security.InvalidAlgorithmParameterException.class,
                () -> Cipher.getInstance(AesGcm.TRANSFORMATION)
                        .init(
                                Cipher.ENCRYPT_MODE,
                                new SecretKeySpec(new byte[16], "AES"),
                                new GCMParameterSpec(64, new byte[12])));
        assertThat(assertThrows(IllegalArgumentException.class, () -> EspAlgorithm.parse("AES-128-GCM ICV8"))
                        .getMessage())
                .isEqualTo(
                        "algorithm has an ICV of 8 bytes, which the JDK's ciphers refuse (their GCM tags have 12 to 16), allowed is"
                                + " AES-128-GCM or AES-256-GCM with ICV12 or ICV16");
    }

    @Test
    void shouldAnswerAForgedPacketWithANumberAndOpenTheNextOne() {
        byte[] packet = Arrays.copyOf(hex("0000a5f80000000afacedbaddecaf888"), 64);
        AesGcm gcm = new AesGcm(
                new SecurityAssociation(0xa5f8, EspMode.TUNNEL, new EspAlgorithm(16, 16), new byte[16], new byte[4]));
        gcm.seal(new byte[32], 32, packet, 0);
        byte[] forged = packet.clone();
        forged[63] ^= 1;

        assertThat(gcm.open(forged, 0, 64, new byte[64], 0)).isEqualTo(AesGcm.FORGED);
        assertThat(gcm.open(packet, 0, 64, new byte[64], 0)).isEqualTo(32);
    }
}
