package io.rxsim.bench.scenario;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuMaskException;
import io.rxsim.core.run.DeviceState;
import io.rxsim.core.run.HostChange;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Timeline;
import io.rxsim.core.sysctl.HostSettings;
import io.rxsim.workload.spec.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The {@code timeline:} part: what is done to the host during the run.
 *
 * <p>Values have the grammar of the files they are written to, and each is tried, in order of time, on the settings that the
 * writes before it left and with the CPUs online then; what the kernel refuses is an error here.
 */
final class TimelineReader {
    /** The part's key. */
    static final String KEY = "timeline";

    private static final List<String> ACTIONS =
            List.of("sysctl", "queues", "offline", "online", "irq_affinity", HostSettings.THREADED, "device", "move");
    private static final long MAX_TIME_NS = 86_400_000_000_000L;

    private final Section root;
    private final WrittenSettings settings;
    private final int queues;
    private final int cpus;
    private final List<Timeline.Timed> changes = new ArrayList<>();
    private DeviceState device = DeviceState.UP;
    private CpuMask online;
    private long atNs;

    /**
     * A reader for a machine.
     *
     * @param root where the part is
     * @param sysctl the sysctls that the run starts with, by name
     */
    TimelineReader(Section root, Machine machine, Map<String, Object> sysctl) {
        this.root = root;
        this.settings = new WrittenSettings(machine, sysctl);
        this.queues = machine.nic().queues();
        this.cpus = machine.cpuCount();
        this.online = machine.online();
    }

    Timeline read() {
        List<Tree> items = root.items(KEY);
        if (items == null) {
            return Timeline.NONE;
        }
        List<Map<String, Object>> texts = new ArrayList<>();
        for (Tree item : items) {
            if (!(item instanceof Tree.Mapping mapping)) {
                throw new BadInputException(item.at(), "timeline: expected keys and values, found " + item.kind());
            }
            Section entry = Section.root(mapping, new ArrayList<>());
            readEntry(entry);
            texts.add(entry.effective());
        }
        root.record(KEY, texts);
        return root.build(() -> new Timeline(changes));
    }

    private void readEntry(Section entry) {
        long next = time(entry);
        if (next < atNs) {
            throw entry.error(
                    "at", "at=" + entry.text("at") + " is before the entry above, allowed is an order of time");
        }
        atNs = next;
        boolean acted = false;
        for (String key : entry.keys()) {
            if (ACTIONS.contains(key) && entry.has(key)) {
                act(entry, key);
                acted = true;
            }
        }
        ACTIONS.forEach(entry::has);
        entry.finish();
        if (!acted) {
            throw new BadInputException(entry.at(), "timeline: nothing is done, allowed are " + ACTIONS);
        }
    }

    private static long time(Section entry) {
        String text = entry.requiredText("at");
        try {
            long ns = TimeSpan.parseNs("at", text, 0, MAX_TIME_NS);
            entry.record("at", TimeSpan.format(ns));
            return ns;
        } catch (IllegalArgumentException e) {
            throw entry.error("at", e.getMessage());
        }
    }

    private void act(Section entry, String key) {
        switch (key) {
            case "sysctl" -> sysctl(entry.section(key));
            case "queues" -> queues(entry.section(key));
            case "offline", "online" -> cpus(entry, key);
            case "irq_affinity" -> irqAffinity(entry.section(key));
            case HostSettings.THREADED -> threaded(entry);
            case "device" -> device(entry);
            default -> move(entry.section(key));
        }
    }

    private void add(HostChange change) {
        changes.add(new Timeline.Timed(atNs, change));
    }

    private void sysctl(Section section) {
        for (String name : section.keys()) {
            HostChange change = settings.sysctl(section, name, section.requiredText(name));
            if (change != null) {
                add(change);
            }
        }
    }

    private void queues(Section section) {
        requireDevice(section, "queues");
        for (String name : section.keys()) {
            int queue = queue(section, name);
            Section files = section.section(name);
            for (String file : files.keys()) {
                add(settings.queueFile(files, queue, file, files.requiredText(file)));
            }
        }
    }

    private int queue(Section section, String name) {
        section.has(name);
        if (!name.matches("rx-\\d{1,4}") || Integer.parseInt(name.substring(3)) >= queues) {
            throw section.errorAtKey(name, name + ": the NIC has no such queue, allowed is rx-0 to rx-" + (queues - 1));
        }
        return Integer.parseInt(name.substring(3));
    }

    private void cpus(Section entry, String key) {
        List<Object> numbers = new ArrayList<>();
        for (Tree item : entry.items(key)) {
            int cpu = cpu(key, item);
            boolean isOnline = key.equals("online");
            if (cpu == 0) {
                throw new BadInputException(
                        item.at(),
                        key + "=0 (ENOENT): cpu0 has no file online on x86, where it stays online; allowed is 1 to "
                                + (cpus - 1));
            }
            CpuMask one = CpuMask.of(cpu, cpus);
            online = isOnline ? online.or(one) : online.andNot(one);
            settings.online(online);
            add(new HostChange.CpuOnline(cpu, isOnline));
            numbers.add((long) cpu);
        }
        entry.record(key, numbers);
    }

    private int cpu(String key, Tree item) {
        String text = Section.scalar(key, item);
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) >= cpus) {
            throw new BadInputException(item.at(), key + "=" + text + " is no CPU, allowed is 0 to " + (cpus - 1));
        }
        return Integer.parseInt(text);
    }

    private void irqAffinity(Section section) {
        requireDevice(section, "irq_affinity");
        for (String name : section.keys()) {
            int queue = queue(section, name);
            String text = section.requiredText(name);
            CpuMask mask;
            try {
                mask = CpuMask.parse(text, cpus);
            } catch (CpuMaskException e) {
                throw section.error(
                        name,
                        "irq_affinity=" + text + " (" + e.getMessage() + "), allowed is a mask of " + cpus
                                + " CPUs with one that is online");
            }
            if (mask.and(online).isEmpty()) {
                throw section.error(
                        name,
                        "irq_affinity=" + text + " (EINVAL: no CPU of it is online), online is " + online + " then");
            }
            add(new HostChange.IrqAffinity(queue, mask));
        }
    }

    private void threaded(Section entry) {
        requireDevice(entry, HostSettings.THREADED);
        add(settings.threaded(entry, entry.requiredText(HostSettings.THREADED)));
    }

    private void device(Section entry) {
        String to = entry.choice("device", List.of("up", "down", "unregister", "register"), null);
        if (to.equals("register") == (device != DeviceState.UNREGISTERED)) {
            throw entry.error(
                    "device",
                    "device=" + to
                            + (to.equals("register")
                                    ? " (EEXIST): the device is registered"
                                    : " (ENODEV): the device is unregistered, allowed is register"));
        }
        if (to.equals("register")) {
            settings.newQueues().forEach(this::add);
        }
        device = switch (to) {
            case "down" -> DeviceState.DOWN;
            case "unregister" -> DeviceState.UNREGISTERED;
            default -> DeviceState.UP;
        };
        add(new HostChange.Device(device));
    }

    private void requireDevice(Section section, String key) {
        if (device == DeviceState.UNREGISTERED) {
            throw new BadInputException(section.at(), key + " (ENOENT): the device is unregistered");
        }
    }

    private void move(Section section) {
        Tree to = section.find("to");
        boolean flow = section.has("flow");
        if (to == null || flow == section.has("from")) {
            throw new BadInputException(
                    section.at(),
                    "move: expected to and one of flow and from, e.g. {flow: 0, to: 2} or {from: 1, to: 2}");
        }
        int target = cpu("to", to);
        if (!online.contains(target)) {
            throw section.error("to", "to=" + target + " (EINVAL: the CPU is offline), online is " + online + " then");
        }
        if (flow) {
            int number = (int) section.requiredInteger("flow", 0, Integer.MAX_VALUE);
            add(new HostChange.ThreadMove(number, target));
        } else {
            int from = cpu("from", section.find("from"));
            section.record("from", (long) from);
            add(new HostChange.ThreadsMove(from, target));
        }
        section.record("to", (long) target);
        section.finish();
    }
}
