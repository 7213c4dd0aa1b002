package io.rxsim.core.live;

import io.rxsim.core.run.NearNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a thread of the live engine does while it has nothing to do. */
public enum LiveWait {
    /** Spins: least latency; every such thread needs a real CPU of its own. */
    BUSY_SPIN,
    /** Spins a little, then yields the real CPU at every look: low latency where threads outnumber CPUs, at full load. */
    YIELD,
    /** Spins, yields, then looks again every 50 microseconds: nobody has to wake it, little CPU is used. */
    SLEEP,
    /** Spins a little, then sleeps until it is woken, once: no CPU is used while idle. The default. */
    BLOCK;

    /** The name in options and messages, for example {@code busy-spin}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The strategy with a label.
     *
     * @throws IllegalArgumentException for an unknown one, naming the nearest and all
     */
    public static LiveWait of(String label) {
        for (LiveWait wait : values()) {
            if (wait.label().equals(label)) {
                return wait;
            }
        }
        List<String> labels = Arrays.stream(values()).map(LiveWait::label).toList();
        throw new IllegalArgumentException("wait=" + label + " is no wait strategy" + NearNames.hint(label, labels));
    }
}
