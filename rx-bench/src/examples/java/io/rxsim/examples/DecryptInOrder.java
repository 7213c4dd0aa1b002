package io.rxsim.examples;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.hash.SipHash;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.live.DropHandler;
import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveMachine;
import io.rxsim.core.live.LivePacket;
import io.rxsim.core.live.LiveSettings;
import io.rxsim.core.live.LiveSocket;
import io.rxsim.core.live.LiveWait;
import io.rxsim.core.live.Receiver;
import io.rxsim.core.packet.FrameBuilder;
import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.packet.LinkType;
import io.rxsim.core.packet.SipFlowHash;
import io.rxsim.core.padata.Padata618;
import io.rxsim.core.padata.PadataShell;
import io.rxsim.core.padata.PadataWorks;
import io.rxsim.core.padata.live.PadataThreads;
import io.rxsim.steering.SteeringCatalog;
import io.rxsim.workload.esp.EspAlgorithm;
import io.rxsim.workload.esp.EspMode;
import io.rxsim.workload.esp.EspOutbound;
import io.rxsim.workload.esp.SecurityAssociation;
import io.rxsim.workload.esp.SecurityAssociations;
import io.rxsim.workload.esp.live.EspPipeline;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One ESP tunnel through a live host, decrypted by two threads and handed on in order. */
public final class DecryptInOrder {
    private static final int PACKETS = 2_000;
    private static final int CPUS = 2;

    private DecryptInOrder() {}

    /** Prints how many packets were decrypted and how many overtook another. */
    public static void main(String[] args) {
        SecurityAssociation association = new SecurityAssociation(
                0x1000, EspMode.TUNNEL, EspAlgorithm.parse("AES-128-GCM ICV16"), new byte[16], new byte[4]);
        AtomicInteger last = new AtomicInteger();
        AtomicInteger overtaken = new AtomicInteger();
        try (PadataThreads threads = new PadataThreads(CPUS)) {
            PadataShell shell = Padata618.alloc(
                            "esp", KernelRules.V6_18, CpuMask.all(CPUS), new PadataWorks(CPUS), threads)
                    .allocShell();
            EspPipeline pipeline = new EspPipeline(
                    new SecurityAssociations(List.of(association)),
                    new EspPipeline.Parts(
                            shell,
                            new int[] {0, 1},
                            new SipFlowHash(new SipHash(1, 2)),
                            LinkType.RAW_IP,
                            64,
                            PACKETS,
                            2048),
                    (number, sequence, inner) -> overtaken.addAndGet(last.getAndSet(sequence) > sequence ? 1 : 0));
            receive(association, pipeline);
            while (shell.inFlight() > 0) {
                Thread.onSpinWait();
            }
            System.out.println(pipeline + " overtaken=" + overtaken);
        }
    }

    /** Sends packets through the live host to a receiver that hands each to the pipeline. */
    private static void receive(SecurityAssociation association, EspPipeline pipeline) {
        EspOutbound tunnel = new EspOutbound(association, IpAddress.parse("10.0.0.1"), IpAddress.parse("192.0.2.1"));
        byte[] inner = FrameBuilder.rawIp()
                .ipv4(0x0a000001, 0x0a000002)
                .udp(1000, 9)
                .payload(1_000)
                .build();
        byte[] out = new byte[inner.length + 100];
        LiveHost<byte[]> host = new LiveHost<>(
                LiveMachine.cpus(CPUS).rps("2").maxBacklog(PACKETS).build(),
                SteeringCatalog.steering(SteeringCatalog.RPS),
                LiveSettings.DEFAULT,
                DropHandler.ignore());
        Receiver<byte[]> receiver = host.receiver(1);
        LiveSocket<byte[]> socket = receiver.open(PACKETS);
        host.start();
        host.start(receiver, packet -> pipeline.submit(packet.message, 0, packet.message.length), LiveWait.BLOCK);
        for (int sequence = 0; sequence < PACKETS; sequence++) {
            LivePacket<byte[]> packet = host.queue(0).next();
            while (packet == null) {
                Thread.onSpinWait();
                packet = host.queue(0).next();
            }
            packet.flow = 0;
            packet.sequence = sequence;
            packet.hash = 0x9e3779b1;
            packet.message = Arrays.copyOf(out, tunnel.encapsulate(inner, 0, inner.length, out, 0));
            packet.socket = socket;
            packet.arrivedNs = System.nanoTime();
            host.queue(0).publish();
            host.queue(0).interrupt();
        }
        host.stop(Duration.ofSeconds(10));
    }
}
