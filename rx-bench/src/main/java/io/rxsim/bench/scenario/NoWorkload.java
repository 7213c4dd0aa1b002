package io.rxsim.bench.scenario;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.Load;
import java.util.List;
import java.util.Map;

/** Nothing arrives: for commands that need a host and its settings, but no run. */
public final class NoWorkload implements Workload {
    @Override
    public String describe() {
        return "none";
    }

    @Override
    public boolean endless() {
        return false;
    }

    @Override
    public Load.Pacing pacing() {
        return Load.Pacing.TIMED;
    }

    @Override
    public ArrivalSource.Factory arrivals(KernelRules rules, HashKeys keys, long seed) {
        return () -> new ArrivalSource() {
            @Override
            public boolean next(Arrival out) {
                return false;
            }

            @Override
            public String describeFlow(int flow) {
                throw new IndexOutOfBoundsException(flow);
            }
        };
    }

    @Override
    public int responseBytes() {
        return 0;
    }

    @Override
    public Map<String, Long> counts() {
        return Map.of();
    }

    @Override
    public List<String> remarks() {
        return List.of();
    }

    @Override
    public boolean cut() {
        return false;
    }

    @Override
    public void close() {}
}
