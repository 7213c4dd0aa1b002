package io.rxsim.bench.scenario;

import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.sysctl.HostSettings;
import io.rxsim.core.sysctl.RpsCpus;
import io.rxsim.core.sysctl.RpsFlowCnt;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code queues:}, the per-queue files of sysfs, which are written in the kernel's syntax. */
record QueuesReader(Section section, int queues, HostSettings settings, List<String> notes) {
    private static final String ALL = "rx-*";

    List<RxQueueConfig> read() {
        Section all = section.section(ALL);
        section.effective().remove(ALL);
        all.has(HostSettings.RPS_CPUS);
        all.has(HostSettings.RPS_FLOW_CNT);
        all.finish();
        List<RxQueueConfig> configs = new ArrayList<>();
        for (int queue = 0; queue < queues; queue++) {
            String key = "rx-" + queue;
            Section own = section.section(key);
            configs.add(one(key, own, all));
            own.finish();
        }
        for (String key : section.keys()) {
            boolean queue = key.matches("rx-\\d+");
            if (queue && !section.effective().containsKey(key) && section.has(key)) {
                throw section.errorAtKey(
                        key, "queues." + key + ": the NIC has no such queue, allowed is rx-0 to rx-" + (queues - 1));
            }
        }
        section.finish();
        return configs;
    }

    private RxQueueConfig one(String key, Section own, Section all) {
        KnobWriter writer = new KnobWriter(notes);
        RpsCpus map = settings.newRpsCpus();
        Section from = from(HostSettings.RPS_CPUS, own, all);
        writer.write(from, own, HostSettings.RPS_CPUS, map);
        String mask = from.text(HostSettings.RPS_CPUS);
        if (mask != null && map.map().isEmpty() && !mask.matches("[0,\\s]*")) {
            notes.add(key + ": rps_cpus=" + mask + " has no online CPU, so RPS is off, as in the kernel");
        }
        RpsFlowCnt flowCnt = settings.newRpsFlowCnt();
        writer.write(from(HostSettings.RPS_FLOW_CNT, own, all), own, HostSettings.RPS_FLOW_CNT, flowCnt);
        return new RxQueueConfig(map.map(), (int) flowCnt.slots());
    }

    private static Section from(String file, Section own, Section all) {
        return !own.has(file) && all.has(file) ? all : own;
    }
}
