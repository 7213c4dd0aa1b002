package io.rxsim.bench.scenario;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.Load;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What arrives, as a scenario states it: opened anew for every run, so that all variants see the same packets. One
 * thread, but for the factories of arrivals, which any may open.
 */
public interface Workload extends AutoCloseable {
    /** One line for people: the capture and its pace, or the test and its rate. */
    String describe();

    /** Whether it has no end of its own, so that a duration must cut it. */
    boolean endless();

    /** When packets arrive. */
    Load.Pacing pacing();

    /** The packets of a run under a kernel's hash and a run's keys. */
    ArrivalSource.Factory arrivals(KernelRules rules, HashKeys keys, long seed);

    /** Length on the wire of the answer to every packet with payload; 0 where nothing is answered. */
    default int responseBytes() {
        return 0;
    }

    /** The threads of a client host that is modelled in full; null where there is none. */
    default io.rxsim.workload.spec.Workload.ClientThreads clientThreads(long seed) {
        return null;
    }

    /** Whether it has ESP packets that the host decrypts. */
    default boolean encrypted() {
        return false;
    }

    /** Packets inside the host at once where they come as fast as it takes them. */
    default int window() {
        return Load.WINDOW;
    }

    /** Counts of the input of the last run by name, for results; empty where the input has none. */
    default Map<String, Long> counts() {
        return Map.of();
    }

    /** What there is to say about the input after a run, one line each: counts, corrections, a cut. */
    default List<String> remarks() {
        return List.of();
    }

    /** Whether the input ended inside a packet; known after a run. */
    default boolean cut() {
        return false;
    }

    /** Removes what was copied. */
    @Override
    default void close() {}

    /** Reads the {@code workload:} part. */
    @FunctionalInterface
    interface Reader {
        /** Reads keys and values, the files of which are relative to {@code folder}. */
        Workload read(Section section, Path folder);
    }
}
