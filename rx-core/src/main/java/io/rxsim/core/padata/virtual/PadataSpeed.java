package io.rxsim.core.padata.virtual;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.padata.Padata2634;
import io.rxsim.core.padata.Padata618;
import io.rxsim.core.padata.PadataDomain;
import io.rxsim.core.padata.PadataWorks;

/**
 * tcrypt's speed test of pcrypt (crypto/tcrypt.c, modes 211 and 215) on the machine of the published results of August 2019: two
 * sockets, 40 CPUs. Bound workers are those of 2.6.35, unbound ones those of 6.18. Stateless; any thread.
 */
public final class PadataSpeed {
    /** CPUs of the machine. */
    public static final int CPUS = 40;

    /** Requests that mode 215 keeps outstanding; tcrypt's default. */
    public static final int MANY = 8;

    private static final long RUN_NS = 50_000_000;
    /**
     * On the busy machine all but the first four CPUs have a task that never sleeps. Chosen: how ten tasks of stress-ng spread over
     * 40 CPUs is not known, but a bound worker met one at every turn.
     */
    private static final CpuMask BUSY = CpuMask.all(CPUS).andNot(CpuMask.parse("f", CPUS));

    private PadataSpeed() {}

    /**
     * Requests per second in virtual time.
     *
     * @param costs of one request, encryption or decryption
     * @param unbound whether workers are unbound
     * @param busy whether other tasks keep the CPUs busy
     * @param outstanding requests in flight at once
     * @param bytes of a request
     */
    public static long perSecond(PadataCosts costs, boolean unbound, boolean busy, int outstanding, int bytes) {
        CpuMask hogs = busy ? BUSY : CpuMask.empty(CPUS);
        VirtualPadata machine = new VirtualPadata(costs, job -> bytes, hogs, unbound);
        PadataDomain domain = unbound ? shell(machine) : instance(machine);
        long rate = new RequestLoop(machine, domain, costs, outstanding, 0).perSecond(RUN_NS);
        if (domain.inversions() > 0) {
            throw new IllegalStateException(domain.inversions() + " requests came back out of order");
        }
        return rate;
    }

    private static PadataDomain instance(VirtualPadata machine) {
        CpuMask all = CpuMask.all(CPUS);
        Padata2634 padata = Padata2634.alloc(KernelRules.V2_6_35, all, all, machine);
        padata.start();
        return padata;
    }

    private static PadataDomain shell(VirtualPadata machine) {
        return Padata618.alloc("rfc4106", KernelRules.V6_18, CpuMask.all(CPUS), new PadataWorks(CPUS), machine)
                .allocShell();
    }
}
