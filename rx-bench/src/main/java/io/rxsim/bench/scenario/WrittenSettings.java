package io.rxsim.bench.scenario;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.run.HostChange;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.NearNames;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.sysctl.HostSettings;
import io.rxsim.core.sysctl.Knob;
import io.rxsim.core.sysctl.RpsCpus;
import io.rxsim.core.sysctl.RpsFlowCnt;
import io.rxsim.core.sysctl.Threaded;
import io.rxsim.core.sysctl.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The files of a host as the writes of a timeline leave them: each write is tried, and becomes the change that it makes. */
final class WrittenSettings {
    private final HostSettings files;
    private final String kernel;
    private final boolean napi;
    private Threaded threaded;
    private final List<RpsCpus> rpsCpus = new ArrayList<>();
    private final List<RpsFlowCnt> rpsFlowCnt = new ArrayList<>();

    /** The files of a machine at its start; {@code sysctl} is what it starts with. */
    WrittenSettings(Machine machine, Map<String, Object> sysctl) {
        files = new HostSettings(
                machine.rules(),
                machine.profile().hz(),
                machine.online(),
                CpuMask.all(machine.cpuCount()),
                SysctlReader.MAX_TABLE);
        sysctl.forEach((name, value) -> {
            Knob knob = files.sysctl(name);
            if (knob != null) {
                knob.write(value.toString());
            }
        });
        kernel = machine.rules().version();
        napi = machine.nic().path() == NicConfig.Path.NAPI;
        makeQueueFiles(machine.nic().queues());
        if (machine.threads().nic()) {
            threaded.write("1");
        }
    }

    private void makeQueueFiles(int queues) {
        threaded = files.newThreaded(napi);
        rpsCpus.clear();
        rpsFlowCnt.clear();
        for (int queue = 0; queue < queues; queue++) {
            rpsCpus.add(files.newRpsCpus());
            rpsFlowCnt.add(files.newRpsFlowCnt());
        }
    }

    /** CPUs come and go: later masks keep those that are online. */
    void online(CpuMask cpus) {
        files.online(cpus);
    }

    /** A sysctl is written; null where that by itself changes nothing. */
    HostChange sysctl(Section section, String name, String text) {
        Knob knob = files.sysctl(name);
        if (knob == null) {
            List<String> names = files.sysctls().stream().map(Knob::name).toList();
            throw section.errorAtKey(name, "unknown sysctl " + name + NearNames.hint(name, names));
        }
        write(section, name, knob, text);
        return switch (name) {
            case HostSettings.NETDEV_MAX_BACKLOG -> new HostChange.NetdevMaxBacklog(files.integer(name, 0));
            case HostSettings.NETDEV_BUDGET -> netdevBudget(section);
            case HostSettings.NETDEV_BUDGET_USECS -> new HostChange.NetdevBudgetUsecs(files.integer(name, 0));
            case HostSettings.DEV_WEIGHT, HostSettings.DEV_WEIGHT_RX_BIAS -> backlogWeight(section, name);
            case HostSettings.RPS_SOCK_FLOW_ENTRIES ->
                new HostChange.RpsSockFlowEntries(files.rpsSockFlowEntries().entries());
            case HostSettings.FLOW_LIMIT_CPU_BITMAP -> new HostChange.FlowLimit(files.flowLimitTableLengths());
            case HostSettings.FLOW_LIMIT_TABLE_LEN -> null;
            default -> throw section.errorAtKey(name, "sysctl " + name + " does nothing during a run");
        };
    }

    private HostChange netdevBudget(Section section) {
        SysctlReader.checkBudget(section, files, kernel);
        return new HostChange.NetdevBudget(files.integer(HostSettings.NETDEV_BUDGET, 0));
    }

    private HostChange backlogWeight(Section section, String name) {
        SysctlReader.checkWeight(section, name, files, kernel);
        int weight = files.backlogWeight();
        return new HostChange.BacklogWeight(weight);
    }

    /** The device's {@code threaded} is written. */
    HostChange threaded(Section section, String text) {
        if (threaded == null) {
            throw section.errorAtKey(HostSettings.THREADED, NicReader.noThreaded(HostSettings.THREADED));
        }
        write(section, HostSettings.THREADED, threaded, text);
        return new HostChange.Threaded(threaded.isThreaded());
    }

    /** A file of an RX queue is written. */
    HostChange queueFile(Section section, int queue, String file, String text) {
        if (file.equals(HostSettings.RPS_CPUS)) {
            write(section, file, rpsCpus.get(queue), text);
            return new HostChange.RpsCpus(queue, rpsCpus.get(queue).map());
        }
        if (file.equals(HostSettings.RPS_FLOW_CNT)) {
            write(section, file, rpsFlowCnt.get(queue), text);
            return new HostChange.RpsFlowCnt(queue, (int) rpsFlowCnt.get(queue).slots());
        }
        throw section.errorAtKey(
                file,
                "unknown key " + file
                        + NearNames.hint(file, List.of(HostSettings.RPS_CPUS, HostSettings.RPS_FLOW_CNT)));
    }

    private static void write(Section section, String key, Knob knob, String text) {
        Written written = knob.write(Knob.bytes(text));
        if (written.isRefused()) {
            throw section.error(
                    key,
                    key + "=" + text + " (" + written.errno() + ": " + written.reason() + "), allowed is "
                            + knob.allowed());
        }
    }

    /** The device is registered anew: no thread polls it, its queues have the default map and no flow table. */
    List<HostChange> newQueues() {
        List<HostChange> changes = new ArrayList<>();
        if (threaded != null && threaded.isThreaded()) {
            changes.add(new HostChange.Threaded(false));
        }
        makeQueueFiles(rpsCpus.size());
        for (int queue = 0; queue < rpsCpus.size(); queue++) {
            changes.add(new HostChange.RpsCpus(queue, rpsCpus.get(queue).map()));
            changes.add(new HostChange.RpsFlowCnt(queue, 0));
        }
        return changes;
    }
}
