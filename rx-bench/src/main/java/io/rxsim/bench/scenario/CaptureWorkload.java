package io.rxsim.bench.scenario;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.Load;
import io.rxsim.workload.capture.CaptureException;
import io.rxsim.workload.capture.CaptureFile;
import io.rxsim.workload.capture.FlowTable;
import io.rxsim.workload.esp.SaFile;
import io.rxsim.workload.esp.SecurityAssociations;
import io.rxsim.workload.replay.CaptureReplay;
import io.rxsim.workload.replay.HostAddresses;
import io.rxsim.workload.replay.ReplayCounts;
import io.rxsim.workload.replay.ReplayOptions;
import io.rxsim.workload.replay.Speed;
import io.rxsim.workload.spec.PacketHashing;
import io.rxsim.workload.spec.TimeSpan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code workload: {capture: FILE, ...}}: the packets of a capture. Runs may open it from several threads. */
final class CaptureWorkload implements Workload {
    private final CaptureFile file;
    private final ReplayOptions options;
    private final boolean topSpeed;
    private int replays;
    /** The replay of the last run: of those that were opened, the one made last, since runs may end in any order. */
    private CaptureReplay last;

    private int lastNumber = -1;

    private CaptureWorkload(CaptureFile file, ReplayOptions options, boolean topSpeed) {
        this.file = file;
        this.options = options;
        this.topSpeed = topSpeed;
    }

    /** Reads the part; names of files are relative to {@code folder}. */
    static CaptureWorkload read(Section section, Path folder, InputStream standardInput) {
        String name = section.requiredText("capture");
        boolean topSpeed = topSpeed(section);
        Speed speed = topSpeed ? Speed.ORIGINAL : speed(section);
        HostAddresses to = addresses(section);
        int maxFlows = (int) section.integer("max_flows", 1, FlowTable.MAX_FLOWS_LIMIT, FlowTable.DEFAULT_MAX_FLOWS);
        SecurityAssociations associations = associations(section, folder);
        section.finish();
        CaptureFile file = open(section, name, folder, standardInput);
        return new CaptureWorkload(file, new ReplayOptions(speed, to, maxFlows, associations), topSpeed);
    }

    /** The associations of {@code sa}, or null where ESP packets are not decrypted. */
    private static SecurityAssociations associations(Section section, Path folder) {
        String name = section.text("sa");
        if (name == null) {
            return null;
        }
        try {
            Path path = folder.resolve(name).normalize();
            section.record("sa", path);
            return SaFile.read(path, name);
        } catch (IllegalArgumentException e) {
            throw section.error("sa", "sa: " + e.getMessage());
        }
    }

    private static CaptureFile open(Section section, String name, Path folder, InputStream standardInput) {
        try {
            if (name.equals(CaptureFile.STANDARD_INPUT)) {
                return CaptureFile.of(name, standardInput);
            }
            Path path = folder.resolve(name).normalize();
            section.record("capture", path);
            Path here = Path.of("").toAbsolutePath();
            Path shown = path.startsWith(here) && !Path.of(name).isAbsolute() ? here.relativize(path) : path;
            return CaptureFile.of(shown.toString(), standardInput);
        } catch (CaptureException | InvalidPathException e) {
            throw section.error("capture", "capture=" + name + ": " + e.getMessage());
        }
    }

    private static boolean topSpeed(Section section) {
        String text = section.text("top_speed");
        if (text == null) {
            section.recordDefault("top_speed", false);
            return false;
        }
        if (!text.equals("true") && !text.equals("false")) {
            throw section.error("top_speed", "top_speed=" + text + ", allowed is true or false");
        }
        boolean topSpeed = text.equals("true");
        if (topSpeed && section.has("speed")) {
            throw section.error("top_speed", "top_speed: not together with speed, allowed is one of the two");
        }
        section.record("top_speed", topSpeed);
        return topSpeed;
    }

    private static Speed speed(Section section) {
        String text = section.text("speed");
        if (text == null) {
            section.recordDefault("speed", Speed.ORIGINAL.toString());
            return Speed.ORIGINAL;
        }
        try {
            Speed speed = Speed.parse(text);
            section.record("speed", speed.toString());
            return speed;
        } catch (IllegalArgumentException e) {
            throw section.error("speed", e.getMessage());
        }
    }

    private static HostAddresses addresses(Section section) {
        List<Tree> items = section.items("to");
        if (items == null) {
            section.recordDefault("to", "all");
            section.record("to", List.of());
            return HostAddresses.ALL;
        }
        List<String> addresses = new ArrayList<>();
        for (Tree item : items) {
            String address = Section.scalar("to", item);
            try {
                HostAddresses.parse(address);
            } catch (IllegalArgumentException e) {
                throw new BadInputException(item.at(), e.getMessage());
            }
            addresses.add(address);
        }
        section.record("to", addresses);
        return addresses.isEmpty()
                ? HostAddresses.ALL
                : section.build(() -> HostAddresses.parse(String.join(",", addresses)));
    }

    @Override
    public String describe() {
        return "capture " + Path.of(file.name()).getFileName()
                + (topSpeed ? " as fast as the host takes it" : ", speed " + options.speed()) + ", to " + options.to()
                + (encrypted() ? ", " + options.associations() : "");
    }

    @Override
    public boolean endless() {
        return false;
    }

    @Override
    public boolean encrypted() {
        return options.associations() != null;
    }

    @Override
    public Load.Pacing pacing() {
        return topSpeed ? Load.Pacing.AS_FAST_AS_TAKEN : Load.Pacing.TIMED;
    }

    @Override
    public ArrivalSource.Factory arrivals(KernelRules rules, HashKeys keys, long seed) {
        CaptureReplay replay = new CaptureReplay(file, options, new PacketHashing(rules, keys));
        int number = replays++;
        return () -> {
            onOpened(replay, number);
            return replay.open();
        };
    }

    private synchronized void onOpened(CaptureReplay replay, int number) {
        if (number >= lastNumber) {
            last = replay;
            lastNumber = number;
        }
    }

    @Override
    public Map<String, Long> counts() {
        if (last == null) {
            return Map.of();
        }
        ReplayCounts replayed = last.counts();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("packetsRead", replayed.packetsInFile());
        counts.put("packetsToHost", replayed.packetsToHost());
        counts.put("packetsToOthers", replayed.packetsInFile() - replayed.packetsToHost());
        counts.put("packetsWithoutSocket", replayed.packetsWithoutSocket());
        counts.put("timestampsOutOfOrder", replayed.file().timestampsOutOfOrder());
        counts.put("longestBackstepNs", replayed.file().longestBackstepNs());
        return counts;
    }

    @Override
    public List<String> remarks() {
        if (last == null) {
            return List.of();
        }
        ReplayCounts counts = last.counts();
        List<String> remarks = new ArrayList<>();
        remarks.add(counts.packetsInFile() + " packets read, " + counts.packetsToHost() + " to the host ("
                + counts.packetsWithoutSocket() + " without a socket), "
                + (counts.packetsInFile() - counts.packetsToHost()) + " to others");
        if (counts.file().timestampsOutOfOrder() > 0) {
            remarks.add(counts.file().timestampsOutOfOrder() + " timestamps run backwards, by up to "
                    + TimeSpan.format(counts.file().longestBackstepNs())
                    + "; such packets arrive at the latest time so far");
        }
        if (counts.closedFlows() > 0) {
            remarks.add(counts.closedFlows() + " flows closed to keep max_flows=" + options.maxFlows());
        }
        if (counts.file().cut()) {
            remarks.add(file.name() + " is cut inside a packet: replayed up to the cut after packet "
                    + counts.packetsInFile() + ", results are partial");
        }
        return remarks;
    }

    @Override
    public boolean cut() {
        return last != null && last.counts().file().cut();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
