package io.rxsim.bench.jmh.padata;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;

/** The stages by name. */
final class Stages {
    private Stages() {}

    static OrderedStage of(String name, JobWork work) {
        return switch (name) {
            case "serial" -> new ThreadStages.Serial(work);
            case "no-hand-off" -> new ThreadStages.NoHandOff(work);
            case "padata-2.6.35" -> new PadataStage("v2.6.35", true, work);
            case "padata-6.18" -> new PadataStage("v6.18", true, work);
            case "unordered-2.6.35" -> new PadataStage("v2.6.35", false, work);
            case "unordered-6.18" -> new PadataStage("v6.18", false, work);
            case "futures" -> new FuturesStage(work);
            case "stream" -> new StreamStage(work);
            case "disruptor-blocking" -> new DisruptorStage(work, new BlockingWaitStrategy());
            case "disruptor-yielding" -> new DisruptorStage(work, new YieldingWaitStrategy());
            case "disruptor-sleeping" -> new DisruptorStage(work, new SleepingWaitStrategy());
            default -> throw new IllegalArgumentException("stage=" + name);
        };
    }
}
