package io.rxsim.core.padata.live;

/** A thread of the machine's own that stands for a CPU until it is told to end. */
final class CpuThread extends Thread implements Wait {
    final PadataThreads machine;
    final Cpu cpu;
    private volatile boolean ending;

    CpuThread(PadataThreads machine, Cpu cpu) {
        super("padata-cpu-" + cpu.number);
        this.machine = machine;
        this.cpu = cpu;
        cpu.attach(this);
        setDaemon(true);
    }

    @Override
    public void run() {
        while (true) {
            if (!cpu.runSome()) {
                if (ending) {
                    return;
                }
                cpu.idle(this);
            }
        }
    }

    /** Ends when nothing is left to run. */
    void end() {
        ending = true;
        cpu.wake();
    }

    @Override
    public boolean isOver() {
        return ending;
    }
}
