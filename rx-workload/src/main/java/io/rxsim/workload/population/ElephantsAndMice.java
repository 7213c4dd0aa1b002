package io.rxsim.workload.population;

import io.rxsim.core.run.RandomStream;
import io.rxsim.workload.spec.Decimal;

/** A few flows carry a given share of the packets, evenly; the others share the rest evenly. Flows from 0 are the elephants. */
final class ElephantsAndMice implements FlowPopulation {
    private final int elephants;
    private final int mice;
    private final int shareMillionths;

    ElephantsAndMice(int elephants, int flows, long shareMillionths) {
        this.elephants = elephants;
        this.mice = flows - elephants;
        this.shareMillionths = (int) shareMillionths;
    }

    @Override
    public int nextFlow(RandomStream stream) {
        // Two selections instead of two branches, which nothing could predict.
        boolean elephant = stream.nextInt((int) Decimal.ONE) < shareMillionths;
        int first = elephant ? 0 : elephants;
        int count = elephant ? elephants : mice;
        return first + stream.nextInt(count);
    }
}
