package io.rxsim.bench.verify;

import io.rxsim.core.nic.VethQueueMapping;
import java.util.List;

/** {@code rps_multiqueue}: a map per RX queue of a veth, and packets sent on each of the peer's transmit queues. */
final class RpsMultiqueueCheck implements FileCheck {
    private static final String MAPS = "maps_rx0..rx3";
    private static final int MAX_QUEUE = 4095;

    private final RpsHosts hosts;

    RpsMultiqueueCheck(RecordedKernel kernel) {
        hosts = new RpsHosts(kernel);
    }

    @Override
    public List<String> columns() {
        return List.of(MAPS, "tx_queue", "sender_cpu", "hash", "cpu");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        int rxQueue = VethQueueMapping.rxQueue(row.number("tx_queue", 0, MAX_QUEUE));
        int cpu = hosts.of(row, MAPS).enqueue(rxQueue, row.hash("hash"), row.cpu("sender_cpu"));
        tally.compare(row, "cpu", cpu);
    }
}
