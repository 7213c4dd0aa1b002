package io.rxsim.bench.verify.kernel;

import io.rxsim.bench.verify.kernel.Configuration.Transport;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.run.RxQueueConfig;
import java.util.ArrayList;
import java.util.List;

/** The configurations of the running kernel that are verified, in the order in which they run. */
final class Configurations {
    private static final int LARGE = 65536;
    private static final int FLOWS = 8;

    private final int nrCpuIds;
    private final List<Integer> cpus;
    private final List<Configuration> all = new ArrayList<>();

    private Configurations(int nrCpuIds, List<Integer> cpus) {
        this.nrCpuIds = nrCpuIds;
        this.cpus = cpus;
    }

    /**
     * All of them.
     *
     * @param nrCpuIds nr_cpu_ids of the machine
     * @param cpus the CPUs of the test, two or more
     */
    static List<Configuration> of(int nrCpuIds, List<Integer> cpus) {
        Configurations configurations = new Configurations(nrCpuIds, cpus);
        configurations.rps();
        configurations.rfs();
        configurations.tables();
        configurations.queues();
        configurations.held();
        return configurations.all;
    }

    /** Settings that steer nothing, and settings that steer every packet to the first CPU, to measure what it costs. */
    static List<TestSettings> forCosts(int nrCpuIds, List<Integer> cpus) {
        Configurations settings = new Configurations(nrCpuIds, cpus);
        return List.of(TestSettings.of(0, settings.none(), 0), TestSettings.of(0, settings.mask(0), 0));
    }

    private void rps() {
        add("none", TestSettings.of(0, none(), 0), Transport.UDP, Schedules.everyCpu(FLOWS, 6));
        add("rps-first", TestSettings.of(0, mask(0), 0), Transport.UDP, Schedules.everyCpu(FLOWS, 14));
        add("rps-second", TestSettings.of(0, mask(1), 0), Transport.UDP, Schedules.everyCpu(FLOWS, 14));
        add("rps-all", TestSettings.of(0, every(), 0), Transport.UDP, Schedules.everyCpu(4 * FLOWS, 5));
        add("rps-all-tcp", TestSettings.of(0, every(), 0), Transport.TCP, Schedules.everyCpu(2 * FLOWS, 8));
        add("rps-all-ipv6", TestSettings.of(0, every(), 0), Transport.UDP6, Schedules.everyCpu(2 * FLOWS, 8));
        add("rps-all-bursts", TestSettings.of(0, every(), 0), Transport.UDP, Schedules.bursts(FLOWS, 4, 12));
        add("flow-table-alone", TestSettings.of(0, every(), 2048), Transport.UDP, Schedules.wander(FLOWS, 150, 60));
        add("sock-table-alone", TestSettings.of(LARGE, every(), 0), Transport.UDP, Schedules.wander(FLOWS, 150, 60));
    }

    private void rfs() {
        TestSettings large = TestSettings.of(LARGE, every(), 2048);
        add("rfs-follow", large, Transport.UDP, Schedules.follow(FLOWS, 8, 4));
        add("rfs-wander", large, Transport.UDP, Schedules.wander(FLOWS, 300, 60));
        add("rfs-wander-tcp", large, Transport.TCP, Schedules.wander(FLOWS, 300, 60));
        add("rfs-wander-ipv6", large, Transport.UDP6, Schedules.wander(FLOWS, 200, 60));
        add("rfs-moved-thread", large, Transport.UDP, Schedules.movedThread(FLOWS, 24));
        add("rfs-bursts", large, Transport.UDP, Schedules.bursts(FLOWS, 6, 8));
        add("rfs-no-map", TestSettings.of(LARGE, none(), 2048), Transport.UDP, Schedules.wander(FLOWS, 300, 60));
        add("rfs-map-first", TestSettings.of(LARGE, mask(0), 2048), Transport.UDP, Schedules.wander(FLOWS, 300, 60));
    }

    private void tables() {
        add("rfs-slots-2", TestSettings.of(LARGE, every(), 2), Transport.UDP, Schedules.wander(FLOWS, 300, 60));
        add("rfs-slots-16", TestSettings.of(LARGE, every(), 16), Transport.UDP, Schedules.wander(FLOWS, 200, 60));
        add("rfs-slots-32768", TestSettings.of(LARGE, every(), 32768), Transport.UDP, Schedules.wander(FLOWS, 150, 60));
        add("rfs-entries-4", TestSettings.of(4, every(), 64), Transport.UDP, Schedules.wander(FLOWS, 300, 60));
        add("rfs-entries-32", TestSettings.of(32, every(), 64), Transport.UDP, Schedules.wander(2 * FLOWS, 300, 60));
        add(
                "rfs-entries-1048576",
                TestSettings.of(1 << 20, every(), 64),
                Transport.UDP,
                Schedules.wander(FLOWS, 150, 60));
    }

    private void queues() {
        List<CpuMask> maps = List.of(mask(0), every(), none(), mask(1));
        add("rps-queues", perQueue(0, maps, List.of(0, 0, 0, 0)), Transport.UDP, Schedules.everyCpu(3 * FLOWS, 5));
        add(
                "rfs-queues",
                perQueue(LARGE, maps, List.of(64, 2, 256, 16)),
                Transport.UDP,
                Schedules.wander(2 * FLOWS, 300, 60));
        add(
                "rfs-one-queue",
                perQueue(LARGE, maps, List.of(0, 64, 0, 0)),
                Transport.UDP,
                Schedules.wander(2 * FLOWS, 200, 60));
    }

    private void held() {
        TestSettings large = TestSettings.of(LARGE, mask(0), 2048);
        add("held", large, Transport.UDP, Schedules.held(FLOWS, 12));
        add("held-slots-2", TestSettings.of(LARGE, mask(0), 2), Transport.UDP, Schedules.heldByOther(FLOWS, 8));
        add("held-tcp", large, Transport.TCP, Schedules.held(FLOWS, 6));
        add("head-advance", large, Transport.UDP, Schedules.headAdvance(4, 8));
        add("head-advance-weight-4", large.withWeight(4), Transport.UDP, Schedules.headAdvance(4, 8));
        add("head-advance-weight-1", large.withWeight(1), Transport.UDP, Schedules.headAdvance(4, 8));
    }

    private void add(String name, TestSettings settings, Transport transport, Configuration.Schedule schedule) {
        all.add(new Configuration(name, settings, transport, 4 * FLOWS, schedule));
    }

    private static TestSettings perQueue(int entries, List<CpuMask> maps, List<Integer> flowCnts) {
        List<RxQueueConfig> queues = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            queues.add(new RxQueueConfig(maps.get(i), flowCnts.get(i)));
        }
        return new TestSettings(entries, queues, TestSettings.DEFAULT_WEIGHT);
    }

    private CpuMask none() {
        return CpuMask.empty(nrCpuIds);
    }

    private CpuMask mask(int index) {
        return CpuMask.of(cpus.get(index), nrCpuIds);
    }

    /** The test's CPUs. */
    private CpuMask every() {
        CpuMask rest = CpuMask.all(nrCpuIds);
        for (int cpu : cpus) {
            rest = rest.andNot(CpuMask.of(cpu, nrCpuIds));
        }
        return CpuMask.all(nrCpuIds).andNot(rest);
    }
}
