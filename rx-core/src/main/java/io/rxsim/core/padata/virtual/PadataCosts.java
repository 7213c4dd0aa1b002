package io.rxsim.core.padata.virtual;

import java.util.stream.LongStream;

/**
 * What padata's way costs, in nanoseconds unless said otherwise.
 *
 * @param submitNs {@code padata_do_parallel} on the submitter's CPU
 * @param wakeNs from queueing a work for an idle CPU until its worker runs
 * @param deepWakeNs the same after a long sleep
 * @param deepAfterNs what a long sleep is
 * @param switchNs from one task of a CPU to its worker
 * @param tickNs period of the scheduler's tick, which alone takes a CPU from a task that never sleeps
 * @param serialNs the serial part of a job, reordering included
 * @param jobNs the parallel part of a job, without its bytes
 * @param psPerByte picoseconds per byte of it
 */
public record PadataCosts(
        long submitNs,
        long wakeNs,
        long deepWakeNs,
        long deepAfterNs,
        long switchNs,
        long tickNs,
        long serialNs,
        long jobNs,
        long psPerByte) {
    /** Validates. */
    public PadataCosts {
        long least = LongStream.of(submitNs, wakeNs, deepWakeNs, deepAfterNs, switchNs, serialNs, jobNs, psPerByte)
                .min()
                .orElseThrow();
        if (least < 0 || tickNs < 1) {
            throw new IllegalArgumentException(
                    "a cost is " + least + ", allowed is 0 or more, and tickNs=" + tickNs + ", allowed is 1 or more");
        }
    }

    /**
     * Of a two-socket server of 2019. Fitted: what a job costs to the slope over the published sizes, the serial part to the rate with
     * many outstanding, the wake-ups to one outstanding (16 bytes, idle) with unbound and with bound workers. See docs/padata.md.
     */
    public static final PadataCosts SERVER_2019 =
            new PadataCosts(300, 1_094, 35_000, 200_000, 1_500, 1_000_000, 2_200, 400, 283);

    /** The same with the decryption's job and byte costs, fitted to one outstanding with unbound workers (16 and 8192 bytes). */
    public static final PadataCosts SERVER_2019_DECRYPTION =
            new PadataCosts(300, 1_094, 35_000, 200_000, 1_500, 1_000_000, 2_200, 2_020, 308);

    /** The parallel part of a job of some bytes. */
    public long parallelNs(int bytes) {
        return jobNs + bytes * psPerByte / 1000;
    }
}
