package io.rxsim.bench.verify.padata;

import io.rxsim.core.padata.virtual.PadataCosts;
import io.rxsim.core.padata.virtual.PadataSpeed;

/**
 * A published row beside what the model gives for it. Rates are requests per second.
 *
 * @param busy whether other tasks kept the machine busy
 * @param mode tcrypt's: 211 keeps one request outstanding, 215 many
 * @param decryption or encryption
 * @param bytes of a request
 * @param bound published, with bound workers
 * @param unbound published, with unbound ones
 * @param modelledBound in the model
 * @param modelledUnbound in the model
 */
public record PadataRow(
        boolean busy,
        int mode,
        boolean decryption,
        int bytes,
        long bound,
        long unbound,
        long modelledBound,
        long modelledUnbound) {
    /** tcrypt's mode with one request outstanding. */
    static final int ONE = 211;

    /** A published row: {@code system,mode,operation,bytes,bound,unbound}; the model is asked here. */
    static PadataRow of(String line) {
        String[] fields = line.split(",");
        boolean busy = fields[0].equals("busy");
        int mode = Integer.parseInt(fields[1]);
        boolean decryption = fields[2].equals("dec");
        int bytes = Integer.parseInt(fields[3]);
        PadataCosts costs = decryption ? PadataCosts.SERVER_2019_DECRYPTION : PadataCosts.SERVER_2019;
        int outstanding = mode == ONE ? 1 : PadataSpeed.MANY;
        return new PadataRow(
                busy,
                mode,
                decryption,
                bytes,
                Long.parseLong(fields[4]),
                Long.parseLong(fields[5]),
                PadataSpeed.perSecond(costs, false, busy, outstanding, bytes),
                PadataSpeed.perSecond(costs, true, busy, outstanding, bytes));
    }

    /** Whether one request is outstanding. */
    boolean one() {
        return mode == ONE;
    }

    /** Unbound over bound, published. */
    double ratio() {
        return (double) unbound / bound;
    }

    /** Unbound over bound, modelled. */
    double modelledRatio() {
        return (double) modelledUnbound / modelledBound;
    }
}
