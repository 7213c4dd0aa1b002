package io.rxsim.core.live;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.HandoverCause;
import io.rxsim.core.steer.SteeringPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Settings that change while packets flow, each while the machine stands still. Any thread but the engine's own.
 */
final class LiveChanges<M> {
    private final LiveHost<M> host;
    private final long patienceNs;
    private final int largestMaxBacklog;
    private final List<CpuMask> irqAffinity;
    /** What ended each generation of tables, masks and CPUs; grown while the machine stands still. */
    private HandoverCause[] ended = new HandoverCause[8];
    /** The generation now; written while the machine stands still. */
    private int tables;

    LiveChanges(LiveHost<M> host, Duration patience, int largestMaxBacklog) {
        this.host = host;
        this.patienceNs = patience.toNanos();
        this.largestMaxBacklog = largestMaxBacklog;
        this.irqAffinity = new ArrayList<>(host.machine().nic().irqAffinity());
    }

    int tables() {
        return tables;
    }

    /** Whoever has a packet of a later generation: what ended an earlier one. */
    HandoverCause endOf(int generation) {
        return ended[generation];
    }

    private void begin(HandoverCause cause) {
        if (tables == ended.length) {
            ended = Arrays.copyOf(ended, tables * 2);
        }
        ended[tables++] = cause;
    }

    void online(int cpu, boolean up) {
        stopped(() -> {
            if (host.softnet().isOnline(cpu) == up) {
                return;
            }
            if (up) {
                begin(HandoverCause.CPU_OFFLINE);
                host.softnet().online(cpu, true);
                routeInterrupts();
            } else {
                takeDown(cpu);
            }
        });
    }

    /** {@code takedown_cpu}, then {@code dev_cpu_dead} on the lowest surviving CPU. */
    private void takeDown(int cpu) {
        if (host.softnet().onlineCount() == 1) {
            throw new IllegalArgumentException("cpu=" + cpu + " is the last one online");
        }
        begin(HandoverCause.CPU_OFFLINE);
        host.softnet().online(cpu, false);
        for (RxQueue<M> queue : host.queues()) {
            if (queue.listedOn == cpu) {
                queue.napi.reraise();
            }
        }
        routeInterrupts();
        host.cpu(cpu).die();
        host.backlog(cpu).napi.clear();
        SoftirqThread<M> survivor = host.cpu(host.softnet().firstOnline());
        host.cpu(cpu).reinjectInto(survivor);
        survivor.flush();
        // What was received again may be overtaken, and is told apart by a generation of its own.
        begin(HandoverCause.CPU_OFFLINE);
    }

    void netdevMaxBacklog(int packets) {
        if (packets < 0 || packets > largestMaxBacklog) {
            throw new IllegalArgumentException("netdev_max_backlog=" + packets + ", this host allows 0 to "
                    + largestMaxBacklog + ": its backlog rings were made for that (LiveSettings.largestMaxBacklog)");
        }
        stopped(() -> {
            for (int cpu = 0; cpu < host.machine().cpuCount(); cpu++) {
                host.backlog(cpu).limit(packets);
            }
        });
    }

    void flowLimit(List<Integer> bucketsByCpu) {
        if (!host.machine().rules().has(Rule.FLOW_LIMIT)) {
            throw new IllegalArgumentException("flow_limit_cpu_bitmap: this kernel has no flow limit");
        }
        int cpus = host.machine().cpuCount();
        if (!bucketsByCpu.isEmpty() && bucketsByCpu.size() != cpus) {
            throw new IllegalArgumentException("flow limit of " + bucketsByCpu.size() + " CPUs, this host has " + cpus);
        }
        for (int buckets : bucketsByCpu) {
            if (buckets < 0 || Integer.bitCount(buckets) > 1) {
                throw new IllegalArgumentException(
                        "flow_limit_table_len=" + buckets + ", allowed is a power of two, or 0 for no table");
            }
        }
        stopped(() -> host.flowLimits().set(bucketsByCpu));
    }

    void irqAffinity(int queue, CpuMask mask) {
        if (queue < 0 || queue >= irqAffinity.size()) {
            throw new IllegalArgumentException("queue=" + queue + ", allowed is 0 to " + (irqAffinity.size() - 1));
        }
        stopped(() -> {
            boolean anyOnline = false;
            for (int cpu : mask.cpus()) {
                anyOnline |= host.softnet().isOnline(cpu);
            }
            if (!anyOnline) {
                throw new IllegalArgumentException("irq_affinity=" + mask + " has no online CPU");
            }
            begin(HandoverCause.IRQ_MOVED);
            irqAffinity.set(queue, mask);
            routeInterrupts();
        });
    }

    void policy(Consumer<SteeringPolicy> change) {
        stopped(() -> {
            begin(HandoverCause.TABLE_CHANGED);
            change.accept(host.policy());
        });
    }

    void rpsCpus(int queue, CpuMask mask) {
        policy(policy -> policy.onRpsCpus(queue, mask.and(onlineMask())));
    }

    private CpuMask onlineMask() {
        CpuMask mask = CpuMask.all(host.machine().cpuCount());
        for (int cpu : mask.cpus()) {
            if (!host.softnet().isOnline(cpu)) {
                mask = mask.andNot(CpuMask.of(cpu, mask.nrCpuIds()));
            }
        }
        return mask;
    }

    private void stopped(Runnable change) {
        host.stopMachine().run(change, this::wakeAll, patienceNs);
    }

    private void wakeAll() {
        for (SoftirqThread<M> cpu : host.cpus()) {
            cpu.doze.wake();
        }
    }

    /**
     * Before the start, or while the machine stands still: says which CPU takes the interrupt of every queue from now on. A queue that is
     * being polled stays with its CPU until it is found empty, as a NAPI instance does.
     */
    void routeInterrupts() {
        List<List<RxQueue<M>>> owned = new ArrayList<>();
        for (int cpu = 0; cpu < host.machine().cpuCount(); cpu++) {
            owned.add(new ArrayList<>());
        }
        for (RxQueue<M> queue : host.queues()) {
            int cpu = irqCpu(queue.number());
            queue.owner(host.cpu(cpu));
            owned.get(cpu).add(queue);
        }
        for (SoftirqThread<M> cpu : host.cpus()) {
            cpu.own(owned.get(cpu.cpu));
        }
    }

    /** The lowest online CPU of the queue's mask; where none is left, the lowest online CPU ({@code irq_do_set_affinity}). */
    private int irqCpu(int queue) {
        for (int cpu : irqAffinity.get(queue).cpus()) {
            if (host.softnet().isOnline(cpu)) {
                return cpu;
            }
        }
        return host.softnet().firstOnline();
    }
}
