package io.rxsim.core.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flows and addresses as text. */
class FlowKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp:10.0.0.1:1234>10.0.0.2:80",
                "udp:[2001:db8::1]:53>[2001:db8::2]:9000",
                "sctp:255.255.255.255:0>0.0.0.0:65535",
                "dccp:1.2.3.4:5>6.7.8.9:10",
                "udplite:1.2.3.4:5>6.7.8.9:10",
                "esp:10.0.0.1>10.0.0.2:0x00001000",
                "ah:[::]>[::1]:0xffffffff",
                "icmp:10.0.0.1>10.0.0.2",
                "icmp:[fe80::1]>[fe80::2]",
                "proto-89:10.0.0.1>10.0.0.2",
            })
    void shouldPrintTheCanonicalFormAsItWasRead(String text) {
        assertThat(FlowKey.parse(text)).hasToString(text);
        assertThat(FlowInput.parse(text)).isEqualTo(FlowKey.parse(text));
    }

    @Test
    void shouldReadAGivenHash() {
        assertThat(FlowInput.parse("hash:0x51ccc178")).isEqualTo(new GivenHash(0x51ccc178));
        assertThat(FlowInput.parse("hash:0xF")).hasToString("hash:0x0000000f");
    }

    @Test
    void shouldReadIpv6WithoutBracketsWhereNoPortFollows() {
        assertThat(FlowKey.parse("icmp:2001:db8::1>2001:db8::2")).hasToString("icmp:[2001:db8::1]>[2001:db8::2]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp|4|allowed: tcp, udp",
                "''|1|allowed: tcp, udp",
                "tpc:10.0.0.1:1>10.0.0.2:2|1|unknown protocol 'tpc'",
                "TCP:10.0.0.1:1>10.0.0.2:2|1|unknown protocol 'TCP'",
                "tcp:10.0.0.1:65536>10.0.0.2:2|14|0 to 65535",
                "tcp:10.0.0.1:1>10.0.0.2:99999999999999999999|25|0 to 65535",
                "tcp:10.0.0.1:-1>10.0.0.2:2|14|source port is missing",
                "tcp:10.0.0.1>10.0.0.2:2|13|source port",
                "tcp:10.0.0.1:1>10.0.0.2|24|destination port",
                "tcp:10.0.0.1:1>10.0.0.2:|25|destination port is missing",
                "tcp:10.0.0.1:1|15|'>'",
                "tcp:10.0.0.1:1>10.0.0.2:2x|26|'x' behind the end",
                "tcp:10.0.0.1:1>[::1]:2|16|both be IPv4 or both IPv6",
                "icmp:10.0.0.1>::1|15|both be IPv4 or both IPv6",
                "tcp:localhost:1>10.0.0.2:2|5|no host names",
                "tcp:10.0.0.256:1>10.0.0.2:2|12|0 to 255",
                "tcp:10.0.0.01:1>10.0.0.2:2|12|leading zeros",
                "tcp:10.0.1:1>10.0.0.2:2|11|four numbers",
                "tcp:10.0.0.1.5:1>10.0.0.2:2|13|four numbers",
                "tcp::1>10.0.0.2:2|5|address missing",
                "udp:[fe80::1%eth0]:1>[::1]:2|13|zone id",
                "udp:[1::2::3]:1>[::1]:2|10|more than one '::'",
                "udp:[1:2:3]:1>[::1]:2|11|must have 8",
                "udp:[1:2:3:4:5:6:7:8:9]:1>[::1]:2|22|more than 8",
                "udp:[::1:2:3:4:5:6:7:8]:1>[::1]:2|23|at least one",
                "udp:[12345::]:1>[::1]:2|6|1 to 4 hexadecimal",
                "udp:[1:]:1>[::1]:2|8|single ':'",
                "udp:[::1:1>[::1]:2|11|not part of an address",
                "udp:[::1|5|']' is missing",
                "udp:[10.0.0.1]:1>10.0.0.2:2|5|brackets",
                "esp:10.0.0.1>10.0.0.2|22|SPI must follow",
                "esp:10.0.0.1>10.0.0.2:0x100000000|23|0xffffffff",
                "esp:10.0.0.1>10.0.0.2:4096|23|must begin with 0x",
                "esp:10.0.0.1>10.0.0.2:0x|25|no digits",
                "esp:10.0.0.1:5>10.0.0.2:0x1|13|found ':'",
                "udp:2001:db8::1:53>[::1]:2|5|in brackets",
                "esp:::1>::2:0x5|9|in brackets",
                "proto-256:10.0.0.1>10.0.0.2|7|0 to 255",
                "proto-6:10.0.0.1>10.0.0.2|1|by name",
                "hash:51ccc178|6|must begin with 0x",
                "hash:0x51ccc1789|6|out of range",
                "hash:0x5g|9|behind the end",
            })
    void shouldSayWhereAFlowIsWrongAndWhatIsAllowed(String text, int column, String part) {
        FlowSyntaxException error = catchThrowableOfType(FlowSyntaxException.class, () -> FlowInput.parse(text));
        assertThat(error).as(text).isNotNull().hasMessageContaining(part);
        assertThat(error.column()).as(error.getMessage()).isEqualTo(column);
        assertThat(error.getMessage()).doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "::, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1::, 1::",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "::ffff:1.2.3.4, ::ffff:102:304",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    })
    void shouldPrintIpv6AsRfc5952Says(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical);
    }

    @Test
    void shouldReadBackEveryPrintedAddress() {
        long seed = 5952;
        Random random = new Random(seed);
        for (int round = 0; round < 10_000; round++) {
            long zeros = 0;
            for (int group = 0; group < 8; group++) {
                zeros |= random.nextBoolean() ? 0xffL << (8 * group) : 0;
            }
            IpAddress address = IpAddress.ofIpv6(random.nextLong() & zeros, random.nextLong() & ~zeros);
            assertThat(IpAddress.parse(address.toString()))
                    .as("seed=%d round=%d", seed, round)
                    .isEqualTo(address);
        }
    }

    @Test
    void shouldNeverThrowAnythingElseForDamagedText() {
        long seed = 42;
        Random random = new Random(seed);
        String alphabet = "tcp:[]>.0x1fe%-ü \t";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder("udp:[2001:db8::1]:53>10.0.0.2:9000");
            for (int damage = random.nextInt(8); damage >= 0; damage--) {
                text.setCharAt(random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(FlowInput.parse(text.toString())).isNotNull();
            } catch (FlowSyntaxException e) {
                assertThat(e.column()).as("seed=%d round=%d", seed, round).isBetween(1, text.length() + 1);
            }
        }
    }

    @Test
    void shouldHashLikeAFrameOfTheSameFlow() {
        SipFlowHash modern = SipFlowHash.ofKey(new byte[16]);
        SampleFrames sample = new SampleFrames(new Random(7));
        PacketHeaders headers = new PacketHeaders();
        for (String name : new String[] {"udp", "tcp", "esp", "ah", "icmp", "udp6", "icmp6", "sctp", "igmp"}) {
            byte[] frame = sample.all().get(name);
            int hash = modern.classify(new Packet().wrap(frame, 0, frame.length, LinkType.ETHERNET), headers);
            assertThat(modern.hash(FlowKey.of(headers))).as(name).isEqualTo(hash);
        }
    }

    @Test
    void shouldRefusePartsThatDoNotBelongTogether() {
        IpAddress four = IpAddress.ofIpv4(1);
        IpAddress six = IpAddress.ofIpv6(0, 1);
        assertThatThrownBy(() -> new FlowKey(6, four, six, 0)).hasMessageContaining("same IP version");
        assertThatThrownBy(() -> new FlowKey(256, four, four, 0)).hasMessageContaining("protocol=256");
        assertThatThrownBy(() -> new FlowKey(1, four, four, 5)).hasMessageContaining("no ports");
        assertThatThrownBy(() -> new IpAddress(5, 0, 0)).hasMessageContaining("version=5");
        assertThatThrownBy(() -> new IpAddress(4, 0, 1L << 32)).hasMessageContaining("32 bits");
    }
}
