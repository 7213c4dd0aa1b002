package io.rxsim.bench.cli;

import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.steer.Decision;
import java.util.HexFormat;

/** A decision step by step, one line each. */
final class ExplanationText {
    private final Machine machine;
    private final Explanation.State state;
    private final StringBuilder out = new StringBuilder();

    private ExplanationText(Machine machine, Explanation.State state) {
        this.machine = machine;
        this.state = state;
    }

    static String of(String input, Explanation explained, Machine machine, Explanation.State state) {
        ExplanationText text = new ExplanationText(machine, state);
        text.write(input, explained);
        return text.out.toString();
    }

    private void write(String input, Explanation explained) {
        step("flow", input);
        step("kernel", machine.rules() + ", " + machine.cpuCount() + " CPUs, online " + machine.online());
        boolean siphash = machine.rules().has(Rule.FLOW_DISSECTOR);
        step(
                "flow hash",
                hex(explained.hash()) + (explained.rss() == null ? " (given)" : siphash ? " (SipHash)" : " (jhash)"));
        rss(explained);
        map(explained);
        rfs(explained);
        step("verdict", explained.reason().label() + ": " + verdict(explained));
    }

    private void rss(Explanation explained) {
        int queue = explained.queue();
        if (explained.rss() == null) {
            step("RX queue", "rx-0 (RSS needs the flow, only its hash is known)");
        } else {
            step(
                    "RSS hash",
                    hex(explained.rss().hash()) + " (Toeplitz), bucket "
                            + explained.rss().bucket() + " of "
                            + machine.nic().indirection().size());
            step("RX queue", "rx-" + queue);
        }
        step("interrupt", "CPU " + machine.irqCpu(queue));
    }

    private void map(Explanation explained) {
        RxQueueConfig queue = machine.net().queues().get(explained.queue());
        if (queue.rpsCpus().isEmpty()) {
            step("RPS map", "none (rps_cpus " + queue.rpsCpus() + ")");
            return;
        }
        int[] cpus = queue.rpsCpus().and(machine.online()).cpus();
        int index = (int) ((explained.hash() & 0xffffffffL) * cpus.length >>> 32);
        step(
                "RPS map",
                "rps_cpus " + queue.rpsCpus() + ": " + cpus.length + " CPU(s), index " + index + " is CPU "
                        + cpus[index] + (explained.rpsIndex() < 0 ? " (not consulted)" : ""));
    }

    private void rfs(Explanation explained) {
        if (explained.slot() < 0) {
            step(
                    "RFS",
                    "not in force: rps_sock_flow_entries " + machine.net().rpsSockFlowEntries() + ", rps_flow_cnt "
                            + machine.net().queues().get(explained.queue()).rpsFlowCnt());
            return;
        }
        step("RFS desired CPU", state.desired() < 0 ? "none: no recv recorded" : "CPU " + state.desired());
        step(
                "RFS current CPU",
                (state.current() < 0 ? "unset" : "CPU " + state.current()) + " (slot " + explained.slot() + " of rx-"
                        + explained.queue() + ")");
        if (state.current() >= 0) {
            step(
                    "drained?",
                    "head " + Integer.toUnsignedString(state.head()) + " of CPU " + state.current()
                            + " minus last_qtail " + Integer.toUnsignedString(state.lastQtail()) + " is "
                            + (state.head() - state.lastQtail()) + ": " + (state.drained() ? "yes" : "no"));
        }
    }

    private String verdict(Explanation explained) {
        String cpu = explained.cpu() == Decision.NO_CPU
                ? "not steered, processed on CPU " + machine.irqCpu(explained.queue())
                : "CPU " + explained.cpu();
        return switch (explained.reason()) {
            case NONE -> cpu + "; RPS is off for this queue, the packet has no hash, or the map's CPU is offline";
            case RPS -> cpu + ", chosen by the RPS map; no flow table is in force";
            case MATCH -> cpu + ", where the application is and the flow's packets already go";
            case MIGRATED -> cpu + ", where the application is; " + moveReason();
            case HELD ->
                cpu + ", not yet " + (state.desired() < 0 ? "the RPS map" : "CPU " + state.desired()) + ": CPU "
                        + explained.cpu() + " still holds packets that would be overtaken";
            case FALLBACK -> cpu + "; RFS is in force but has no usable entry, so the RPS map is asked";
            case ORACLE -> cpu;
        };
    }

    /** Why the slot may change: unset, its CPU is gone, its CPU is drained, or nobody asks. */
    private String moveReason() {
        if (state.current() < 0) {
            return "the slot was unset";
        }
        if (!machine.online().contains(state.current())) {
            return "the old CPU is offline";
        }
        return state.drained()
                ? "the old CPU holds nothing that could be overtaken"
                : "the old CPU still holds packets that may be overtaken, the tail check is switched off";
    }

    private void step(String name, String text) {
        out.append(name).append(" ".repeat(17 - name.length())).append(text).append('\n');
    }

    static String hex(int value) {
        return HexFormat.of().toHexDigits(value);
    }
}
