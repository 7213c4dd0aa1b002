package io.rxsim.bench.toys;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.hash.SipHash;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.packet.EtherType;
import io.rxsim.core.packet.FlowHash;
import io.rxsim.core.packet.FrameBuilder;
import io.rxsim.core.packet.IpProtocol;
import io.rxsim.core.packet.JhashFlowHash;
import io.rxsim.core.packet.LinkType;
import io.rxsim.core.packet.Packet;
import io.rxsim.core.packet.PacketHashType;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.packet.SipFlowHash;
import io.rxsim.core.packet.SkbHash;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Items 26 to 28 of what a toy gets wrong: which hash a packet has. */
class ToyHashBehavioursTest {
    private static final int A = 0x0a00_0001;
    private static final int B = 0x0a00_0002;
    private static final int FIRST_FRAGMENT = FrameBuilder.MORE_FRAGMENTS;

    private static final FlowHash SIP = new SipFlowHash(new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L));
    private static final FlowHash JHASH = new JhashFlowHash(0x1234_5678);

    private static int hash(FlowHash function, FrameBuilder frame) {
        byte[] bytes = frame.payload(32).build();
        Packet packet = new Packet().wrap(bytes, 0, bytes.length, LinkType.ETHERNET);
        return function.classify(packet, new PacketHeaders());
    }

    private static FrameBuilder udp(FrameBuilder frame, int sourcePort, int destinationPort) {
        return frame.ipv4(A, B).udp(sourcePort, destinationPort);
    }

    @Test
    void item26ALayer4HashIsUsedAsItComesAndAnyOtherComputedAnew() {
        for (KernelRules rules : List.of(KernelRules.V6_18, KernelRules.V2_6_35)) {
            assertThat(SkbHash.inForce(rules, PacketHashType.L4, 7, 9)).isEqualTo(7);
            assertThat(SkbHash.inForce(rules, PacketHashType.NONE, 7, 9)).isEqualTo(9);
        }
        assertThat(SkbHash.inForce(KernelRules.V6_18, PacketHashType.L3, 7, 9)).isEqualTo(9);
        assertThat(SkbHash.inForce(KernelRules.V2_6_35, PacketHashType.L3, 7, 9))
                .as("it does not know who made it")
                .isEqualTo(7);
        assertThat(SkbHash.inForce(KernelRules.V2_6_35, PacketHashType.L4, 0, 9))
                .isEqualTo(9);
    }

    @Test
    void item27FragmentsShareAHashThatTheirUnfragmentedSiblingsDoNot() {
        int whole = hash(SIP, udp(FrameBuilder.ethernet(), 1234, 80));
        int first = hash(
                SIP, FrameBuilder.ethernet().ipv4(A, B).fragment(FIRST_FRAGMENT).udp(1234, 80));
        int last = hash(
                SIP,
                FrameBuilder.ethernet()
                        .ipv4(A, B)
                        .fragment(6)
                        .protocol(IpProtocol.UDP)
                        .put(0x9999_8888, 4));
        assertThat(first).isEqualTo(last).isNotEqualTo(whole);
        // 2.6.35 does not recognise them: what stands where ports would be is hashed.
        int oldFirst = hash(
                JHASH,
                FrameBuilder.ethernet().ipv4(A, B).fragment(FIRST_FRAGMENT).udp(1234, 80));
        int oldLast = hash(
                JHASH,
                FrameBuilder.ethernet()
                        .ipv4(A, B)
                        .fragment(6)
                        .protocol(IpProtocol.UDP)
                        .put(0x9999_8888, 4));
        assertThat(oldFirst)
                .isEqualTo(hash(JHASH, udp(FrameBuilder.ethernet(), 1234, 80)))
                .isNotEqualTo(oldLast);
    }

    @Test
    void item27TheVlanPriorityChangesTheHash() {
        int plain = hash(SIP, udp(FrameBuilder.ethernet().vlan(EtherType.VLAN, 100), 1234, 80));
        int urgent = hash(SIP, udp(FrameBuilder.ethernet().vlan(EtherType.VLAN, 5 << 13 | 100), 1234, 80));
        assertThat(urgent).isNotEqualTo(plain);
        assertThat(hash(JHASH, udp(FrameBuilder.ethernet().vlan(EtherType.VLAN, 100), 1234, 80)))
                .as("2.6.35 steers plain IP only")
                .isZero();
    }

    @Test
    void item28SwappedPortsCollideBecauseAddressesAndPortsAreSortedIndependently() {
        for (FlowHash function : List.of(SIP, JHASH)) {
            int there = hash(function, udp(FrameBuilder.ethernet(), 1234, 80));
            assertThat(hash(function, FrameBuilder.ethernet().ipv4(B, A).udp(80, 1234)))
                    .isEqualTo(there);
            assertThat(hash(function, udp(FrameBuilder.ethernet(), 80, 1234))).isEqualTo(there);
            assertThat(hash(function, udp(FrameBuilder.ethernet(), 1235, 80))).isNotEqualTo(there);
        }
    }
}
