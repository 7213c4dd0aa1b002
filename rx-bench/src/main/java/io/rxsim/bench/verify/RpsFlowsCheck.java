package io.rxsim.bench.verify;

import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.run.RandomStreams;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code rps_flows}: the kernel's {@code l4_hash} flag of every flow, whose frame is built again from the columns. The hash
 * itself was made under a key that was not recorded. Addresses and ports that are blank are random.
 */
final class RpsFlowsCheck implements FileCheck {
    private static final int MAX_PORT = 65535;
    private static final Pattern INNER = Pattern.compile("inner ([0-9.]{7,15}):(\\d{1,5})");

    private final RecordedKernel kernel;

    RpsFlowsCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("kind", "relation", "src", "dst", "sport", "dport", "extra", "l4_hash");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        if (row.isBlank("l4_hash")) {
            tally.skip("no truth recorded");
            return;
        }
        String kind = row.text("kind");
        // the columns hold the addresses and ports as sent, swapped already
        String relation = kind.startsWith("sym") ? "original" : row.text("relation");
        byte[] frame = RecordedFrames.frame(kind, relation, flow(row, kind));
        if (frame == null) {
            tally.skip("a packet described in unknown words");
            return;
        }
        RecordedHash hash = new RecordedHash(kernel.rules(), RandomStreams.stream(kernel.seed(), "verify/flows/key"));
        hash.of(frame);
        tally.compare(row, "l4_hash", hash.l4Hash() ? 1 : 0);
    }

    private FlowSample flow(RecordedRow row, String kind) {
        IpAddress source = row.isBlank("src") ? null : address(row, "src", row.text("src"));
        int ipVersion = source == null ? RecordedFrames.ipVersion(kind) : source.version();
        FlowSample flow =
                FlowSample.random(RandomStreams.stream(kernel.seed(), "verify/flows/" + row.number()), ipVersion);
        if (source != null) {
            IpAddress destination = address(row, "dst", row.text("dst"));
            if (destination.version() != ipVersion) {
                throw row.bad("dst=" + destination + ", allowed is an address of the same kind as src=" + source);
            }
            flow = flow.withAddresses(source, destination);
        }
        if (!row.isBlank("sport")) {
            flow = flow.withPorts(row.number("sport", 0, MAX_PORT), row.number("dport", 0, MAX_PORT));
        }
        Matcher inner = INNER.matcher(row.text("extra"));
        return inner.matches() ? flow.withInner(inner(row, inner, flow.inner())) : flow;
    }

    private static FlowSample inner(RecordedRow row, Matcher words, FlowSample random) {
        IpAddress source = address(row, "extra", words.group(1));
        int sourcePort = Integer.parseInt(words.group(2));
        if (source.version() != random.destination().version() || sourcePort > MAX_PORT) {
            throw row.bad("extra=" + words.group() + ", allowed is an address of the same kind as src, and a port");
        }
        return random.withAddresses(source, random.destination()).withPorts(sourcePort, random.destinationPort());
    }

    private static IpAddress address(RecordedRow row, String column, String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw row.bad(column + "=" + text + ": " + e.getMessage());
        }
    }
}
