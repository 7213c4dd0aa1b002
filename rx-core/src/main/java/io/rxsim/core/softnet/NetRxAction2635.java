package io.rxsim.core.softnet;

/**
 * {@code net_rx_action} of 2.6.35: budget and a fixed limit of two jiffies are tested before a poll, an instance stays on the
 * list while it is polled, and one that used its full weight goes to the end of the same list.
 */
final class NetRxAction2635 extends NetRxAction {
    private static final int LIMIT_JIFFIES = 2;

    private boolean raise;

    NetRxAction2635(int budget, int hz) {
        super(budget, hz);
    }

    @Override
    public boolean mustRaise() {
        return true;
    }

    @Override
    public void budgetUsecs(int usecs) {
        // 2.6.35 has no such setting.
    }

    @Override
    public void begin(long nowNs) {
        limitJiffies = jiffies(nowNs) + LIMIT_JIFFIES;
        budgetLeft = budget;
        raise = false;
    }

    @Override
    public int next(long nowNs) {
        if (pollList.isEmpty()) {
            return DONE;
        }
        if (budgetLeft <= 0 || jiffies(nowNs) > limitJiffies) {
            countSqueeze();
            raise = true;
            return DONE;
        }
        return pollList.first();
    }

    @Override
    public void completed(int napi) {
        pollList.remove(napi);
    }

    @Override
    public void polled(int napi, int work, int weight, boolean scheduled, long nowNs) {
        budgetLeft -= work;
        if (scheduled && work == weight) {
            pollList.remove(napi);
            pollList.add(napi);
        }
    }

    @Override
    public boolean end() {
        return raise;
    }
}
