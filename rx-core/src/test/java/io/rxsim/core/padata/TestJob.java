package io.rxsim.core.padata;

import java.util.ArrayList;
import java.util.List;

/** A job that finishes at once, or when the test says so, and writes down where its parts ran. */
final class TestJob extends PadataJob {
    final int id;
    private final PadataDomain domain;
    private final boolean later;
    private final List<Integer> order;
    int parallelOn = -1;
    int serialOn = -1;
    int serials;

    private TestJob(int id, PadataDomain domain, boolean later, List<Integer> order) {
        this.id = id;
        this.domain = domain;
        this.later = later;
        this.order = order;
    }

    /** Jobs of one test. */
    static final class Source {
        final List<Integer> order = new ArrayList<>();
        private int ids;

        TestJob finishing(PadataDomain domain) {
            return new TestJob(ids++, domain, false, order);
        }

        TestJob pending(PadataDomain domain) {
            return new TestJob(ids++, domain, true, order);
        }
    }

    @Override
    public void parallel(int cpu) {
        parallelOn = cpu;
        if (!later) {
            domain.doSerial(this, cpu);
        }
    }

    @Override
    public void serial(int cpu) {
        serialOn = cpu;
        serials++;
        order.add(id);
    }

    void finishNow() {
        domain.doSerial(this, parallelOn);
    }
}
