package io.rxsim.bench.verify;

/** Compares what a write answered, and what a read shows then, with the columns {@code ret}, {@code errno} and {@code readback}. */
final class WriteAnswer {
    private WriteAnswer() {}

    /** The difference in words, or null. */
    static String difference(RecordedRow row, int ret, String errno, String readback) {
        final int recorded = row.number("ret", -1, Integer.MAX_VALUE);
        if (recorded != ret) {
            return "ret is " + recorded + ", the model gives " + ret;
        }
        if (!row.text("errno").equals(errno)) {
            return "errno is " + row.text("errno") + ", the model gives " + errno;
        }
        return readback.equals(PythonText.text(row.text("readback")))
                ? null
                : "readback is " + row.text("readback") + ", the model gives " + readback.strip();
    }
}
