package io.rxsim.core.run;

/** What a sender of a stream waited for. */
public enum StreamLimit {
    /** Its own window: for an acknowledgement, as long as the network between the hosts takes. */
    WINDOW("window", "the sender's window, over the network's round trip"),
    /** Its own window, as long as the modelled host took to acknowledge. */
    HOST("host", "the modelled host, which acknowledges late"),
    /** The window that the modelled host advertises: its application does not read as fast. */
    RECEIVE_WINDOW("receiveWindow", "the receive window: the application does not read as fast"),
    /** The client host's link. */
    LINK("link", "the client host's link"),
    /** The client host's CPUs. */
    CLIENT_CPU("clientCpu", "the client host's CPUs"),
    /** A lost segment, until it is there. */
    LOSS("loss", "lost segments");

    private final String label;
    private final String meaning;

    StreamLimit(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /** The name in results. */
    public String label() {
        return label;
    }

    /** One phrase for people. */
    public String meaning() {
        return meaning;
    }
}
