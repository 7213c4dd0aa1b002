package io.rxsim.core.softnet;

import java.util.ArrayList;
import java.util.List;

/**
 * The receive action of both eras as lists and loops, one whole invocation at a time: the reference for {@link NetRxAction}.
 * Instances hold packets; polling one takes up to its weight and may let others arrive.
 */
final class NaiveNetRx {
    /** What happens while an instance is polled: time passes, instances are scheduled. */
    interface World {
        /** Polls; returns the work done. */
        int poll(int napi);

        /** Whether the instance gave SCHED up in its last poll. */
        boolean completed(int napi);

        int weight(int napi);

        long jiffies();
    }

    final List<Integer> pollList = new ArrayList<>();
    final List<Integer> polls = new ArrayList<>();
    final int budget;
    final int limitJiffies;
    long timeSqueeze;

    NaiveNetRx(int budget, int limitJiffies) {
        this.budget = budget;
        this.limitJiffies = limitJiffies;
    }

    /** 6.18; returns whether NET_RX is raised again. */
    boolean modern(World world) {
        final long limit = world.jiffies() + limitJiffies;
        int left = budget;
        List<Integer> local = new ArrayList<>(pollList);
        pollList.clear();
        List<Integer> repoll = new ArrayList<>();
        while (true) {
            if (local.isEmpty()) {
                if (!repoll.isEmpty() || pollList.isEmpty()) {
                    break;
                }
                local.addAll(pollList);
                pollList.clear();
                continue;
            }
            int napi = local.remove(0);
            polls.add(napi);
            int work = world.poll(napi);
            left -= work;
            if (work == world.weight(napi)) {
                repoll.add(napi);
            }
            if (left <= 0 || world.jiffies() >= limit) {
                timeSqueeze++;
                break;
            }
        }
        List<Integer> all = new ArrayList<>(local);
        all.addAll(pollList);
        all.addAll(repoll);
        pollList.clear();
        pollList.addAll(all);
        return !all.isEmpty();
    }

    /** 2.6.35; returns whether the action itself raises NET_RX again. */
    boolean old(World world) {
        final long limit = world.jiffies() + 2;
        int left = budget;
        while (!pollList.isEmpty()) {
            if (left <= 0 || world.jiffies() > limit) {
                timeSqueeze++;
                return true;
            }
            Integer polling = pollList.get(0);
            polls.add(polling);
            int work = world.poll(polling);
            left -= work;
            if (world.completed(polling)) {
                pollList.remove(polling);
            } else if (work == world.weight(polling)) {
                pollList.remove(polling);
                pollList.add(polling);
            }
        }
        return false;
    }
}
