package io.rxsim.steering;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.Machine;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringReason;
import java.util.Arrays;

/**
 * Receive packet steering: the queue's map and the flow hash choose the CPU; flow tables are ignored.
 *
 * <p>Source: {@code get_rps_cpu} (net/core/dev.c) with a map and without flow tables, 6.18 and 2.6.35. A packet of an unknown
 * queue, without a hash, of a queue without a map, or whose CPU is offline is not steered; no second CPU is tried.
 *
 * <p>Threads: {@link #steer} from any, as long as no map is written.
 */
public final class RpsPolicy extends TablelessSteering {
    private final RpsMap[] maps;
    private final boolean alwaysNeeded;
    private boolean rpsNeeded;

    /** The policy of a host, with the maps that its queues' {@code rps_cpus} and its online CPUs give. */
    public RpsPolicy(Machine machine) {
        maps = machine.net().queues().stream()
                .map(queue -> new RpsMap(queue.rpsCpus(), machine.online()))
                .toArray(RpsMap[]::new);
        alwaysNeeded = !machine.rules().has(Rule.RPS_NEEDED_SWITCH);
        countMaps();
    }

    private void countMaps() {
        rpsNeeded = alwaysNeeded || Arrays.stream(maps).anyMatch(map -> map.length() > 0);
    }

    @Override
    public void onRpsCpus(int rxQueue, CpuMask map) {
        maps[rxQueue] = new RpsMap(map, map);
        countMaps();
    }

    @Override
    public long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet) {
        int cpu = hash == 0 || rxQueue >= maps.length ? Decision.NO_CPU : mapCpu(rxQueue, hash, softnet);
        return Decision.of(cpu, cpu == Decision.NO_CPU ? SteeringReason.NONE : SteeringReason.RPS);
    }

    @Override
    public boolean rpsNeeded() {
        return rpsNeeded;
    }

    /** The map of a queue; its length is 0 where the queue has none. */
    public RpsMap map(int rxQueue) {
        return maps[rxQueue];
    }

    /** The online CPU that the queue's map gives for a hash, or {@link Decision#NO_CPU}. */
    int mapCpu(int rxQueue, int hash, SoftnetView softnet) {
        RpsMap map = maps[rxQueue];
        if (map.length() == 0) {
            return Decision.NO_CPU;
        }
        int cpu = map.cpu(hash);
        return softnet.isOnline(cpu) ? cpu : Decision.NO_CPU;
    }
}
