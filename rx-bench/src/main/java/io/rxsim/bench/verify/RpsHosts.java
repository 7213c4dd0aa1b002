package io.rxsim.bench.verify;

import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.steering.SteeringCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Hosts that steer by RPS alone, one per setting of the maps; RPS has no state that a row could leave behind. One thread. */
final class RpsHosts {
    private final RecordedKernel kernel;
    private final Map<String, SteeredHost> hosts = new TreeMap<>();

    RpsHosts(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    /** The host whose queues have the masks of a column, separated by slashes, queue 0 first. */
    SteeredHost of(RecordedRow row, String column) {
        return of(row, column, row.text(column));
    }

    /** The host with these masks, which a column could have named. */
    SteeredHost of(RecordedRow row, String column, String masks) {
        SteeredHost host = hosts.get(masks);
        if (host == null) {
            List<RxQueueConfig> queues = new ArrayList<>();
            for (String mask : masks.split("/", -1)) {
                queues.add(new RxQueueConfig(row.mask(column, mask), 0));
            }
            host = new SteeredHost(
                    RecordedMachine.of(kernel.rules(), queues, 0, RecordedMachine.DEFAULT_WEIGHT), SteeringCatalog.RPS);
            hosts.put(masks, host);
        }
        return host;
    }
}
