package io.rxsim.core.virtual;

import io.rxsim.core.run.ArrivalMix;
import io.rxsim.core.run.ArrivalSource;
import org.HdrHistogram.Histogram;

/** The workloads of a run in order of their flows: one, or those of an {@link ArrivalMix}. One thread. */
final class LoadParts {
    private LoadPart[] parts = new LoadPart[0];
    private boolean mixed;

    /** Takes the workloads of a source; a single one answers every packet with {@code responseBytes}. */
    void attach(ArrivalSource source, int responseBytes) {
        if (!(source instanceof ArrivalMix mix)) {
            parts = new LoadPart[] {new LoadPart("", 0, responseBytes, source, null)};
            return;
        }
        mixed = true;
        parts = new LoadPart[mix.parts().size()];
        for (int i = 0; i < parts.length; i++) {
            ArrivalMix.Part part = mix.parts().get(i);
            Histogram latency = new Histogram(RunRecorder.HIGHEST_NS, RunRecorder.DIGITS);
            parts[i] = new LoadPart(part.name(), mix.firstFlow(i), part.responseBytes(), part.source(), latency);
        }
    }

    /** All workloads. */
    LoadPart[] all() {
        return parts;
    }

    /** Whether they are a mix, so that each is measured on its own. */
    boolean mixed() {
        return mixed;
    }

    /** The workload of a flow. */
    LoadPart of(int flow) {
        int part = parts.length - 1;
        while (flow < parts[part].firstFlow) {
            part--;
        }
        return parts[part];
    }
}
