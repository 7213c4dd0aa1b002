package io.rxsim.bench.scenario;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.Load;

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
}
