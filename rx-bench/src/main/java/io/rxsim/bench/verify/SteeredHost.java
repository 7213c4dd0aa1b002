package io.rxsim.bench.verify;

import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Placement;
import io.rxsim.core.softnet.SocketFlowHash;
import io.rxsim.core.softnet.SoftnetData;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.steering.SteeringCatalog;

/**
 * A host without time, for recordings in which every packet is processed before the next step, or held on purpose: a policy
 * of the catalog, the counters of the backlogs, and the sockets' flow hashes. One thread.
 */
final class SteeredHost {
    private final SteeringPolicy policy;
    private final SoftnetData softnet;
    private final SocketFlowHash sockets = new SocketFlowHash();

    /** A host with empty tables under a policy of the catalog. */
    SteeredHost(Machine machine, String policyName) {
        policy = SteeringCatalog.catalog().get(policyName).create(machine, flow -> Placement.NO_APPLICATION);
        softnet = new SoftnetData(machine.online());
    }

    /**
     * A packet is taken in on a CPU, steered and queued.
     *
     * @return the CPU whose backlog has it; the own one if it is not steered
     */
    int enqueue(int rxQueue, int hash, int intakeCpu) {
        long decision = policy.steer(rxQueue, hash, 0, softnet);
        int cpu = Decision.cpu(decision) == Decision.NO_CPU ? intakeCpu : Decision.cpu(decision);
        int qtail = softnet.onAccepted(cpu);
        if (Decision.hasSlot(decision)) {
            policy.onEnqueued(rxQueue, decision, qtail);
        }
        return cpu;
    }

    /** The poll of a CPU returns with its backlog empty. */
    void drain(int cpu) {
        softnet.advanceHead(cpu, softnet.inputQueueTail(cpu) - softnet.inputQueueHead(cpu));
    }

    /** A packet on queue 0 that is processed at once and handed to its flow's socket; returns the CPU that processed it. */
    int process(int flow, int hash, int intakeCpu, boolean connected) {
        int cpu = enqueue(0, hash, intakeCpu);
        drain(cpu);
        sockets.onPacket(flow, hash, connected);
        return cpu;
    }

    /** The socket of a flow has been handed a packet before the recording begins. */
    void handOver(int flow, int hash) {
        sockets.onPacket(flow, hash);
    }

    /** The application of a flow calls recv on a CPU. */
    void recv(int flow, int cpu) {
        int hash = sockets.onCall(flow);
        if (hash != SocketFlowHash.NO_HASH) {
            policy.onConsumed(hash, cpu);
        }
    }
}
