package io.rxsim.workload.esp.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.hash.SipHash;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.packet.FlowHash;
import io.rxsim.core.packet.LinkType;
import io.rxsim.core.packet.Packet;
import io.rxsim.core.packet.SipFlowHash;
import io.rxsim.core.padata.Padata2634;
import io.rxsim.core.padata.Padata618;
import io.rxsim.core.padata.PadataDomain;
import io.rxsim.core.padata.PadataWorks;
import io.rxsim.core.padata.live.PadataThreads;
import io.rxsim.workload.capture.CaptureReader;
import io.rxsim.workload.esp.EspInbound;
import io.rxsim.workload.esp.SaFile;
import io.rxsim.workload.esp.SecurityAssociations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The capture of another implementation, decrypted by threads. */
class EspPipelineTest {
    private static final int CPUS = 3;
    private static final FlowHash HASH = new SipFlowHash(new SipHash(1, 2));

    /** Per association: packets handed on, and the last sequence number; inversions at the end. */
    private final AtomicLongArray seen = new AtomicLongArray(6);

    private final AtomicLongArray last = new AtomicLongArray(6);
    private final AtomicLongArray wrong = new AtomicLongArray(1);

    @TempDir
    private Path folder;

    private static List<byte[]> packets() throws IOException {
        List<byte[]> packets = new ArrayList<>();
        Packet packet = new Packet();
        try (CaptureReader reader =
                CaptureReader.open(EspPipelineTest.class.getResourceAsStream("/captures/esp.pcap.gz"), "esp")) {
            while (reader.next(packet)) {
                packets.add(
                        Arrays.copyOfRange(packet.data(), packet.offset(), packet.offset() + packet.capturedLength()));
            }
        }
        return packets;
    }

    private SecurityAssociations keys(String replaced, String by) throws IOException {
        try (InputStream in = EspPipelineTest.class.getResourceAsStream("/captures/esp-keys.csv")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace(replaced, by);
            Path file = Files.writeString(folder.resolve("keys.csv"), text);
            return SaFile.read(file, "keys.csv");
        }
    }

    private static PadataDomain domain(String kernel, PadataThreads threads) {
        CpuMask all = CpuMask.all(CPUS);
        KernelRules rules = KernelRules.of(kernel);
        if (rules.equals(KernelRules.V6_18)) {
            return Padata618.alloc("esp", rules, all, new PadataWorks(CPUS), threads)
                    .allocShell();
        }
        Padata2634 padata = Padata2634.alloc(rules, all, all, threads);
        padata.start();
        return padata;
    }

    private EspPipeline pipeline(SecurityAssociations keys, PadataDomain domain) {
        EspPipeline.Parts parts =
                new EspPipeline.Parts(domain, new int[] {0, 1, 2}, HASH, LinkType.ETHERNET, 64, 256, 2048);
        return new EspPipeline(keys, parts, this::onInner);
    }

    private void onInner(int association, int sequence, Packet inner) {
        seen.incrementAndGet(association);
        boolean forward = Integer.toUnsignedLong(sequence) > last.getAndSet(association, sequence);
        boolean ip = inner.capturedLength() > 0 && (inner.data()[inner.offset()] >>> 4 & 0xf) >= 4;
        if (!forward || !ip) {
            wrong.incrementAndGet(0);
        }
    }

    /** Submits all, waiting where there is no room, until nothing is inside. */
    private static void run(EspPipeline pipeline, PadataDomain domain, List<byte[]> packets) {
        for (byte[] packet : packets) {
            while (pipeline.submit(packet, 0, packet.length) == EspPipeline.BUSY) {
                LockSupport.parkNanos(10_000);
            }
        }
        while (domain.inFlight() > 0) {
            LockSupport.parkNanos(10_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35", "v2.6.34"})
    void shouldDecryptEveryPacketInTheOrderOfItsAssociation(String kernel) throws IOException {
        try (PadataThreads threads = new PadataThreads(CPUS)) {
            PadataDomain domain = domain(kernel, threads);
            EspPipeline pipeline = pipeline(keys("", ""), domain);

            run(pipeline, domain, packets());

            assertThat(threads.failure()).isNull();
            assertThat(pipeline.decrypted()).isEqualTo(1500);
            assertThat(wrong.get(0)).isZero();
            for (int association = 0; association < 6; association++) {
                assertThat(seen.get(association))
                        .as("association " + association)
                        .isPositive();
            }
        }
    }

    @Test
    void shouldRefuseExactlyTheAssociationWhoseKeyHasOneOtherByte() throws IOException {
        try (PadataThreads threads = new PadataThreads(CPUS)) {
            PadataDomain domain = domain("v6.18", threads);
            EspPipeline pipeline = pipeline(keys("ICV16,0b0c0d0e", "ICV16,0b0c0d0f"), domain);

            run(pipeline, domain, packets());

            assertThat(pipeline.dropped(EspInbound.FORGED)).isEqualTo(256);
            assertThat(pipeline.decrypted()).isEqualTo(1244);
            assertThat(seen.get(1)).isZero();
            assertThat(threads.failure()).isNull();
        }
    }

    @Test
    void shouldCallNoCipherForReplaysStrangersAndWhatIsCut() throws IOException {
        List<byte[]> packets = packets();
        try (PadataThreads threads = new PadataThreads(CPUS)) {
            PadataDomain domain = domain("v6.18", threads);
            EspPipeline pipeline = pipeline(keys("0x1001,", "0x7001,"), domain);
            run(pipeline, domain, packets);
            run(pipeline, domain, packets);
            byte[] cut = Arrays.copyOf(packets.get(0), packets.get(0).length - 3);

            assertThat(pipeline.submit(cut, 0, cut.length)).isEqualTo(EspInbound.MALFORMED);
            assertThat(pipeline.submit(new byte[3000], 0, 3000)).isEqualTo(EspInbound.MALFORMED);

            assertThat(pipeline.dropped(EspInbound.UNKNOWN_SPI)).isEqualTo(2 * 256);
            assertThat(pipeline.dropped(EspInbound.REPLAYED)).isEqualTo(1244);
            assertThat(pipeline.dropped(EspInbound.MALFORMED)).isEqualTo(2);
            assertThat(domain.accepted()).isEqualTo(1244);
            assertThat(pipeline.toString())
                    .startsWith("decrypted=1244 forged=0 replayed=1244 malformed=2 unknownSpi=512 busy=");
        }
    }
}
