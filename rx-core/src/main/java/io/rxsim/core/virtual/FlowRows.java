package io.rxsim.core.virtual;

import io.rxsim.core.run.OrderAudit;
import io.rxsim.core.table.IntColumn;
import io.rxsim.core.table.IntRows;

/**
 * All that a host keeps per flow, laid out so that a packet touches one or two cache lines of it: 36 bytes for a flow of one
 * direction, 20 more for the other, counts that few flows need apart. One thread.
 */
final class FlowRows {
    /** Thread state, what was recorded, CPU of the thread, CPU that touched the socket last: see {@link Sockets}. */
    static final int META = 0;
    /** Last packet of the receive queue, whose successor is the first. */
    static final int QUEUE_TAIL = 1;
    /** How often the number was given to a new connection. */
    static final int GENERATION = 2;
    /** Packets delivered. */
    static final int DELIVERED = 3;

    /** First field of direction 0 in {@link #flow}; direction 1 begins at 0 of {@link #reverse}. */
    private static final int FORWARD = 4;

    /** Bytes of receive buffer in use; of a direction. */
    private static final int RMEM = 0;
    /** The socket's flow hash; of a direction. */
    private static final int SOCKET_HASH = 1;
    /** Where the order audit's fields begin; of a direction. */
    private static final int AUDIT = 2;

    final IntRows flow = new IntRows(0, PacketPool.NONE, 0, 0, 0, 0, OrderAudit.NOTHING, 0, OrderAudit.NO_PACKET_YET);
    final IntRows reverse = new IntRows(0, 0, OrderAudit.NOTHING, 0, OrderAudit.NO_PACKET_YET);
    private final IntColumn dropped = new IntColumn(0);
    private final IntColumn outOfOrder = new IntColumn(0);
    private int flows;

    /** The rows of a direction. */
    IntRows rows(int direction) {
        return direction == 0 ? flow : reverse;
    }

    /** Where a direction's bytes in use are in {@link #rows}. */
    static int rmem(int direction) {
        return direction == 0 ? FORWARD + RMEM : RMEM;
    }

    /** Where a direction's flow hash is in {@link #rows}. */
    static int socketHash(int direction) {
        return direction == 0 ? FORWARD + SOCKET_HASH : SOCKET_HASH;
    }

    /** An audit over these rows. */
    OrderAudit audit() {
        return new OrderAudit(flow, FORWARD + AUDIT, reverse, AUDIT);
    }

    void onArrived(int number) {
        if (number >= flows) {
            flows = number + 1;
        }
    }

    void onDelivered(int number) {
        flow.page(number)[flow.at(number) + DELIVERED]++;
    }

    void onDropped(int number) {
        dropped.increment(number);
    }

    void onOutOfOrder(int number) {
        outOfOrder.increment(number);
    }

    /** Flows seen. */
    int flows() {
        return flows;
    }

    int delivered(int number) {
        return flow.get(number, DELIVERED);
    }

    int dropped(int number) {
        return dropped.get(number);
    }

    int outOfOrder(int number) {
        return outOfOrder.get(number);
    }
}
