package io.rxsim.core.cost;

import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.cpu.Distance;

/**
 * Costs of a {@link HostProfile}: base, plus bytes, plus the stage's lines at the price of the distance they come from.
 *
 * <p>Deviation from hardware: a line costs what its distance costs, whatever its state and the load on the interconnect.
 */
final class ProfileCostModel implements CostModel {
    private final int cpuCount;
    private final byte[] distance;
    private final int[] fixedNs = new int[Stage.COUNT * Distance.COUNT];
    private final int[] perBytePs = new int[Stage.COUNT];

    ProfileCostModel(HostProfile profile) {
        CpuTopology topology = profile.topology();
        cpuCount = topology.cpuCount();
        distance = new byte[cpuCount * cpuCount];
        for (int a = 0; a < cpuCount; a++) {
            for (int b = 0; b < cpuCount; b++) {
                distance[a * cpuCount + b] = (byte) topology.distance(a, b).ordinal();
            }
        }
        for (Stage stage : Stage.values()) {
            StageCost cost = profile.costs().get(stage);
            if (cost == null) {
                // Optional, and HostProfile.require keeps out what would ask for it.
                continue;
            }
            perBytePs[stage.ordinal()] = cost.perBytePs();
            for (Distance from : Distance.values()) {
                fixedNs[stage.ordinal() * Distance.COUNT + from.ordinal()] =
                        cost.baseNs() + cost.lines() * profile.lineNs().get(from);
            }
        }
    }

    @Override
    public long costNs(Stage stage, int cpu, int previousCpu, int lengthBytes) {
        int index = stage.ordinal();
        return fixedNs[index * Distance.COUNT + distance[cpu * cpuCount + previousCpu]]
                + (long) perBytePs[index] * lengthBytes / 1000;
    }
}
