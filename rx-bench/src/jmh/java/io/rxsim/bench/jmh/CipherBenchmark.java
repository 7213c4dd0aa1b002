package io.rxsim.bench.jmh;

import io.rxsim.core.packet.IpAddress;
import io.rxsim.workload.esp.AesGcm;
import io.rxsim.workload.esp.EspAlgorithm;
import io.rxsim.workload.esp.EspLayout;
import io.rxsim.workload.esp.EspMode;
import io.rxsim.workload.esp.EspOutbound;
import io.rxsim.workload.esp.SecurityAssociation;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * An ESP packet opened by the JDK's cipher: a genuine one, and a forged one, which costs the cipher's time and an exception; 64
 * packets of one association in turn. Expected: what is allocated is the cipher's.
 */
@Look({"bytes=64 key=AES-128", "bytes=9000 key=AES-128"})
@State(Scope.Thread)
public class CipherBenchmark {
    private static final int PACKETS = 64;
    private static final int IPV4_BYTES = 20;
    private static final int ICV_BYTES = 16;
    private static final int SPI = 0x1000;
    private static final int SALT_BYTES = 4;
    private static final long WARM_UP_NS = 700_000_000;
    /** On a busy machine there may be few in that time. */
    private static final int WARM_UP_BATCHES = 30;

    /** Bytes of the IP packet inside. */
    @Param({"64", "512", "1400", "9000"})
    public int bytes;

    /** The key. */
    @Param({"AES-128", "AES-256"})
    public String key;

    private AesGcm cipher;
    private byte[][] genuine;
    private byte[][] forged;
    private byte[] out;
    private int espBytes;

    /**
     * Makes the packets, and opens some: the JDK's cipher is slow by a factor of 30 until its intrinsics are compiled, which takes
     * longer than a look warms up.
     */
    @Setup
    public void makeAndWarmUp(BenchmarkParams how) {
        seal();
        long begin = System.nanoTime();
        boolean warm = how.getWarmup().getCount() == 0;
        for (int batch = 0; !warm; batch++) {
            open(genuine);
            open(forged);
            warm = batch >= WARM_UP_BATCHES && System.nanoTime() - begin > WARM_UP_NS;
        }
    }

    private void seal() {
        EspAlgorithm algorithm = EspAlgorithm.parse(key + "-GCM ICV" + ICV_BYTES);
        SplittableRandom random = new SplittableRandom(1);
        byte[] secret = new byte[algorithm.keyBytes()];
        random.nextBytes(secret);
        SecurityAssociation association =
                new SecurityAssociation(SPI, EspMode.TUNNEL, algorithm, secret, new byte[SALT_BYTES]);
        EspOutbound outbound = new EspOutbound(association, IpAddress.parse("10.0.0.1"), IpAddress.parse("192.0.2.1"));
        cipher = new AesGcm(association);
        espBytes = EspLayout.espBytes(bytes, ICV_BYTES);
        out = new byte[espBytes];
        genuine = new byte[PACKETS][IPV4_BYTES + espBytes];
        forged = new byte[PACKETS][];
        byte[] inner = new byte[bytes];
        for (int i = 0; i < PACKETS; i++) {
            random.nextBytes(inner);
            inner[0] = 0x45;
            outbound.encapsulate(inner, 0, bytes, genuine[i], 0);
            forged[i] = genuine[i].clone();
            forged[i][forged[i].length - 1] ^= 1;
        }
    }

    /** Packets of the peer. */
    @Benchmark
    public int genuine() {
        return open(genuine);
    }

    /** Packets of somebody without the key. */
    @Benchmark
    public int forged() {
        return open(forged);
    }

    private int open(byte[][] packets) {
        int sum = 0;
        for (int i = 0; i < Batch.SIZE; i++) {
            sum += cipher.open(packets[i % PACKETS], IPV4_BYTES, espBytes, out, 0);
        }
        if (sum == Batch.SIZE * AesGcm.FORGED != (packets == forged)) {
            throw new IllegalStateException("a genuine packet was refused, or a forged one was not");
        }
        return sum;
    }
}
