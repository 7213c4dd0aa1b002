package io.rxsim.core.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.hash.JHash;
import io.rxsim.core.hash.SipHash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Both flow hashes against plain byte-by-byte layouts of the kernel's structures, which decide the order of sorting. */
class FlowHashReferenceTest {
    private static final long SEED = 44;
    private static final int ROUNDS = 2000;

    private final Random random = new Random(SEED);

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] bytes(IpAddress address) {
        return ByteBuffer.allocate(16)
                .putLong(address.high())
                .putLong(address.low())
                .array();
    }

    /** The value that a little-endian machine sees in these bytes. */
    private static long littleEndian(byte[] bytes) {
        long value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return value;
    }

    /** The structure with everything but addresses: 36 bytes, and zeros up to {@code length}. */
    private static byte[] structure(int length, int etherType, int protocol, byte[] ports) {
        byte[] structure = new byte[length];
        structure[0] = (byte) (etherType >>> 8);
        structure[1] = (byte) etherType;
        structure[2] = (byte) protocol;
        byte[] first = Arrays.copyOfRange(ports, 0, 2);
        byte[] second = Arrays.copyOfRange(ports, 2, 4);
        boolean swap = littleEndian(second) < littleEndian(first);
        System.arraycopy(swap ? second : first, 0, structure, 28, 2);
        System.arraycopy(swap ? first : second, 0, structure, 30, 2);
        return structure;
    }

    private static int hash(SipHash sipHash, byte[] structure) {
        return (int) sipHash.hash(structure, 0, structure.length);
    }

    private int classify(FlowHash hash, byte[] frame) {
        return hash.classify(new Packet().wrap(frame, 0, frame.length, LinkType.ETHERNET), new PacketHeaders());
    }

    @Test
    void shouldLayOutAndSortIpv4AsALittleEndianKernel() {
        for (int round = 0; round < ROUNDS; round++) {
            SampleFrames sample = new SampleFrames(random);
            SipHash sipHash = new SipHash(random.nextLong(), random.nextLong());
            byte[] ports = bytes(sample.sourcePort << 16 | sample.destinationPort);
            byte[] structure = structure(48, 0x0800, 17, ports);
            byte[] source = bytes(sample.source);
            byte[] destination = bytes(sample.destination);
            boolean swap = littleEndian(destination) < littleEndian(source);
            System.arraycopy(swap ? destination : source, 0, structure, 36, 4);
            System.arraycopy(swap ? source : destination, 0, structure, 40, 4);
            assertThat(classify(new SipFlowHash(sipHash), sample.all().get("udp")))
                    .as("seed=%d round=%d", SEED, round)
                    .isEqualTo(hash(sipHash, structure));

            // the VLAN tag: id in host order, tag and inner ether type in network order
            byte[] tag = {5, 0, (byte) 0x81, 0, 8, 0};
            System.arraycopy(tag, 0, structure, 8, 6);
            assertThat(classify(new SipFlowHash(sipHash), sample.all().get("vlan")))
                    .as("vlan, seed=%d round=%d", SEED, round)
                    .isEqualTo(hash(sipHash, structure));
        }
    }

    @Test
    void shouldLayOutAndSortIpv6ByBytes() {
        for (int round = 0; round < ROUNDS; round++) {
            SampleFrames sample = new SampleFrames(random);
            SipHash sipHash = new SipHash(random.nextLong(), random.nextLong());
            byte[] ports = bytes(sample.sourcePort << 16 | sample.destinationPort);
            byte[] structure = structure(72, 0x86dd, 17, ports);
            byte[] source = bytes(sample.source6);
            byte[] destination = bytes(sample.destination6);
            boolean swap = Arrays.compareUnsigned(destination, source) < 0;
            System.arraycopy(swap ? destination : source, 0, structure, 36, 16);
            System.arraycopy(swap ? source : destination, 0, structure, 52, 16);
            assertThat(classify(new SipFlowHash(sipHash), sample.all().get("udp6")))
                    .as("seed=%d round=%d", SEED, round)
                    .isEqualTo(hash(sipHash, structure));

            Arrays.fill(structure, 28, 32, (byte) 0);
            byte[] label = {0x45, 0x23, 0x01, 0};
            System.arraycopy(label, 0, structure, 4, 4);
            assertThat(classify(new SipFlowHash(sipHash), sample.all().get("flow label")))
                    .as("flow label, seed=%d round=%d", SEED, round)
                    .isEqualTo(hash(sipHash, structure));
        }
    }

    @Test
    void shouldHashTheEtherTypeAloneWithoutAddresses() {
        SipHash sipHash = new SipHash(5, 6);
        byte[] unknown = FrameBuilder.ethernet().etherType(0x88b5).build();
        assertThat(classify(new SipFlowHash(sipHash), unknown))
                .isEqualTo(hash(sipHash, structure(40, 0x88b5, 0, new byte[4])));
        assertThat(classify(new SipFlowHash(sipHash), new byte[3]))
                .isEqualTo(hash(sipHash, structure(40, 0, 0, new byte[4])));
    }

    @Test
    void shouldPutGreKeyAndProtocolWhereTheKernelHasThem() {
        SipHash sipHash = new SipHash(7, 8);
        FrameBuilder frame = FrameBuilder.ethernet().ipv4(1, 2).greKey(0x01020304);
        byte[] structure = structure(48, 0x0800, 253, new byte[4]);
        byte[] key = {1, 2, 3, 4};
        System.arraycopy(key, 0, structure, 24, 4);
        byte[] addresses = {0, 0, 0, 3, 0, 0, 0, 4};
        System.arraycopy(addresses, 0, structure, 36, 8);
        assertThat(classify(
                        new SipFlowHash(sipHash), frame.ipv4(3, 4).protocol(253).build()))
                .isEqualTo(hash(sipHash, structure));
    }

    @Test
    void shouldSortTheWordsOf2635AsALittleEndianKernel() {
        for (int round = 0; round < ROUNDS; round++) {
            SampleFrames sample = new SampleFrames(random);
            int secret = random.nextInt();
            long source = littleEndian(bytes(sample.source));
            long destination = littleEndian(bytes(sample.destination));
            long sourcePort = littleEndian(new byte[] {(byte) (sample.sourcePort >>> 8), (byte) sample.sourcePort});
            long destinationPort =
                    littleEndian(new byte[] {(byte) (sample.destinationPort >>> 8), (byte) sample.destinationPort});
            long ports = Math.min(sourcePort, destinationPort) | Math.max(sourcePort, destinationPort) << 16;
            int expected = JHash.lookup2Words3(
                    (int) Math.min(source, destination), (int) Math.max(source, destination), (int) ports, secret);
            assertThat(classify(new JhashFlowHash(secret), sample.all().get("udp")))
                    .as("seed=%d round=%d", SEED, round)
                    .isEqualTo(expected);
        }
    }
}
