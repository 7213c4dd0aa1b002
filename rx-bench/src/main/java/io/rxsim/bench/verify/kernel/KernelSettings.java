package io.rxsim.bench.verify.kernel;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.sysctl.HostSettings;
import io.rxsim.core.sysctl.Knob;
import io.rxsim.core.sysctl.RpsCpus;
import io.rxsim.core.sysctl.RpsFlowCnt;
import io.rxsim.core.sysctl.Threaded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes settings to the running kernel and to the classes that stand for them, and holds every answer of the one against the
 * other's ({@link SettingFile}). Tables are emptied by every write. One thread.
 */
final class KernelSettings {
    private static final Path NET_CORE = Path.of("/proc/sys/net/core");
    private static final String SHORT = "net.core.";
    static final Path RPS_SOCK_FLOW_ENTRIES = file(HostSettings.RPS_SOCK_FLOW_ENTRIES);
    static final Path DEV_WEIGHT = file(HostSettings.DEV_WEIGHT);
    private static final List<String> GLOBAL = List.of(
            HostSettings.RPS_SOCK_FLOW_ENTRIES,
            HostSettings.DEV_WEIGHT,
            HostSettings.DEV_WEIGHT_RX_BIAS,
            HostSettings.DEV_WEIGHT_TX_BIAS,
            HostSettings.NETDEV_MAX_BACKLOG,
            HostSettings.NETDEV_BUDGET,
            HostSettings.NETDEV_BUDGET_USECS,
            HostSettings.RMEM_DEFAULT,
            HostSettings.FLOW_LIMIT_TABLE_LEN,
            HostSettings.FLOW_LIMIT_CPU_BITMAP);

    private final HostSettings model;
    private final Map<String, SettingFile> files = new LinkedHashMap<>();
    private final List<RpsCpus> rpsCpus = new ArrayList<>();
    private final List<RpsFlowCnt> rpsFlowCnt = new ArrayList<>();

    /** The settings of the machine, of the receiving device, and of the namespace that {@code receiver} is in. */
    KernelSettings(VethPair pair, KernelMachine machine, KernelRules rules, Peer receiver) {
        Integer hz = KernelMachine.hz();
        model = machine.settings(rules, hz == null ? 1 : hz);
        for (String name : GLOBAL) {
            Knob knob = model.sysctl(name);
            boolean known = !name.equals(HostSettings.NETDEV_BUDGET_USECS) || hz != null;
            if (knob != null && known && Files.isWritable(file(name))) {
                add(name, file(name), knob);
            }
        }
        if (model.sysctl(HostSettings.RPS_DEFAULT_MASK) != null) {
            Path mask = file(HostSettings.RPS_DEFAULT_MASK);
            SettingFile.Kernel inNamespace =
                    bytes -> SettingAnswer.of(receiver.call(0, "set " + mask + " " + PeerSockets.hex(bytes)));
            String shown = inNamespace.write("0\n").readBack();
            Knob knob = model.sysctl(HostSettings.RPS_DEFAULT_MASK);
            files.put(
                    HostSettings.RPS_DEFAULT_MASK,
                    new SettingFile(HostSettings.RPS_DEFAULT_MASK, shown, inNamespace, knob));
        }
        for (int queue = 0; queue < VethPair.QUEUES; queue++) {
            rpsCpus.add(model.newRpsCpus());
            rpsFlowCnt.add(model.newRpsFlowCnt());
            add(name(queue, HostSettings.RPS_CPUS), pair.rxQueueFile(queue, HostSettings.RPS_CPUS), rpsCpus.get(queue));
            add(
                    name(queue, HostSettings.RPS_FLOW_CNT),
                    pair.rxQueueFile(queue, HostSettings.RPS_FLOW_CNT),
                    rpsFlowCnt.get(queue));
        }
        addThreaded(
                "threaded of veth",
                pair.rxDeviceFile(VethPair.RX_DEVICE, HostSettings.THREADED),
                model.newThreaded(false));
        if (pair.hasNapiDevice()) {
            addThreaded(
                    "threaded of vxlan",
                    pair.rxDeviceFile(VethPair.NAPI_DEVICE, HostSettings.THREADED),
                    model.newThreaded(true));
        }
    }

    private void addThreaded(String name, Path file, Threaded knob) {
        if (knob != null) {
            add(name, file, knob);
        }
    }

    private void add(String name, Path file, Knob knob) {
        files.put(
                name, new SettingFile(name, KernelFile.read(file), bytes -> SettingAnswer.ofKernel(file, bytes), knob));
    }

    private static String name(int queue, String file) {
        return "rx-" + queue + " " + file;
    }

    private static Path file(String sysctl) {
        return NET_CORE.resolve(sysctl.substring(SHORT.length()));
    }

    /** The settings of the whole machine that a verification changes, as they are. */
    static Map<Path, String> global() {
        Map<Path, String> values = new LinkedHashMap<>();
        for (String name : GLOBAL) {
            if (Files.isReadable(file(name))) {
                values.put(file(name), KernelFile.read(file(name)));
            }
        }
        return values;
    }

    /** Tries a table of writes on each setting, and leaves each as it was. */
    void tryWrites() {
        files.forEach((name, file) -> {
            String[] words = name.split(" ");
            String of = words[0].equals(HostSettings.THREADED) ? words[0] : words[words.length - 1];
            file.writeAll(SettingWrites.of(of));
        });
    }

    /**
     * Writes settings, with all tables empty afterwards.
     *
     * @return what is in force, by the classes that stand for the files
     * @throws VerificationException if that is not what was wanted, or the kernel shows something else
     */
    TestSettings write(TestSettings wanted) {
        write(HostSettings.RPS_SOCK_FLOW_ENTRIES, 0);
        write(HostSettings.RPS_SOCK_FLOW_ENTRIES, wanted.rpsSockFlowEntries());
        if (model.integer(HostSettings.DEV_WEIGHT, 0) != wanted.devWeight()) {
            write(HostSettings.DEV_WEIGHT, wanted.devWeight());
        }
        List<RxQueueConfig> queues = new ArrayList<>();
        for (int i = 0; i < wanted.queues().size(); i++) {
            RxQueueConfig queue = wanted.queues().get(i);
            write(name(i, HostSettings.RPS_FLOW_CNT), 0);
            write(name(i, HostSettings.RPS_FLOW_CNT), queue.rpsFlowCnt());
            files.get(name(i, HostSettings.RPS_CPUS)).write(queue.rpsCpus() + "\n");
            queues.add(new RxQueueConfig(
                    rpsCpus.get(i).map(), (int) rpsFlowCnt.get(i).slots()));
        }
        TestSettings inForce = new TestSettings(
                model.rpsSockFlowEntries().entries(), queues, model.integer(HostSettings.DEV_WEIGHT, 0));
        List<SettingResult> disagree = results().stream()
                .filter(result -> result.firstDisagreement() != null)
                .toList();
        if (!inForce.equals(wanted) && disagree.isEmpty()) {
            throw new VerificationException("settings written: " + wanted.text() + "; in force: " + inForce.text());
        }
        return inForce;
    }

    private void write(String name, int value) {
        files.get(name).write(value + "\n");
    }

    /** How each setting answered. */
    List<SettingResult> results() {
        return files.values().stream().map(SettingFile::result).toList();
    }
}
