package io.rxsim.bench.jmh.padata;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import java.util.List;

/** The stages by name. */
final class Stages {
    /** All of them, those to be compared next to each other. */
    static final List<String> NAMES = List.of(
            "serial",
            "no-hand-off",
            "padata-2.6.35",
            "unordered-2.6.35",
            "apart-2.6.35",
            "padata-6.18",
            "unordered-6.18",
            "apart-6.18",
            "stream",
            "futures",
            "disruptor-blocking",
            "disruptor-yielding",
            "disruptor-sleeping");

    private Stages() {}

    static OrderedStage of(String name, JobWork work) {
        String kernel = "v" + name.substring(name.indexOf('-') + 1);
        return switch (name) {
            case "serial" -> new ThreadStages.Serial(work);
            case "no-hand-off" -> new ThreadStages.NoHandOff(work);
            case "padata-2.6.35", "padata-6.18" -> new PadataStage(KernelRules.of(kernel), false, work);
            case "unordered-2.6.35", "unordered-6.18" ->
                new PadataStage(KernelRules.of(kernel).without(Rule.PADATA_REORDER), false, work);
            case "apart-2.6.35", "apart-6.18" -> new PadataStage(KernelRules.of(kernel), true, work);
            case "futures" -> new FuturesStage(work);
            case "stream" -> new StreamStage(work);
            case "disruptor-blocking" -> new DisruptorStage(work, new BlockingWaitStrategy());
            case "disruptor-yielding" -> new DisruptorStage(work, new YieldingWaitStrategy());
            case "disruptor-sleeping" -> new DisruptorStage(work, new SleepingWaitStrategy());
            default -> throw new IllegalArgumentException("stage=" + name);
        };
    }
}
