package io.rxsim.core.live;

/** A thread of the engine that drives a receiver until the host stops. */
final class ReceiverThread<M> implements Runnable {
    private static final int CALL = 1024;

    private final Receiver<M> receiver;
    private final Receiver.Handler<M> handler;
    private final LiveWait wait;
    private final LiveHost<M> host;

    ReceiverThread(Receiver<M> receiver, Receiver.Handler<M> handler, LiveWait wait, LiveHost<M> host) {
        this.receiver = receiver;
        this.handler = handler;
        this.wait = wait;
        this.host = host;
    }

    @Override
    public void run() {
        receiver.doze.owner(Thread.currentThread());
        try {
            while (!host.isStopping()) {
                if (receiver.receive(handler, CALL) > 0) {
                    receiver.doze.busy();
                } else {
                    receiver.doze.idle(wait, receiver.work());
                }
            }
        } catch (Throwable broken) {
            host.onBroken("receiver " + receiver.number(), broken);
        }
    }
}
