package io.rxsim.core.sysctl;

import io.rxsim.core.kernel.Errno;
import java.util.function.IntPredicate;

/**
 * A sysctl that is one int ({@code proc_dointvec}, {@code proc_dointvec_minmax}, kernel/sysctl.c). A write of 0 bytes returns 0
 * and changes nothing; a refused one changes nothing. One thread.
 */
public final class IntegerSysctl implements Knob {
    private final String name;
    private final boolean strict;
    private final String allowed;
    private final String fault;
    private final IntPredicate accepts;
    private int value;

    private IntegerSysctl(String name, int value, boolean strict, String allowed, String fault, IntPredicate accepts) {
        this.name = name;
        this.value = value;
        this.strict = strict;
        this.allowed = allowed;
        this.fault = fault;
        this.accepts = accepts;
    }

    /** Any int; {@code strict} refuses numbers outside int, else their low 32 bits count. */
    static IntegerSysctl any(String name, int byDefault, boolean strict) {
        return atLeast(name, byDefault, Integer.MIN_VALUE, strict);
    }

    /** An int from a least one on. */
    static IntegerSysctl atLeast(String name, int byDefault, int least, boolean strict) {
        String allowed = "a number from " + least + " to " + Integer.MAX_VALUE;
        return new IntegerSysctl(name, byDefault, strict, allowed, "less than " + least, value -> value >= least);
    }

    /**
     * {@code flow_limit_table_len}: a power of two, tested as unsigned, so that -2147483648 passes ({@code
     * flow_limit_table_len_sysctl}, net/core/sysctl_net_core.c).
     */
    static IntegerSysctl powerOfTwo(String name, int byDefault, boolean strict) {
        return new IntegerSysctl(
                name,
                byDefault,
                strict,
                "a power of two, e.g. " + byDefault,
                "no power of two",
                value -> Integer.bitCount(value) == 1);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Written write(String bytes) {
        if (bytes.isEmpty()) {
            return Written.taken(0);
        }
        ProcInteger read = ProcInteger.parse(bytes, strict);
        if (read.fault() != null) {
            return read.refusal();
        }
        if (!accepts.test(read.value())) {
            return Written.refused(Errno.EINVAL, fault);
        }
        value = read.value();
        return Written.taken(read.taken());
    }

    @Override
    public String text() {
        return Integer.toString(value);
    }

    @Override
    public String allowed() {
        return allowed;
    }

    /** The number in force. */
    public int value() {
        return value;
    }
}
