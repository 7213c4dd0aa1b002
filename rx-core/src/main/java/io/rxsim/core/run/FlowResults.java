package io.rxsim.core.run;

/** Counts per flow of a run, columnar: a million flows cost no objects. Read after the run, by one thread. */
public interface FlowResults {
    /** Flows seen, closed ones whose number was reused counted once. */
    int size();

    /** Flows that can be asked for by number, 0 to this less one: all that were seen, unless a report kept fewer. */
    default int listed() {
        return size();
    }

    /** The flow in the command line's syntax. */
    String describe(int flow);

    /** Packets delivered. */
    int delivered(int flow);

    /** Packets lost. */
    int dropped(int flow);

    /** Packets that reached the socket after a later one of their direction. */
    int outOfOrder(int flow);

    /** CPU of its application's thread at the end, or {@link Placement#NO_APPLICATION}. */
    int applicationCpu(int flow);

    /** CPU that touched its socket last, by protocol processing or recv; -1 if none did. */
    int lastCpu(int flow);

    /** Flows that were closed to keep the bound of the source's table. */
    long closed();
}
