package io.rxsim.core.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Published and compiled values of the hash primitives. */
class HashVectorsTest {
    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    @Test
    void shouldGiveTheSipHashVectors() {
        SipHash hash = SipHash.ofKey(counting(16));
        assertThat(hash.hash(new byte[0], 0, 0)).isEqualTo(0x726fdb47dd0e0e31L);
        assertThat(hash.hash(counting(8), 0, 8)).isEqualTo(0x93f5f5799a932462L);
        assertThat(hash.hash(counting(63), 0, 63)).isEqualTo(0x958a324ceb064572L);
    }

    @Test
    void shouldHashWordsLikeTheirBytes() {
        SipHash hash = SipHash.ofKey(counting(16));
        assertThat(hash.hash(new long[] {0x0706050403020100L, 0x0f0e0d0c0b0a0908L}, 2))
                .isEqualTo(hash.hash(counting(20), 0, 16));
    }

    @Test
    void shouldRefuseASipHashKeyOfAnotherLength() {
        assertThatThrownBy(() -> SipHash.ofKey(new byte[15])).hasMessageContaining("length=15");
    }

    @Test
    void shouldGiveTheJhashVectorsOfBothGenerations() {
        int[][] rows = {
            {0, 0, 0, 0, 0xbd49d10d, 0x1b68e557},
            {1, 2, 3, 0, 0x17e8bdc2, 0xa46158f5},
            {0x0a000001, 0x0a000002, 0xf9000507, 0x12345678, 0x1018d002, 0xf93f2a59},
            {-1, -1, -1, -1, 0x17f43626, 0xc343af0b},
            {0xdeadbeef, 0xcafebabe, 0x12345678, 0x9e3779b9, 0xe1f2e7da, 0x6d1a29cb},
        };
        for (int[] row : rows) {
            assertThat(JHash.lookup2Words3(row[0], row[1], row[2], row[3])).isEqualTo(row[4]);
            assertThat(JHash.lookup3Words3(row[0], row[1], row[2], row[3])).isEqualTo(row[5]);
        }
    }

    @Test
    void shouldGiveTheJhashVectorsOfWordArrays() {
        int[] words = {1, 2, 3, 4, 5};
        int[] lookup2 = {0xd54e9793, 0xa6be0e83, 0x0b7a0740, 0x03e7766d, 0xf44a95d6};
        int[] lookup3 = {0xb302f24e, 0x79f0851f, 0xfbd612ad, 0xbcb62b19, 0x5a4f3b1e};
        for (int length = 1; length <= 5; length++) {
            assertThat(JHash.lookup2(words, length, 7)).isEqualTo(lookup2[length - 1]);
            assertThat(JHash.lookup3(words, length, 7)).isEqualTo(lookup3[length - 1]);
        }
    }

    @Test
    void shouldGiveTheHash32VectorsAndSlotZeroForATableOfOne() {
        assertThat(Hash32.hash32(1, 12)).isEqualTo(1564);
        assertThat(Hash32.hash32(0xdeadbeef, 12)).isEqualTo(1757);
        assertThat(Hash32.hash32(0x51ccc178, 7)).isEqualTo(61);
        assertThat(Hash32.hash32(0x51ccc178, 15)).isEqualTo(15719);
        assertThat(Hash32.hash32(0xffffffff, 4)).isEqualTo(9);
        assertThat(Hash32.hash32(0xffffffff, 0)).isZero();
    }

    @Test
    void shouldScaleByTheHighBits() {
        assertThat(ReciprocalScale.scale(0, 4)).isZero();
        assertThat(ReciprocalScale.scale(0x3fffffff, 4)).isZero();
        assertThat(ReciprocalScale.scale(0x40000000, 4)).isEqualTo(1);
        assertThat(ReciprocalScale.scale(0x51ccc178, 4)).isEqualTo(1);
        assertThat(ReciprocalScale.scale(0xffffffff, 4)).isEqualTo(3);
        assertThat(ReciprocalScale.scale(0x51ccc178, 6)).isEqualTo(1);
        assertThat(ReciprocalScale.scale(0xc626b0ea, 6)).isEqualTo(4);
        assertThat(ReciprocalScale.scale(0xffffffff, 0)).isZero();
    }

    @Test
    void shouldGiveTheSymmetricToeplitzVector() {
        Toeplitz hash = new Toeplitz(HexFormat.of().parseHex("6d5a".repeat(20)));
        assertThat(hash.hashIpv4(0x0a000001, 0x0a000002, 1234 << 16 | 80)).isEqualTo(0xc78dc78d);
        assertThat(hash.hashIpv4(0x0a000002, 0x0a000001, 80 << 16 | 1234)).isEqualTo(0xc78dc78d);
    }
}
