package io.rxsim.core.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.packet.RssHash;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Toeplitz against the published verification suite and against a bit-by-bit reference. */
class ToeplitzTest {
    private static final long SEED = 13;
    private static final byte[] KEY =
            HexFormat.of().parseHex("6d5a56da255b0ec24167253d43a38fb0d0ca2bcbae7b30b477cb2da38030f20c6a42b73bbeac01fa");

    /** The definition itself: for each set input bit, the key shifted left by that many bits. */
    private static int naive(byte[] key, byte[] input) {
        int hash = 0;
        for (int bit = 0; bit < 8 * input.length; bit++) {
            if ((input[bit / 8] >> (7 - bit % 8) & 1) != 0) {
                for (int i = 0; i < 32; i++) {
                    int keyBit = key[(bit + i) / 8] >> (7 - (bit + i) % 8) & 1;
                    hash ^= keyBit << (31 - i);
                }
            }
        }
        return hash;
    }

    @ParameterizedTest
    @CsvSource({
        "66.9.149.187:2794, 161.142.100.80:1766, 323e8fc2, 51ccc178, 120",
        "199.92.111.2:14230, 65.69.140.83:4739, d718262a, c626b0ea, 106",
        "24.19.198.95:12898, 12.22.207.184:38024, d2d0a5de, 5c2b394a, 74",
        "38.27.205.30:48228, 209.142.163.6:2217, 82989176, afc7327f, 127",
        "153.39.163.191:44251, 202.188.127.2:1303, 5d1809c5, 10e828a2, 34",
        "[3ffe:2501:200:1fff::7]:2794, [3ffe:2501:200:3::1]:1766, 2cc18cd5, 40207d3d, 61",
        "[3ffe:501:8::260:97ff:fe40:efab]:14230, [ff02::1]:4739, 0f0c461c, dde51bbf, 63",
        "[3ffe:1900:4545:3:200:f8ff:fe21:67cf]:44251, [fe80::200:f8ff:fe21:67cf]:38024, 4b61e985, 02d1feef, 111",
    })
    void shouldGiveThePublishedVectors(
            String source, String destination, String addressesOnly, String withPorts, int entry) {
        RssHash rss = new RssHash(KEY);
        RssHash withoutUdpPorts = new RssHash(KEY, false);
        PacketHeaders headers = new PacketHeaders();
        FlowKey tcp = FlowKey.parse("tcp:" + source + ">" + destination);
        FlowKey sctp = FlowKey.parse("sctp:" + source + ">" + destination);
        FlowKey udp = FlowKey.parse("udp:" + source + ">" + destination);

        tcp.toHeaders(headers);
        assertThat(HexFormat.of().toHexDigits(rss.hash(headers))).isEqualTo(withPorts);
        assertThat(rss.hash(headers) & 127).isEqualTo(entry);
        assertThat(RssHash.hash(new Toeplitz(KEY), tcp)).isEqualTo(rss.hash(headers));
        sctp.toHeaders(headers);
        assertThat(HexFormat.of().toHexDigits(rss.hash(headers))).isEqualTo(addressesOnly);
        assertThat(RssHash.hash(new Toeplitz(KEY), sctp)).isEqualTo(rss.hash(headers));
        udp.toHeaders(headers);
        assertThat(HexFormat.of().toHexDigits(rss.hash(headers))).isEqualTo(withPorts);
        assertThat(HexFormat.of().toHexDigits(withoutUdpPorts.hash(headers))).isEqualTo(addressesOnly);
    }

    @Test
    void shouldAgreeWithTheBitByBitDefinitionForRandomKeysAndInputs() {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            byte[] key = new byte[Toeplitz.MIN_KEY_BYTES + random.nextInt(45)];
            random.nextBytes(key);
            byte[] input = new byte[random.nextInt(key.length - Toeplitz.WINDOW_BYTES + 1)];
            random.nextBytes(input);
            assertThat(new Toeplitz(key).hash(input, 0, input.length))
                    .as("seed=%d round=%d", SEED, round)
                    .isEqualTo(naive(key, input));
        }
    }

    @Test
    void shouldHashWordsLikeTheirBytesInNetworkOrder() {
        Toeplitz toeplitz = new Toeplitz(KEY);
        byte[] input = HexFormat.of().parseHex("0a0000010a00000204d20050");
        assertThat(toeplitz.hashIpv4(0x0a000001, 0x0a000002, 0x04d20050)).isEqualTo(toeplitz.hash(input, 0, 12));
        assertThat(toeplitz.hashIpv4(0x0a000001, 0x0a000002)).isEqualTo(toeplitz.hash(input, 0, 8));
    }

    @Test
    void shouldRefuseAKeyTooShortForItsInput() {
        assertThatThrownBy(() -> new Toeplitz(new byte[11])).hasMessageContaining("length=11");
        assertThatThrownBy(() -> new Toeplitz(new byte[16]).hash(new byte[13], 0, 13))
                .hasMessageContaining("length=13")
                .hasMessageContaining("12");
        assertThatThrownBy(() -> new RssHash(new byte[39])).hasMessageContaining("at least 40");
        FlowKey ipv6 = FlowKey.parse("tcp:[::1]:1>[::2]:2");
        assertThatThrownBy(() -> RssHash.hash(new Toeplitz(new byte[39]), ipv6)).hasMessageContaining("at least 40");
        FlowKey ipv4 = FlowKey.parse("udp:10.0.0.1:1>10.0.0.2:2");
        assertThatThrownBy(() -> RssHash.hash(new Toeplitz(new byte[15]), ipv4)).hasMessageContaining("at least 16");
    }
}
