package io.rxsim.bench.verify.kernel;

/**
 * One configuration of the running kernel and what is sent through it.
 *
 * @param name unique
 * @param settings to write
 * @param transport of the flows
 * @param flows sockets that send
 * @param schedule who sends and receives, when and where
 */
record Configuration(String name, TestSettings settings, Transport transport, int flows, Schedule schedule) {
    /** What a flow is. */
    enum Transport {
        /** Connected UDP sockets. */
        UDP,
        /** Connected UDP sockets over IPv6. */
        UDP6,
        /** TCP connections. */
        TCP
    }

    /** The order of calls. CPUs are given by their place among the test's CPUs. */
    interface Schedule {
        /** Makes the calls. */
        void run(TestTraffic traffic);
    }
}
