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
        byte[] frame = RecordedFrames.frame(kind, relation, flow(row, RecordedFrames.ipVersion(kind)));
        if (frame == null) {
            tally.skip("a packet described in unknown words");
            return;
        }
        RecordedHash hash = new RecordedHash(kernel.rules(), RandomStreams.stream(kernel.seed(), "verify/flows/key"));
        hash.of(frame);
        tally.compare(row, "l4_hash", hash.l4Hash() ? 1 : 0);
    }

    private FlowSample flow(RecordedRow row, int ipVersion) {
        FlowSample flow =
                FlowSample.random(RandomStreams.stream(kernel.seed(), "verify/flows/" + row.number()), ipVersion);
        if (!row.isBlank("src")) {
            flow = flow.withAddresses(address(row, "src", ipVersion), address(row, "dst", ipVersion));
        }
        if (!row.isBlank("sport")) {
            flow = flow.withPorts(row.number("sport", 0, MAX_PORT), row.number("dport", 0, MAX_PORT));
        }
        Matcher inner = INNER.matcher(row.text("extra"));
        if (inner.matches()) {
            FlowSample tunnelled = flow.inner();
            flow = flow.withInner(tunnelled
                    .withAddresses(parse(row, "extra", inner.group(1), ipVersion), tunnelled.destination())
                    .withPorts(Integer.parseInt(inner.group(2)), tunnelled.destinationPort()));
        }
        return flow;
    }

    private static IpAddress address(RecordedRow row, String column, int ipVersion) {
        return parse(row, column, row.text(column), ipVersion);
    }

    private static IpAddress parse(RecordedRow row, String column, String text, int ipVersion) {
        try {
            IpAddress address = IpAddress.parse(text);
            if (address.version() == ipVersion) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw row.bad(column + "=" + text + ": " + e.getMessage());
        }
        throw row.bad(column + "=" + text + ", allowed is an IPv" + ipVersion + " address");
    }
}
