package io.rxsim.core.virtual;

import io.rxsim.core.cost.CostModel;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.Placement;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.xfrm.CryptoMode;
import io.rxsim.core.xfrm.EspArrival;
import io.rxsim.core.xfrm.EspResult;
import io.rxsim.core.xfrm.EspVerdict;
import io.rxsim.core.xfrm.ReplayWindow;
import io.rxsim.core.xfrm.XfrmConfig;
import java.util.Arrays;

/**
 * The stage between protocol receive of an ESP packet and the packet inside it: {@code xfrm_input} (net/xfrm/xfrm_input.c, 6.18).
 *
 * <p>The replay window is looked at before the cipher and again after it ({@code xfrm_replay_recheck}), where it is advanced.
 * What the cipher would say is known from the arrival; what it costs is stage {@link Stage#CRYPTO}. Deviations: the packet
 * inside goes to the backlog of its CPU, or on in the same softirq, where the kernel has a queue of its own per CPU
 * (gro_cells); no policy is checked; finding the association is part of the cipher's price. One thread.
 */
final class XfrmInput {
    /** {@link #onOuterDone}: the CPU is done with the packet. */
    static final long GONE = -1;

    private final VirtualHost host;
    private final PacketPool pool;
    private final CostModel costs;
    private final XfrmConfig config;
    private final EspPackets esp;
    private final EspRecorder recorder = new EspRecorder();
    /** Null where packets are decrypted in place. */
    private final PadataStage padata;

    private ReplayWindow[] windows = new ReplayWindow[0];
    /** Packets of each association that came and could reach a cipher, and the largest number of those handed on. */
    private int[] arrived = new int[0];

    private int[] handedOn = new int[0];

    XfrmInput(VirtualHost host) {
        this.host = host;
        this.pool = host.pool;
        this.costs = host.costs;
        this.config = host.scenario.xfrm();
        this.esp = new EspPackets(pool);
        this.padata = config.crypto() == CryptoMode.PADATA ? new PadataStage(host, this) : null;
    }

    void onAdmitted(int packet, Arrival arrival) {
        esp.admit(packet, arrival);
        if (arrival.esp && arrival.inside.cipherCalled) {
            final int association = known(arrival.inside.association);
            esp.arrivalNumber(packet, ++arrived[association]);
        }
        if (arrival.esp && pool.measured[packet]) {
            recorder.onArrived();
        }
    }

    /** Whether a packet is ESP that nobody has decrypted yet. */
    boolean isEsp(int packet) {
        return esp.isEsp(packet);
    }

    /** Whether a packet is to be steered where it is taken in. */
    boolean isSteered(int packet) {
        return !esp.isEsp(packet) || config.crypto() == CryptoMode.PER_FLOW;
    }

    /** A packet is lost, for a reason of its own or because there was no room. */
    void onDropped(int packet, DropReason reason) {
        if (!pool.measured[packet]) {
            return;
        }
        switch (reason) {
            case ESP_FORGED, ESP_MALFORMED, ESP_REPLAYED, ESP_UNKNOWN_SPI -> recorder.onVerdict(esp.verdict(packet));
            default -> {
                if (esp.isEsp(packet)) {
                    recorder.onLostEarlier();
                }
            }
        }
    }

    void onDelivered(int packet, long responseNs) {
        if (pool.measured[packet] && esp.wasEsp(packet)) {
            recorder.onDelivered(responseNs);
        }
    }

    /** Protocol receive of an ESP packet begins: what its step costs on top, the cipher's time where it is called at once. */
    long beginOuter(int packet, int cpu) {
        if (!passesBeforeCipher(packet)) {
            return 0;
        }
        return padata == null ? cipherNs(packet, cpu) : costs.costNs(Stage.PADATA, cpu, cpu, 0);
    }

    /** The cipher's price on a CPU. */
    long cipherNs(int packet, int cpu) {
        final long ns = costs.costNs(Stage.CRYPTO, cpu, pool.cpu[packet], esp.cipherBytes(packet));
        esp.cipherNs(packet, ns);
        return ns;
    }

    /** Whether a packet gets to the cipher; one that the window refuses is replayed. */
    private boolean passesBeforeCipher(int packet) {
        if (esp.cipherCalled(packet) && !window(packet).check(esp.sequence(packet))) {
            esp.replayed(packet);
        }
        return esp.cipherCalled(packet);
    }

    private ReplayWindow window(int packet) {
        return windows[esp.association(packet)];
    }

    /** Makes room for an association. */
    private int known(int association) {
        if (association >= windows.length) {
            final int capacity = Math.max(association + 1, windows.length * 2);
            windows = Arrays.copyOf(windows, capacity);
            arrived = Arrays.copyOf(arrived, capacity);
            handedOn = Arrays.copyOf(handedOn, capacity);
        }
        if (windows[association] == null) {
            windows[association] = new ReplayWindow(config.replayWindow());
        }
        return association;
    }

    /** Protocol receive of an ESP packet ended; the cost of the next step on the packet, or {@link #GONE}. */
    long onOuterDone(int packet, int cpu, long nowNs) {
        if (padata != null && esp.step(packet) != EspPackets.FIRST) {
            return onSecondStepDone(packet, cpu, nowNs);
        }
        host.softnet.onProcessed(cpu);
        host.recorder.onStageDone(packet, LatencyStage.PROTOCOL, nowNs - esp.cipherNs(packet));
        if (!host.sockets.isOpen(packet)) {
            host.drop(packet, cpu, DropReason.NO_SOCKET, nowNs);
            return GONE;
        }
        pool.cpu[packet] = cpu;
        if (padata != null && esp.cipherCalled(packet)) {
            return submit(packet, cpu, nowNs);
        }
        if (esp.cipherCalled(packet)) {
            host.recorder.onStageDone(packet, LatencyStage.CRYPTO, nowNs);
        }
        return afterCipher(packet, cpu, nowNs);
    }

    private long submit(int packet, int cpu, long nowNs) {
        return switch (padata.submit(packet, esp.association(packet), cpu, nowNs)) {
            case TAKEN -> GONE;
            case INLINE -> {
                esp.step(packet, EspPackets.INLINE);
                yield cipherNs(packet, cpu);
            }
            case SYNCHRONOUS -> {
                esp.step(packet, EspPackets.SYNCHRONOUS);
                yield cipherNs(packet, cpu);
            }
            case LOST -> {
                host.drop(packet, cpu, DropReason.CRYPTO_BUSY, nowNs);
                yield GONE;
            }
        };
    }

    private long onSecondStepDone(int packet, int cpu, long nowNs) {
        if (esp.step(packet) == EspPackets.INLINE) {
            padata.inlineDone(packet, cpu, nowNs);
            return GONE;
        }
        host.recorder.onStageDone(packet, LatencyStage.CRYPTO, nowNs);
        return afterCipher(packet, cpu, nowNs);
    }

    /** Padata's serial part of a packet is done. */
    void onSerialised(int packet, int cpu, long waitedNs, long inOrderNs, long nowNs) {
        host.recorder.onStageDone(packet, LatencyStage.REORDER_WAIT, inOrderNs);
        host.recorder.onStageDone(packet, LatencyStage.SERIAL, nowNs);
        if (pool.measured[packet]) {
            recorder.onReorderWait(waitedNs);
        }
        pool.cpu[packet] = cpu;
        if (!passesAfterCipher(packet, cpu, nowNs) || !hasInside(packet, cpu, nowNs)) {
            return;
        }
        if (config.innerSteered()) {
            steerInner(packet, cpu, nowNs);
        } else {
            host.cpus[cpu].softirq.charge(costs.costNs(Stage.ENQUEUE, cpu, cpu, 0));
            host.receive.enqueueHere(packet, cpu, nowNs);
        }
    }

    private long afterCipher(int packet, int cpu, long nowNs) {
        if (!passesAfterCipher(packet, cpu, nowNs) || !hasInside(packet, cpu, nowNs)) {
            return GONE;
        }
        if (config.innerSteered() && steerInner(packet, cpu, nowNs)) {
            return GONE;
        }
        return host.receive.protocolNs(packet, cpu);
    }

    /** The cipher's verdict, and the window's, which moves. */
    private boolean passesAfterCipher(int packet, int cpu, long nowNs) {
        if (esp.verdict(packet) == EspVerdict.DECRYPTED && !window(packet).advance(esp.sequence(packet))) {
            esp.replayed(packet);
        }
        final EspVerdict verdict = esp.verdict(packet);
        if (verdict != EspVerdict.DECRYPTED) {
            host.drop(packet, cpu, verdict.dropReason(), nowNs);
            return false;
        }
        final int association = esp.association(packet);
        final int number = esp.arrivalNumber(packet);
        final boolean overtaken = number < handedOn[association];
        handedOn[association] = Math.max(number, handedOn[association]);
        if (overtaken) {
            recorder.onOvertaken();
        }
        if (pool.measured[packet]) {
            recorder.onVerdict(verdict);
        }
        return true;
    }

    /** Puts the packet inside in the place of the ESP packet; a dummy ends here. */
    private boolean hasInside(int packet, int cpu, long nowNs) {
        final int inner = esp.innerFlow(packet);
        esp.decapsulate(packet);
        if (inner == EspArrival.NOTHING_INSIDE) {
            host.recorder.onProcessed(packet, cpu, Placement.NO_APPLICATION, nowNs);
            host.recorder.onDelivered(packet, nowNs);
            return false;
        }
        if (pool.measured[packet]) {
            recorder.onInner(inner);
        }
        return true;
    }

    private boolean steerInner(int packet, int cpu, long nowNs) {
        final SoftirqContext softirq = host.cpus[cpu].softirq;
        if (host.policy.rpsNeeded()) {
            softirq.charge(costs.costNs(Stage.STEER, cpu, cpu, 0));
        }
        if (!host.receive.steer(packet, cpu, nowNs)) {
            if (padata == null) {
                return false;
            }
            host.receive.enqueueHere(packet, cpu, nowNs);
        }
        softirq.charge(costs.costNs(Stage.ENQUEUE, cpu, cpu, 0));
        return true;
    }

    PadataStage padata() {
        return padata;
    }

    /** Checks, when nothing is due any more, that nothing is left. */
    void checkDrained() {
        if (padata != null) {
            padata.checkDrained();
        }
    }

    EspResult result() {
        return recorder.result(padata == null ? null : padata.result());
    }
}
