package io.rxsim.bench.jmh;

import io.rxsim.core.hash.JHash;
import io.rxsim.core.hash.SipHash;
import io.rxsim.core.hash.Toeplitz;
import io.rxsim.core.packet.FlowKeys;
import io.rxsim.core.packet.SipFlowHash;
import io.rxsim.core.run.HashKeys;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The hash of one flow, from what a packet's headers hold, over 1000 random flows. Expected: no allocation. */
@State(Scope.Thread)
public class HashBenchmark {
    private static final int IPV6_BYTES = 36;
    private static final int SECRET = 0x1234_5678;

    private final HashKeys keys = HashKeys.ofSeed(1);
    private final Toeplitz toeplitz = new Toeplitz(keys.rssKey());
    private final SipFlowHash sip = new SipFlowHash(new SipHash(keys.flowKey0(), keys.flowKey1()));
    private final FlowKeys[] ipv4 = new FlowKeys[Batch.SIZE];
    private final FlowKeys[] ipv6 = new FlowKeys[Batch.SIZE];
    private final int[] words = new int[3 * Batch.SIZE];
    private final byte[] bytes = new byte[IPV6_BYTES * Batch.SIZE];

    /** Draws the flows. */
    @Setup
    public void draw() {
        SplittableRandom random = new SplittableRandom(7);
        random.nextBytes(bytes);
        for (int i = 0; i < words.length; i++) {
            words[i] = random.nextInt();
        }
        Frames frames = new Frames(random);
        for (int i = 0; i < Batch.SIZE; i++) {
            ipv4[i] = frames.keysOf(Frames.Kind.UDP_IPV4);
            ipv6[i] = frames.keysOf(Frames.Kind.TCP_IPV6_LABEL);
        }
    }

    /** Toeplitz of IPv4 addresses and ports. */
    @Benchmark
    public int toeplitz12Bytes() {
        int sum = 0;
        for (int i = 0; i < words.length; i += 3) {
            sum += toeplitz.hashIpv4(words[i], words[i + 1], words[i + 2]);
        }
        return sum;
    }

    /** Toeplitz of IPv6 addresses and ports. */
    @Benchmark
    public int toeplitz36Bytes() {
        int sum = 0;
        for (int i = 0; i < bytes.length; i += IPV6_BYTES) {
            sum += toeplitz.hash(bytes, i, IPV6_BYTES);
        }
        return sum;
    }

    /** The flow hash of v6.18 of IPv4 keys: 6 words of SipHash-2-4. */
    @Benchmark
    public int sipFlowKeysIpv4() {
        return sipOf(ipv4);
    }

    /** The flow hash of v6.18 of IPv6 keys: 9 words. */
    @Benchmark
    public int sipFlowKeysIpv6() {
        return sipOf(ipv6);
    }

    private int sipOf(FlowKeys[] flows) {
        int sum = 0;
        for (FlowKeys flow : flows) {
            sum += sip.hash(flow);
        }
        return sum;
    }

    /** The flow hash of v2.6.35: jhash of three words, lookup2. */
    @Benchmark
    public int jhashLookup2() {
        int sum = 0;
        for (int i = 0; i < words.length; i += 3) {
            sum += JHash.lookup2Words3(words[i], words[i + 1], words[i + 2], SECRET);
        }
        return sum;
    }

    /** The later jhash of three words, lookup3. */
    @Benchmark
    public int jhashLookup3() {
        int sum = 0;
        for (int i = 0; i < words.length; i += 3) {
            sum += JHash.lookup3Words3(words[i], words[i + 1], words[i + 2], SECRET);
        }
        return sum;
    }
}
