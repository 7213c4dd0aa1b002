package io.rxsim.bench.verify;

import io.rxsim.core.softnet.SoftnetStat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code softnet_napi_polls}: work and weight of each backlog poll of the target, and its counters. A packet keeps the target in
 * its poll for {@code blocker_us}; the others arrive meanwhile.
 */
final class SoftnetNapiPollsCheck implements FileCheck {
    private static final int HASH = 0x2a2a_2a2a;
    private static final int MAX_PACKETS = 1_000_000;
    private static final int MAX_BLOCKER_US = 1_000_000;
    private static final long NS_PER_US = 1_000;

    private final RecordedKernel kernel;

    SoftnetNapiPollsCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of(
                "dev_weight",
                "netdev_budget",
                "netdev_budget_usecs",
                "queued_behind_blocker",
                "blocker_us",
                "poll_work_sequence",
                "poll_weight_sequence",
                "time_squeeze_delta",
                "processed_delta",
                "received_rps_delta");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        HeldHost host = HeldHost.idle(
                kernel,
                new HeldHost.Settings()
                        .weight(row.number("dev_weight", 1, Integer.MAX_VALUE))
                        .budget(
                                row.number("netdev_budget", Integer.MIN_VALUE, Integer.MAX_VALUE),
                                row.number("netdev_budget_usecs", 0, Integer.MAX_VALUE)));
        long blockerNs = row.number("blocker_us", 0, MAX_BLOCKER_US) * NS_PER_US;
        host.block(blockerNs);
        int behind = row.number("queued_behind_blocker", 0, MAX_PACKETS);
        for (int i = 0; i < behind; i++) {
            host.offer(HASH);
        }
        host.pass(blockerNs + TimedHost.SETTLE_NS);
        SoftnetStat stat = host.stat(HeldHost.TARGET);
        tally.judge(
                row,
                new Differences(row)
                        .of("poll_work_sequence", row.text("poll_work_sequence"), works(host.polls()))
                        .of("poll_weight_sequence", row.text("poll_weight_sequence"), weights(host.polls()))
                        .of("time_squeeze_delta", stat.timeSqueeze())
                        .of("processed_delta", stat.processed())
                        .of("received_rps_delta", stat.receivedRps())
                        .first());
    }

    private static String works(List<TimedHost.Poll> polls) {
        return polls.stream().map(poll -> Integer.toString(poll.work())).collect(Collectors.joining(" "));
    }

    /** The set of weights seen. */
    private static String weights(List<TimedHost.Poll> polls) {
        return polls.stream()
                .map(TimedHost.Poll::weight)
                .distinct()
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }
}
