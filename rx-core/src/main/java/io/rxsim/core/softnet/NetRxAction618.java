package io.rxsim.core.softnet;

/**
 * {@code net_rx_action} of 6.18: an instance is polled at most once per pass, the squeeze test follows the poll, and
 * instances left over go before those scheduled meanwhile, which go before those that used their full weight.
 */
final class NetRxAction618 extends NetRxAction {
    private final NapiList local = new NapiList();
    private final NapiList repoll = new NapiList();
    private final int hz;
    private int budgetJiffies;
    private boolean inAction;
    private boolean squeezed;

    NetRxAction618(int budget, int budgetUsecs, int hz) {
        super(budget, hz);
        this.hz = hz;
        this.budgetJiffies = usecsToJiffies(budgetUsecs, hz);
    }

    @Override
    public boolean mustRaise() {
        return !inAction;
    }

    @Override
    public void budgetUsecs(int usecs) {
        budgetJiffies = usecsToJiffies(usecs, hz);
    }

    @Override
    public void begin(long nowNs) {
        limitJiffies = jiffies(nowNs) + budgetJiffies;
        budgetLeft = budget;
        squeezed = false;
        inAction = true;
        pollList.moveTo(local);
    }

    @Override
    public int next(long nowNs) {
        if (squeezed) {
            return DONE;
        }
        if (local.isEmpty() && repoll.isEmpty()) {
            // Scheduled while the last instance was polled: taken without a new budget.
            pollList.moveTo(local);
        }
        return local.isEmpty() ? DONE : local.removeFirst();
    }

    @Override
    public void completed(int napi) {
        // next() has taken it off the list already.
    }

    @Override
    public void polled(int napi, int work, int weight, boolean scheduled, long nowNs) {
        budgetLeft -= work;
        if (scheduled) {
            repoll.add(napi);
        }
        if (budgetLeft <= 0 || jiffies(nowNs) >= limitJiffies) {
            countSqueeze();
            squeezed = true;
        }
    }

    @Override
    public boolean end() {
        pollList.moveTo(local);
        repoll.moveTo(local);
        local.moveTo(pollList);
        inAction = !pollList.isEmpty();
        return inAction;
    }
}
