package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.Tree;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of how ESP packets are decrypted, short for {@code crypto} and keys of {@code esp}. */
final class CryptoOptions {
    @Option(
            names = "--crypto",
            paramLabel = "serial|per-flow|padata",
            description = "Where ESP packets are decrypted; one or several, side by side. Default: all three.")
    private String crypto;

    @Option(
            names = "--inner",
            paramLabel = "inline|steered",
            description = "Whether the packet inside is steered by its own hash, default inline.")
    private String inner;

    @Option(
            names = "--replay-window",
            paramLabel = "N",
            description = "Anti-replay window in packets, 0 is none, default 64.")
    private String replayWindow;

    List<Tree.Mapping> overlays() {
        List<Tree.Mapping> overlays = new ArrayList<>();
        if (crypto != null) {
            Overlays.addList(overlays, "--crypto", "crypto", List.of(crypto.split(",", -1)));
        }
        Overlays.add(overlays, "--inner", "esp.inner", inner);
        Overlays.add(overlays, "--replay-window", "esp.replay_window", replayWindow);
        return overlays;
    }
}
