package io.rxsim.bench.verify;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.packet.PacketHashType;
import io.rxsim.core.packet.SkbHash;
import java.util.List;

/**
 * {@code rps_socket_hash}, shown only: which hash is in force at the receiver, and the CPU that the map of both CPUs then gives. Of a
 * packet that brings none, the hash that the kernel computed is an input.
 */
final class RpsSocketHashCheck implements FileCheck {
    private static final String BOTH_CPUS = "3";

    private final RpsHosts hosts;
    private final KernelRules rules;

    RpsSocketHashCheck(RecordedKernel kernel) {
        rules = kernel.rules();
        hosts = new RpsHosts(kernel);
    }

    @Override
    public List<String> columns() {
        return List.of("case", "hash_before_rps", "l4_before", "hash_at_receive", "cpu");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        PacketHashType brought = row.flag("l4_before") ? PacketHashType.L4 : PacketHashType.NONE;
        int hash = SkbHash.inForce(rules, brought, row.hash("hash_before_rps"), row.hash("hash_at_receive"));
        String name = row.text("case");
        tally.show(
                name + ": the hash brought is in force",
                row.hash("hash_at_receive") == row.hash("hash_before_rps") ? 1 : 0,
                hash == row.hash("hash_before_rps") ? 1 : 0);
        int cpu = hosts.of(row, "rps_cpus", BOTH_CPUS).enqueue(0, hash, 0);
        tally.show(name + ": CPU differs from the model's", row.cpu("cpu") == cpu ? 0 : 1, 0);
    }
}
