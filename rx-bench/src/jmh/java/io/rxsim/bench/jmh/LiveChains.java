package io.rxsim.bench.jmh;

import io.rxsim.bench.micro.BenchmarkCase;
import io.rxsim.bench.micro.Effort;
import io.rxsim.bench.micro.Sample;
import io.rxsim.core.live.LiveThroughput;
import java.util.List;
import java.util.Map;

/**
 * Group {@code live}: packets through the live host and through a bare Disruptor chain of the same shape. Not JMH: what counts is the
 * rate at the end of four threads, not the time of one call. A batch is a thousand packets at the mean rate of a window.
 */
final class LiveChains {
    static final String GROUP = "live";

    private static final String CHAIN = "chain";
    private static final long MILLIS = 1_000_000;

    private LiveChains() {}

    static List<BenchmarkCase> cases() {
        return LiveThroughput.CHAINS.stream().map(LiveChains::of).toList();
    }

    static BenchmarkCase of(String chain) {
        return new BenchmarkCase(GROUP, "packet", Map.of(CHAIN, chain));
    }

    static Sample measure(BenchmarkCase benchmark, Effort effort) {
        String chain = benchmark.parameters().get(CHAIN);
        LiveThroughput.Result result = switch (effort) {
            case ONCE -> LiveThroughput.measure(chain, MILLIS, 1, 10 * MILLIS);
            case QUICK -> LiveThroughput.measure(chain, 2_000 * MILLIS, 10, 200 * MILLIS);
            case FULL -> LiveThroughput.measure(chain, 4_000 * MILLIS, 20, 200 * MILLIS);
        };
        return new Sample(result.perThousandNs(), result.bytesPerPacket());
    }
}
