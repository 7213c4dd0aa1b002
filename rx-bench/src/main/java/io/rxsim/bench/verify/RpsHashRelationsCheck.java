package io.rxsim.bench.verify;

import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import java.util.List;

/**
 * {@code rps_hash_relations}: which changes of a packet keep its flow hash, and which hashes count as layer 4. Every row is
 * tried on {@value #PAIRS} pairs of random frames, each under a random key of its own.
 */
final class RpsHashRelationsCheck implements FileCheck {
    static final int PAIRS = 128;

    private static final int MAX_GROUPS = 1_000_000;

    private final RecordedKernel kernel;

    RpsHashRelationsCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("kind", "reference", "relation", "groups", "same_hash_as_reference", "l4_hash_values");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        String kind = row.text("kind");
        int groups = row.number("groups", 1, MAX_GROUPS);
        int recordedSame = row.number("same_hash_as_reference", 0, groups);
        if (recordedSame != 0 && recordedSame != groups) {
            tally.skip("neither all nor none of the groups");
            return;
        }
        RandomStream random = RandomStreams.stream(kernel.seed(), "verify/relations/" + row.number());
        int same = 0;
        int l4 = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            RecordedHash hash = new RecordedHash(kernel.rules(), random);
            FlowSample flow = FlowSample.random(random, RecordedFrames.ipVersion(kind));
            byte[] reference = RecordedFrames.frame(kind, row.text("reference"), flow);
            byte[] related = RecordedFrames.frame(kind, row.text("relation"), flow);
            if (reference == null || related == null) {
                tally.skip("a packet described in unknown words");
                return;
            }
            same += hash.of(reference) == hash.of(related) ? 1 : 0;
            l4 += hash.l4Hash() ? 1 : 0;
        }
        tally.judge(row, difference(row, recordedSame == groups, same, l4));
    }

    private static String difference(RecordedRow row, boolean recordedSame, int same, int l4) {
        if (same != (recordedSame ? PAIRS : 0)) {
            return "same_hash_as_reference is " + (recordedSame ? "all" : "none") + ", the model gives " + same + " of "
                    + PAIRS;
        }
        String l4Values = l4 == 0 ? "0" : l4 == PAIRS ? "1" : "both";
        return row.text("l4_hash_values").equals(l4Values)
                ? null
                : "l4_hash_values is " + row.text("l4_hash_values") + ", the model gives " + l4Values;
    }
}
