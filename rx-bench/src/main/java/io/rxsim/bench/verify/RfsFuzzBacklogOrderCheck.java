package io.rxsim.bench.verify;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code rfs_fuzz_backlog_order}, shown only: whether a flow's packets reached its socket in order. The packets are those of {@code
 * rfs_fuzz_backlog} beside it; without that file nothing is shown.
 */
final class RfsFuzzBacklogOrderCheck implements FileCheck {
    private static final String PACKETS = "rfs_fuzz_backlog";

    private final RfsFuzzBacklogCheck packets;

    RfsFuzzBacklogOrderCheck(RecordedKernel kernel) {
        packets = new RfsFuzzBacklogCheck(kernel);
    }

    @Override
    public List<String> columns() {
        return List.of("case", "flow", "socket_sequence");
    }

    @Override
    public void onFolder(Path folder) {
        Path file = RecordedVerifier.sibling(folder, PACKETS);
        if (file == null) {
            return;
        }
        try (RecordedCsv csv = new RecordedCsv(file)) {
            RecordedRow row = new RecordedRow(file, csv.header(), packets.columns());
            FileTally unused = new FileTally();
            for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
                row.set(fields, csv.recordLine());
                packets.onRow(row, unused);
            }
        }
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        List<Integer> order = packets.order(row.text("case"), row.text("flow"));
        if (order == null) {
            return;
        }
        String recorded = row.text("socket_sequence");
        int packetsOfFlow = recorded.split(" ").length;
        String sent =
                IntStream.range(0, packetsOfFlow).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        String modelled = order.stream().map(String::valueOf).collect(Collectors.joining(" "));
        tally.show(
                "flow in order, " + (recorded.equals(sent) ? "where it was recorded so" : "where it was not"),
                recorded.equals(sent) ? 1 : 0,
                modelled.equals(sent) ? 1 : 0);
        tally.show("socket sequence differs from the model's", recorded.equals(modelled) ? 0 : 1, 0);
    }
}
