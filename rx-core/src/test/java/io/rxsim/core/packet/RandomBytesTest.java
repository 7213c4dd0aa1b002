package io.rxsim.core.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.rxsim.core.hash.SipHash;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No bytes make a dissector throw, none beyond the captured length count, and nothing is allocated. */
class RandomBytesTest {
    private static final long SEED = 20260618;
    private static final int FUZZED_FRAMES = 1_000_000;
    private static final LinkType[] LINK_TYPES = LinkType.values();

    private final SipFlowHash modern = new SipFlowHash(new SipHash(1, 2));
    private final JhashFlowHash old = new JhashFlowHash(3);
    private final RssHash rss = new RssHash(new byte[40]);
    private final Packet packet = new Packet();
    private final PacketHeaders headers = new PacketHeaders();

    private String outcome(byte[] bytes, int offset, int length) {
        packet.wrap(bytes, offset, length, LinkType.ETHERNET).stamp(0, 1500);
        int hash = modern.classify(packet, headers);
        int payload = headers.payloadBytes();
        String flow = String.valueOf(FlowKey.of(headers));
        return hash + " " + headers.l4Hash() + " " + payload + " " + flow + " " + headers.tcpFlags() + " "
                + rss.type(headers) + " " + old.classify(packet, headers);
    }

    @Test
    void shouldTreatEveryPrefixLikeThatManyBytesWhateverLiesBehind() {
        Random random = new Random(SEED);
        for (Map.Entry<String, byte[]> entry : new SampleFrames(random).all().entrySet()) {
            byte[] frame = entry.getValue();
            for (int length = 0; length <= frame.length; length++) {
                byte[] exact = new byte[length];
                System.arraycopy(frame, 0, exact, 0, length);
                byte[] within = new byte[frame.length + 64];
                random.nextBytes(within);
                System.arraycopy(frame, 0, within, 17, length);
                assertThat(outcome(within, 17, length))
                        .as("seed=%d %s cut to %d", SEED, entry.getKey(), length)
                        .isEqualTo(outcome(exact, 0, length));
            }
        }
    }

    @Test
    void shouldHashWhatWasReadWhenTheTransportHeaderIsCut() {
        byte[] frame = new SampleFrames(new Random(SEED)).all().get("udp");
        packet.wrap(frame, 0, 14 + 20 + 3, LinkType.ETHERNET);
        int cut = modern.classify(packet, headers);
        assertThat(modern.keys().ipVersion()).isEqualTo(4);
        assertThat(modern.keys().ports()).isZero();
        assertThat(headers.hasPorts()).isFalse();
        packet.wrap(frame, 0, 14 + 20 + 4, LinkType.ETHERNET);
        assertThat(modern.classify(packet, headers)).isNotEqualTo(cut);
        assertThat(headers.hasPorts()).isTrue();
    }

    @Test
    void shouldNotThrowForAMillionRandomAndDamagedFrames() {
        Random random = new Random(SEED);
        List<byte[]> samples = new SampleFrames(random).list();
        byte[] bytes = new byte[256];
        int hashed = 0;
        for (int round = 0; round < FUZZED_FRAMES; round++) {
            int length = 1 + random.nextInt(128);
            if ((round & 3) == 0) {
                random.nextBytes(bytes);
            } else {
                byte[] sample = samples.get(random.nextInt(samples.size()));
                System.arraycopy(sample, 0, bytes, 0, sample.length);
                for (int damage = random.nextInt(6); damage > 0; damage--) {
                    bytes[random.nextInt(100)] = (byte) random.nextInt();
                }
            }
            LinkType linkType = LINK_TYPES[(round & 7) == 0 ? random.nextInt(LINK_TYPES.length) : 0];
            packet.wrap(bytes, 256 - length < 60 ? 0 : random.nextInt(3), length, linkType);
            try {
                hashed += modern.classify(packet, headers) != 0 ? 1 : 0;
                rss.hash(headers);
                old.classify(packet, headers);
            } catch (RuntimeException e) {
                throw new AssertionError("seed=" + SEED + " round=" + round, e);
            }
        }
        assertThat(hashed).isEqualTo(FUZZED_FRAMES);
    }

    @Test
    void shouldAllocateNothingPerPacket() {
        List<byte[]> samples = new SampleFrames(new Random(SEED)).list();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = classifyAll(samples, 200);
        long before = threads.getCurrentThreadAllocatedBytes();
        sum += classifyAll(samples, 2000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated)
                .as("bytes for %d packets, sum %d", 2000 * samples.size(), sum)
                .isLessThan(10_000);
    }

    private long classifyAll(List<byte[]> samples, int rounds) {
        long sum = 0;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < samples.size(); i++) {
                byte[] frame = samples.get(i);
                packet.wrap(frame, 0, frame.length, LinkType.ETHERNET).stamp(round, frame.length);
                sum += modern.classify(packet, headers);
                sum += rss.hash(headers);
                sum += old.classify(packet, headers);
            }
        }
        return sum;
    }
}
