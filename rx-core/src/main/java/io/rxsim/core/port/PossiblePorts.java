package io.rxsim.core.port;

import java.util.Arrays;

/**
 * Every port that a call may give as things stand, over all random numbers there are: what a recording of a kernel, whose numbers
 * are not visible, is held against. Nothing is taken. Stateless; one thread per table.
 */
public final class PossiblePorts {
    private static final int MAX_RANGE = 4096;

    private final PortSet ports = new PortSet();
    private boolean mayFail;

    private PossiblePorts() {}

    /** The ports. */
    public PortSet ports() {
        return ports;
    }

    /** Whether the call may find none. */
    public boolean mayFail() {
        return mayFail;
    }

    private void add(int result) {
        if (result < 0) {
            mayFail = true;
        } else {
            ports.add(result, result);
        }
    }

    /** What bind(0) of a TCP socket may give, and listen without bind. */
    public static PossiblePorts ofBind(TcpPorts tcp, int socket, int local) {
        PossiblePorts possible = new PossiblePorts();
        Draws draws = new Draws();
        do {
            draws.begin();
            possible.add(tcp.autobind(socket, local, draws));
        } while (draws.next());
        return possible;
    }

    /** What bind(0) of a UDP socket may give, and what connect and sendto choose first; ranges up to 4096 ports. */
    public static PossiblePorts ofUdpBind(UdpPorts udp, int socket, int local) {
        PossiblePorts possible = new PossiblePorts();
        int count = udp.windowOf(socket).count();
        if (count > MAX_RANGE) {
            throw new IllegalArgumentException("ports=" + count + ", allowed is " + MAX_RANGE);
        }
        for (int first = 0; first < count; first++) {
            // the smallest word that reciprocal scaling maps to this port
            final int word = (int) (((long) first << 32) / count + (first == 0 ? 0 : 1));
            possible.add(udp.choose(socket, local, new Draws(word)));
        }
        return possible;
    }

    /** What connect of a TCP socket without a port may give, from every place. */
    public static PossiblePorts ofConnect(TcpPorts tcp, int socket, int to, long nowNs) {
        PossiblePorts possible = new PossiblePorts();
        PortWindow window = tcp.windowOf(socket);
        for (int base = 0; base < window.count(); base++) {
            final long found = tcp.connectFrom(base, to, window, nowNs);
            possible.add(found == PortSearch.NO_PORT ? -1 : PortSearch.port(found));
        }
        return possible;
    }

    /** All sequences of answers to questions for numbers below a bound, one after the other. */
    private static final class Draws implements PortRandom {
        private final int word;
        private int[] answers = new int[4];
        private int[] bounds = new int[4];
        private int asked;
        private int known;

        Draws() {
            this(0);
        }

        Draws(int word) {
            this.word = word;
        }

        void begin() {
            asked = 0;
        }

        @Override
        public int below(int bound) {
            if (asked == known) {
                if (known == answers.length) {
                    answers = Arrays.copyOf(answers, 2 * known);
                    bounds = Arrays.copyOf(bounds, 2 * known);
                }
                answers[known++] = 0;
            }
            bounds[asked] = bound;
            return answers[asked++];
        }

        @Override
        public int word() {
            return word;
        }

        /** The next sequence; false if there is none. */
        boolean next() {
            known = asked;
            while (known > 0 && answers[known - 1] + 1 == bounds[known - 1]) {
                known--;
            }
            if (known == 0) {
                return false;
            }
            answers[known - 1]++;
            return true;
        }
    }
}
