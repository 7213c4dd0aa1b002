package io.rxsim.core.cpu;

/**
 * Packages, last-level caches, cores and hyper-threads of a machine, and the distance between two CPUs.
 *
 * <p>CPU numbers run over all first threads, package by package and core by core, then over all second threads, as most
 * x86 firmware lists them: {@code cpu = thread * packages * coresPerPackage + package * coresPerPackage + core}.
 * Immutable; any thread.
 *
 * @param packages physical packages (sockets)
 * @param coresPerPackage cores in each
 * @param coresPerLlc cores that share a last-level cache; divides {@code coresPerPackage}
 * @param threadsPerCore hyper-threads of a core
 */
public record CpuTopology(int packages, int coresPerPackage, int coresPerLlc, int threadsPerCore) {
    /** Largest number of CPUs. */
    public static final int MAX_CPUS = 4096;

    /** Validates the shape. */
    public CpuTopology {
        require("packages", packages);
        require("cores", coresPerPackage);
        require("cores_per_llc", coresPerLlc);
        require("threads", threadsPerCore);
        if (coresPerPackage % coresPerLlc != 0) {
            throw new IllegalArgumentException(
                    "cores_per_llc=" + coresPerLlc + " does not divide cores=" + coresPerPackage);
        }
        if ((long) packages * coresPerPackage * threadsPerCore > MAX_CPUS) {
            throw new IllegalArgumentException("packages=" + packages + " cores=" + coresPerPackage + " threads="
                    + threadsPerCore + " make more than " + MAX_CPUS + " CPUs");
        }
    }

    private static void require(String name, int value) {
        if (value < 1 || value > MAX_CPUS) {
            throw new IllegalArgumentException(name + "=" + value + ", allowed is 1 to " + MAX_CPUS);
        }
    }

    /** A machine of {@code cpus} single-threaded cores in one package behind one last-level cache. */
    public static CpuTopology flat(int cpus) {
        return new CpuTopology(1, cpus, cpus, 1);
    }

    /** nr_cpu_ids of the machine: all CPUs are possible. */
    public int cpuCount() {
        return packages * coresPerPackage * threadsPerCore;
    }

    /** The distance between two CPUs. */
    public Distance distance(int a, int b) {
        if (a == b) {
            return Distance.SAME;
        }
        int cores = packages * coresPerPackage;
        int coreA = a % cores;
        int coreB = b % cores;
        if (coreA == coreB) {
            return Distance.SMT;
        }
        if (coreA / coresPerLlc == coreB / coresPerLlc) {
            return Distance.LLC;
        }
        return coreA / coresPerPackage == coreB / coresPerPackage ? Distance.PACKAGE : Distance.REMOTE;
    }
}
