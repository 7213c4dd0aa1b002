package io.rxsim.bench.scenario;

import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.NapiThreads;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.run.Timeline;
import io.rxsim.core.sysctl.HostSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The parts {@code kernel}, {@code without}, {@link #BOOT}, {@code host}, {@code online}, {@code nic}, {@code sysctl}, {@code queues} and {@code timeline}. */
final class MachineReader {
    /** Boot parameter of the kernel: whether threads poll backlogs. */
    static final String BOOT = "thread_backlog_napi";

    /** Keys of these parts. */
    static final List<String> KEYS =
            List.of("kernel", "without", BOOT, "host", "online", "nic", "sysctl", "queues", TimelineReader.KEY);

    private final Section root;
    private final Path folder;
    private final List<String> notes;

    /** {@code notes} collects remarks on settings that the kernel accepts and that do nothing. */
    MachineReader(Section root, Path folder, List<String> notes) {
        this.root = root;
        this.folder = folder;
        this.notes = notes;
    }

    /** The host, what its sockets default to, the given RSS key or null, and what is done to the host. */
    record Result(Machine machine, int rmemDefault, byte[] rssKey, Timeline timeline) {}

    Result read() {
        KernelRules rules = rules();
        boolean threadedBacklog = threadedBacklog(rules);
        HostProfile profile = host();
        int nrCpuIds = profile.topology().cpuCount();
        CpuMask online = online(nrCpuIds);
        Section nicSection = root.section("nic");
        byte[] rssKey = KeysReader.rssKey(nicSection);
        HostSettings settings =
                new HostSettings(rules, profile.hz(), online, CpuMask.all(nrCpuIds), SysctlReader.MAX_TABLE);
        NicReader.Result device = new NicReader(nicSection, online, settings, notes).read();
        NicConfig nic = device.nic();
        Section sysctl = root.section("sysctl");
        new SysctlReader(sysctl, settings, rules.version(), notes).read();
        List<RxQueueConfig> queues = new QueuesReader(root.section("queues"), nic.queues(), settings, notes).read();
        NetConfig net = new NetConfig(
                settings.integer(HostSettings.NETDEV_MAX_BACKLOG, 0),
                settings.integer(HostSettings.NETDEV_BUDGET, 0),
                settings.integer(HostSettings.NETDEV_BUDGET_USECS, 2_000_000 / profile.hz()),
                settings.backlogWeight(),
                settings.rpsSockFlowEntries().entries(),
                queues,
                settings.flowLimitTableLengths());
        refuseWhatCameLater(rules, net);
        NapiThreads threads = new NapiThreads(device.threaded(), threadedBacklog);
        Machine machine = root.build(() -> new Machine(rules, profile, online, nic, net, threads));
        Timeline timeline = new TimelineReader(root, machine, sysctl.effective()).read();
        return new Result(machine, settings.integer(HostSettings.RMEM_DEFAULT, 0), rssKey, timeline);
    }

    /** RPS and RFS in a kernel without them. */
    private void refuseWhatCameLater(KernelRules rules, NetConfig net) {
        if (rules.hasRps()) {
            return;
        }
        for (RxQueueConfig queue : net.queues()) {
            if (!queue.rpsCpus().isEmpty() || queue.rpsFlowCnt() > 0) {
                throw root.error(
                        "queues", "queues: " + withoutRps(rules) + ", allowed is no rps_cpus and no rps_flow_cnt");
            }
        }
        if (net.rpsSockFlowEntries() > 0) {
            throw root.error(
                    "sysctl", "sysctl: " + withoutRps(rules) + ", allowed is net.core.rps_sock_flow_entries: 0");
        }
    }

    /** Why a setting or policy is refused. */
    static String withoutRps(KernelRules rules) {
        return rules.version() + " has neither RPS nor RFS, which came with v2.6.35";
    }

    private KernelRules rules() {
        String version = root.choice("kernel", KernelRules.versions(), KernelRules.V6_18.version());
        KernelRules rules = KernelRules.of(version);
        List<Tree> items = root.items("without");
        List<String> labels = new ArrayList<>();
        for (Tree item : items == null ? List.<Tree>of() : items) {
            String label = Section.scalar("without", item);
            try {
                rules = Ablation.without(rules, label);
            } catch (IllegalArgumentException e) {
                throw new BadInputException(item.at(), e.getMessage());
            }
            labels.add(label);
        }
        root.record("without", labels);
        return rules;
    }

    private boolean threadedBacklog(KernelRules rules) {
        boolean on = root.choice(BOOT, List.of("off", "on"), "off").equals("on");
        if (on && !rules.has(Rule.STRICT_SETTINGS)) {
            throw root.error(
                    BOOT,
                    BOOT + "=on: " + rules.version() + " has no such parameter, which came with v6.10, allowed is off");
        }
        return on;
    }

    private HostProfile host() {
        Tree given = root.find("host");
        String name = HostFile.DEFAULT;
        Tree.Mapping document;
        if (given instanceof Tree.Mapping inline) {
            name = null;
            document = HostIncludes.expand(inline, folder);
        } else if (given == null) {
            document = HostIncludes.ofName(name, folder, root.at());
            root.recordDefault("host", name);
        } else {
            name = Section.scalar("host", given);
            document = HostIncludes.ofName(name, folder, given.at());
        }
        Section section = Section.root(document, new ArrayList<>());
        HostProfile profile = HostFile.read(section);
        boolean shipped = name != null && HostFile.SHIPPED.contains(name);
        Object effective = shipped ? name : section.effective();
        root.record("host", effective);
        return profile;
    }

    private CpuMask online(int nrCpuIds) {
        CpuMask online = root.mask("online", nrCpuIds);
        if (online == null) {
            CpuMask all = CpuMask.all(nrCpuIds);
            root.recordDefault("online", all.toString());
            return all;
        }
        if (online.isEmpty()) {
            throw root.error("online", "online=" + online + " is empty, allowed is at least one CPU");
        }
        if (!online.contains(0)) {
            throw root.error("online", "online=" + online + " is without CPU 0, which is always online on x86");
        }
        root.record("online", online.toString());
        return online;
    }
}
