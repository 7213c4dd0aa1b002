package io.rxsim.bench.cli;

import io.rxsim.bench.report.Csv;
import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.hash.Toeplitz;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.packet.FlowHash;
import io.rxsim.core.packet.FlowInput;
import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.GivenHash;
import io.rxsim.core.packet.RssHash;
import io.rxsim.workload.spec.PacketHashing;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rx hash}: the hash of flows under a key, as CSV. */
@Command(
        name = "hash",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Prints the hash of a flow, or of every flow on standard input (first comma-separated field of a line),"
                    + " as CSV: input,hash.",
            FlowLines.SYNTAX
        },
        footer = {
            "",
            "Examples:",
            "  rx hash 'tcp:10.0.0.1:1234>10.0.0.2:80' --siphash-key 000102030405060708090a0b0c0d0e0f",
            "  rx hash --toeplitz-key 6d5a56da255b0ec24167253d43a38fb0d0ca2bcbae7b30b477cb2da38030f20c6a42b73bbeac01fa"
                    + " < flows.txt",
            "  rx hash 'tcp:10.0.0.1:1234>10.0.0.2:80' --jhash-secret 12345678 --kernel v2.6.35"
        })
final class HashCommand implements Callable<Integer> {
    private static final int MAX_TOEPLITZ_BYTES = 256;

    private final CommandContext context;

    @Parameters(
            arity = "0..1",
            paramLabel = "FLOW",
            description = "Flow; without it, flows are read from standard input.")
    private String flow;

    @Option(
            names = "--toeplitz-key",
            paramLabel = "HEX",
            description = "Hash as a NIC for RSS, under this key (at least 16 bytes for IPv4, 40 for IPv6).")
    private String toeplitzKey;

    @Mixin
    private HashKeyOptions keyOptions = new HashKeyOptions();

    @Option(
            names = "--kernel",
            paramLabel = "VERSION",
            description = "Flow hash of this kernel: v6.18 (SipHash, default) or v2.6.35 (jhash).")
    private String kernel;

    HashCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        FlowLines.check(flow);
        ToIntFunction<FlowKey> hash = hash();
        return new FlowLines(context).read(flow, new FlowLines.Sink() {
            @Override
            public void onStart() {
                context.out().print(Csv.line(List.of("input", "hash")));
            }

            @Override
            public void onFlow(String text, FlowInput input) {
                int value = input instanceof GivenHash given ? given.hash() : hash.applyAsInt((FlowKey) input);
                context.out().print(Csv.line(List.of(text, HexFormat.of().toHexDigits(value))));
            }

            @Override
            public void onBadLine(String text) {
                context.out().print(Csv.line(Arrays.asList(text, null)));
            }
        });
    }

    private ToIntFunction<FlowKey> hash() {
        if (toeplitzKey != null) {
            if (keyOptions.hasSiphashKey() || keyOptions.hasJhashSecret() || kernel != null) {
                throw new BadInputException(
                        "--toeplitz-key: stands alone, allowed is one of --toeplitz-key, --siphash-key, --jhash-secret");
            }
            byte[] key = HashKeyOptions.hex("--toeplitz-key", toeplitzKey, Toeplitz.MIN_KEY_BYTES, MAX_TOEPLITZ_BYTES);
            Toeplitz toeplitz = new Toeplitz(key);
            return input -> RssHash.hash(toeplitz, input);
        }
        if (keyOptions.hasSiphashKey() && keyOptions.hasJhashSecret()) {
            throw new BadInputException(
                    "--siphash-key: not together with --jhash-secret, allowed is one of --toeplitz-key, --siphash-key,"
                            + " --jhash-secret");
        }
        KernelRules rules =
                KernelVersion.of(kernel, keyOptions.hasJhashSecret() ? KernelRules.V2_6_35 : KernelRules.V6_18);
        boolean siphash = rules.has(Rule.FLOW_DISSECTOR);
        if (siphash ? keyOptions.hasJhashSecret() : keyOptions.hasSiphashKey()) {
            throw new BadInputException((siphash ? "--jhash-secret" : "--siphash-key") + ": " + rules.version()
                    + " has another hash, allowed is " + (siphash ? "--siphash-key" : "--jhash-secret"));
        }
        byte[] unusedRssKey = new byte[RssHash.MIN_KEY_BYTES];
        FlowHash flowHash = new PacketHashing(rules, keyOptions.keys(siphash, unusedRssKey, context)).flowHash();
        return flowHash::hash;
    }
}
