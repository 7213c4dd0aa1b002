package io.rxsim.bench.verify;

import java.util.List;

/** {@code rfs_backlog}, shown only: the CPU of every packet before and after a move or a change of settings, and when all has drained. */
final class RfsBacklogCheck implements FileCheck {
    private final RecordedKernel kernel;
    private String repetition;
    private RfsBacklogReplay replay;

    RfsBacklogCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("case", "variant", "rep", "phase", "processed_cpu");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        String name = row.text("case") + ", " + row.text("variant");
        if (!(name + row.text("rep")).equals(repetition)) {
            repetition = name + row.text("rep");
            replay = new RfsBacklogReplay(kernel, row.text("case"), row.text("variant"));
        }
        tally.show(
                name + ", " + row.text("phase") + ": CPU", row.cpu("processed_cpu"), replay.packet(row.text("phase")));
    }
}
