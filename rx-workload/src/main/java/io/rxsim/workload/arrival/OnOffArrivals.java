package io.rxsim.workload.arrival;

import io.rxsim.core.run.RandomStream;
import io.rxsim.workload.random.Exponential;

/**
 * Packets in bursts: another arrival process that is suspended between them. Its time stands still while the source is off,
 * so that the mean rate is the inner rate times on / (on + off). Begins with an on period. One thread.
 */
final class OnOffArrivals implements ArrivalProcess {
    private final ArrivalProcess inner;
    private final Period on;
    private final Period off;
    /** End of the current on period, in the time of the inner process. */
    private long onEndNs;
    /** Time spent off so far. */
    private long offNs;

    OnOffArrivals(ArrivalProcess inner, Period on, Period off) {
        this.inner = inner;
        this.on = on;
        this.off = off;
        onEndNs = on.nextNs();
    }

    @Override
    public long nextNs() {
        long innerNs = inner.nextNs();
        while (innerNs >= onEndNs && onEndNs != END) {
            offNs = LaterTime.of(offNs, off.nextNs());
            onEndNs = LaterTime.of(onEndNs, on.nextNs());
        }
        return LaterTime.of(innerNs, offNs);
    }

    /** Lengths of periods. */
    interface Period {
        /** The length of the next period in nanoseconds. */
        long nextNs();

        /** Periods of one length. */
        static Period fixed(long lengthNs) {
            return () -> lengthNs;
        }

        /** Periods of exponentially distributed lengths. */
        static Period exponential(long meanNs, RandomStream stream) {
            Exponential lengths = Exponential.ofMeanNs(meanNs, stream);
            return lengths::nextNs;
        }
    }
}
