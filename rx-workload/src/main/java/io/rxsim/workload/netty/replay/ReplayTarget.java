package io.rxsim.workload.netty.replay;

import io.rxsim.core.run.Arrival;
import java.net.InetSocketAddress;

/** The engine as a sender sees it. Called by the sending thread. */
public interface ReplayTarget {
    /** The RX queue that the NIC chooses for a packet. */
    int rxQueue(Arrival arrival);

    /** Where datagrams of an RX queue go. */
    InetSocketAddress datagrams(int rxQueue);

    /** Where connections go. */
    InetSocketAddress connections();

    /** A connection from an address, bound but not connected yet, stands for a captured flow. */
    void onConnecting(InetSocketAddress from, CapturedFlow flow);

    /** Datagrams that the engine is done with: delivered, or dropped. */
    long finished();
}
