package io.rxsim.bench.verify;

import java.util.List;

/** {@code rps_tx_tap}, shown only: a tap of the sender sees a packet on the sender's CPU, one of the receiver on the chosen CPU. */
final class RpsTxTapCheck implements FileCheck {
    private final RpsHosts hosts;

    RpsTxTapCheck(RecordedKernel kernel) {
        hosts = new RpsHosts(kernel);
    }

    @Override
    public List<String> columns() {
        return List.of("rps_cpus_at_receiver", "sender_cpu", "tap", "cpu", "hash");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        int sender = row.cpu("sender_cpu");
        int chosen = hosts.of(row, "rps_cpus_at_receiver").enqueue(0, row.hash("hash"), sender);
        int modelled = row.text("tap").startsWith("sender") ? sender : chosen;
        tally.show(
                "CPU of the tap of " + row.text("tap") + ", mask " + row.text("rps_cpus_at_receiver") + ", sender on "
                        + sender,
                row.cpu("cpu"),
                modelled);
    }
}
