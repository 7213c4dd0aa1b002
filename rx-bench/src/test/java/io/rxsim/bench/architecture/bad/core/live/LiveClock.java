package io.rxsim.bench.architecture.bad.core.live;

/** The live engine has real time: no rule may report it. */
class LiveClock {
    long nowNs() {
        return System.nanoTime();
    }
}
