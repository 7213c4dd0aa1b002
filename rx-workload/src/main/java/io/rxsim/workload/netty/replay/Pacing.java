package io.rxsim.workload.netty.replay;

import io.rxsim.workload.replay.Speed;

/**
 * When the packets of a replay are due. Every deadline is computed from the start of the run and the packet alone, so that what happened to
 * earlier packets moves none. Immutable; any thread.
 */
public sealed interface Pacing {
    /**
     * When a packet is due.
     *
     * @param recordedNs its time from the first, as recorded
     * @param number of the packet, from 0
     * @return nanoseconds from the start of the run
     */
    long dueNs(long recordedNs, long number);

    /** Whether packets have deadlines; without, each is sent as soon as the engine has room. */
    default boolean timed() {
        return true;
    }

    /** At recorded distances divided by a factor. */
    record Scaled(Speed speed) implements Pacing {
        @Override
        public long dueNs(long recordedNs, long number) {
            return speed.scaleNs(recordedNs);
        }

        @Override
        public String toString() {
            return "speed " + speed;
        }
    }

    /**
     * At equal distances.
     *
     * @param packets per second
     */
    record PerSecond(int packets) implements Pacing {
        private static final int MAX = 100_000_000;
        private static final long SECOND_NS = 1_000_000_000;

        /** Validates. */
        public PerSecond {
            if (packets < 1 || packets > MAX) {
                throw new IllegalArgumentException("pps=" + packets + ", allowed is 1 to " + MAX);
            }
        }

        /**
         * Reads a whole number of packets per second.
         *
         * @throws IllegalArgumentException for anything else, naming what is allowed
         */
        public static PerSecond parse(String text) {
            if (!text.matches("[0-9]{1,9}")) {
                throw new IllegalArgumentException("pps=" + text + ", allowed is a whole number from 1 to " + MAX);
            }
            return new PerSecond(Integer.parseInt(text));
        }

        @Override
        public long dueNs(long recordedNs, long number) {
            // Seconds and rest apart, so that no product overflows.
            return number / packets * SECOND_NS + number % packets * SECOND_NS / packets;
        }

        @Override
        public String toString() {
            return packets + " packets/s";
        }
    }

    /** As fast as the engine takes them. */
    record TopSpeed() implements Pacing {
        @Override
        public long dueNs(long recordedNs, long number) {
            return 0;
        }

        @Override
        public boolean timed() {
            return false;
        }

        @Override
        public String toString() {
            return "as fast as the engine takes it";
        }
    }
}
