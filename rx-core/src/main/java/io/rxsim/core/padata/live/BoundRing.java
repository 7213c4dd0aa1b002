package io.rxsim.core.padata.live;

/**
 * The works bound to a CPU, and which CPU's thread takes them: its own, or another's while it is offline. The thread in charge hands
 * over between two works, so that no two ever take from one ring and the order of the works holds.
 */
final class BoundRing {
    final WorkRing works;
    /** Whose thread takes from here; written by that thread only. */
    private volatile int owner;
    /** Whose thread shall. */
    private volatile int nextOwner;

    BoundRing(int cpu, int size) {
        works = new WorkRing(size);
        owner = cpu;
        nextOwner = cpu;
    }

    boolean isOwnedBy(int cpu) {
        return owner == cpu;
    }

    int owner() {
        return owner;
    }

    /** Asks for another owner; the present one's thread has to be woken. */
    void assign(int cpu) {
        nextOwner = cpu;
    }

    boolean isToBeHandedOver(int cpu) {
        return nextOwner != cpu;
    }

    /** The owner's thread, between two works. */
    void handOver(int cpu, PadataThreads machine) {
        int next = nextOwner;
        if (next != cpu) {
            owner = next;
            machine.wake(next);
        }
    }
}
