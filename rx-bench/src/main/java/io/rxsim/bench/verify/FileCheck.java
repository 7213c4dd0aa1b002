package io.rxsim.bench.verify;

import java.nio.file.Path;
import java.util.List;

/**
 * Holds the rows of one kind of recording against the product. One object per file, rows in file order, one thread.
 *
 * <p>A check reads inputs and truths only, and only the columns it declares; a column that holds the recorder's own model is
 * never declared.
 */
interface FileCheck {
    /** The columns it reads; a file that lacks one is bad input. */
    List<String> columns();

    /** The folder of the file, before its first row: for a check that reads inputs from a file beside it. */
    default void onFolder(Path folder) {}

    /** Replays a row; compares or skips it in the tally, exactly once, now or in {@link #finish}. */
    void onRow(RecordedRow row, FileTally tally);

    /** The last row was read: judges what only all rows together decide. */
    default void finish(FileTally tally) {}

    /** Makes the check of one file. */
    @FunctionalInterface
    interface Factory {
        /** A fresh check against a kernel. */
        FileCheck create(RecordedKernel kernel);
    }
}
