package io.rxsim.bench.scenario;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.nic.NtupleFilters;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.NtupleConfig;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.sysctl.HostSettings;
import io.rxsim.core.sysctl.Threaded;
import java.util.ArrayList;
import java.util.List;

/** The {@code nic:} part, but for {@code rss_key}, which belongs to the keys of a run. */
record NicReader(Section section, CpuMask online, HostSettings settings, List<String> notes) {
    private static final long DEFAULT_LATENCY_NS = 100_000;
    private static final long DEFAULT_SCAN_NS = 10_000_000;
    private static final List<String> PATHS = List.of("napi", "netif_rx");

    /** The interface, and whether threads poll it from the start. */
    record Result(NicConfig nic, boolean threaded) {}

    Result read() {
        String path = section.choice("path", PATHS, "napi");
        int queues = (int) section.integer("queues", 1, Decision.MAX_QUEUES - 1, 1);
        List<CpuMask> affinity = irqAffinity(queues);
        int ring = (int) section.integer("ring", 1, NicConfig.MAX_RING, 256);
        int rxUsecs = (int) section.integer("rx_usecs", 0, 1_000_000, 20);
        NicConfig.Path way = path.equals("napi") ? NicConfig.Path.NAPI : NicConfig.Path.NETIF_RX;
        boolean threaded = threaded(way);
        boolean gro = section.choice("gro", List.of("off", "on"), "off").equals("on");
        int filters = (int) section.integer("ntuple_filters", 0, NtupleFilters.MAX_CAPACITY, 0);
        long latencyNs = section.durationNs("ntuple_latency", 0, NtupleConfig.MAX_NS, DEFAULT_LATENCY_NS);
        long scanNs = section.durationNs("ntuple_scan", 1, NtupleConfig.MAX_NS, DEFAULT_SCAN_NS);
        NtupleConfig ntuple = new NtupleConfig(filters, latencyNs, scanNs);
        List<Integer> indirection = indirection(queues);
        section.finish();
        NicConfig nic =
                section.build(() -> new NicConfig(way, queues, affinity, ring, rxUsecs, gro, indirection, ntuple));
        return new Result(nic, threaded);
    }

    private boolean threaded(NicConfig.Path path) {
        Threaded file = settings.newThreaded(path == NicConfig.Path.NAPI);
        if (file != null) {
            new KnobWriter(notes).write(section, section, HostSettings.THREADED, file);
            return file.isThreaded();
        }
        if (section.has(HostSettings.THREADED)) {
            throw section.errorAtKey(HostSettings.THREADED, noThreaded("nic.threaded"));
        }
        return false;
    }

    /** Why a kernel before threaded NAPI refuses a write. */
    static String noThreaded(String key) {
        return key + " (ENOENT): threaded NAPI came with v5.12, allowed is v6.18";
    }

    private List<CpuMask> irqAffinity(int queues) {
        List<Tree> items = section.items("irq_affinity");
        List<CpuMask> masks = new ArrayList<>();
        if (items == null) {
            int[] cpus = online.cpus();
            for (int queue = 0; queue < queues; queue++) {
                masks.add(CpuMask.of(cpus[queue % cpus.length], online.nrCpuIds()));
            }
            section.recordDefault("irq_affinity", texts(masks));
            return masks;
        }
        if (items.size() != queues) {
            throw section.error(
                    "irq_affinity",
                    "irq_affinity has " + items.size() + " mask(s), allowed is one per queue: " + queues);
        }
        for (Tree item : items) {
            CpuMask mask = Section.mask("irq_affinity", item, online.nrCpuIds());
            if (mask.and(online).isEmpty()) {
                throw new BadInputException(
                        item.at(), "irq_affinity=" + mask + " has no online CPU, online is " + online);
            }
            masks.add(mask);
        }
        section.record("irq_affinity", texts(masks));
        return masks;
    }

    private static List<String> texts(List<CpuMask> masks) {
        return masks.stream().map(CpuMask::toString).toList();
    }

    private List<Integer> indirection(int queues) {
        List<Tree> items = section.items("indirection");
        List<Integer> table = new ArrayList<>();
        if (items == null) {
            for (int i = 0; i < NicConfig.DEFAULT_INDIRECTION; i++) {
                table.add(i % queues);
            }
            section.record("indirection", table);
            return table;
        }
        if (Integer.bitCount(items.size()) != 1) {
            throw section.error(
                    "indirection", "indirection has " + items.size() + " entries, allowed is a power of two, e.g. 128");
        }
        for (Tree item : items) {
            String text = Section.scalar("indirection", item);
            if (!text.matches("\\d{1,9}") || Integer.parseInt(text) >= queues) {
                throw new BadInputException(
                        item.at(), "indirection: " + text + " is no queue, allowed is 0 to " + (queues - 1));
            }
            table.add(Integer.parseInt(text));
        }
        section.record("indirection", table);
        return table;
    }
}
