package io.rxsim.core.softnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetRxActionAgainstNaiveTest {
    private static final int INSTANCES = 5;
    private static final int HZ = 250;
    private static final long TICK_NS = 4_000_000;

    /** Queues of packets that grow while others are polled, drawn from a stream: two worlds of one seed behave alike. */
    private static class Queues implements NaiveNetRx.World {
        final int[] packets = new int[INSTANCES];
        final boolean[] scheduled = new boolean[INSTANCES];
        final boolean[] gaveUp = new boolean[INSTANCES];
        final List<Integer> newlyScheduled = new ArrayList<>();
        final RandomStream random;
        final int[] weights;
        long nowNs;

        Queues(long seed) {
            random = RandomStreams.stream(seed, "world");
            weights = new int[INSTANCES];
            for (int i = 0; i < INSTANCES; i++) {
                weights[i] = 1 + random.nextInt(8);
            }
        }

        /** Packets arrive for random instances; the idle ones among them are scheduled. */
        void arrive() {
            newlyScheduled.clear();
            for (int n = random.nextInt(4); n > 0; n--) {
                int napi = random.nextInt(INSTANCES);
                packets[napi] += random.nextInt(20);
                if (!scheduled[napi]) {
                    scheduled[napi] = true;
                    newlyScheduled.add(napi);
                }
            }
        }

        @Override
        public int poll(int napi) {
            int work = Math.min(packets[napi], weights[napi]);
            packets[napi] -= work;
            nowNs += random.nextInt(3_000_000);
            gaveUp[napi] = work < weights[napi];
            arrive();
            if (gaveUp[napi]) {
                scheduled[napi] = false;
            }
            return work;
        }

        @Override
        public boolean completed(int napi) {
            return gaveUp[napi];
        }

        @Override
        public int weight(int napi) {
            return weights[napi];
        }

        @Override
        public long jiffies() {
            return nowNs / TICK_NS;
        }
    }

    private static boolean invoke(NetRxAction action, Queues world, List<Integer> polls) {
        action.begin(world.nowNs);
        for (int napi = action.next(world.nowNs); napi != NetRxAction.DONE; napi = action.next(world.nowNs)) {
            polls.add(napi);
            int work = world.poll(napi);
            world.newlyScheduled.forEach(action::schedule);
            if (world.completed(napi)) {
                action.completed(napi);
            }
            action.polled(napi, work, world.weights[napi], !world.completed(napi), world.nowNs);
        }
        return action.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void shouldPollInTheOrderOfTheNaiveModelOnRandomSchedules(String version) {
        for (long seed = 1; seed <= 300; seed++) {
            RandomStream shape = RandomStreams.stream(seed, "shape");
            int budget = shape.nextInt(60) - 5;
            int usecs = shape.nextInt(20_000);
            NetRxAction action = NetRxAction.of(KernelRules.of(version), budget, usecs, HZ);
            NaiveNetRx naive = new NaiveNetRx(budget, (usecs + 3999) / 4000);
            Queues world = new Queues(seed);
            Queues naiveWorld = new Queues(seed) {
                @Override
                public int poll(int napi) {
                    int work = super.poll(napi);
                    naive.pollList.addAll(newlyScheduled);
                    return work;
                }
            };
            List<Integer> polls = new ArrayList<>();
            for (int invocation = 0; invocation < 100; invocation++) {
                world.arrive();
                world.newlyScheduled.forEach(action::schedule);
                naiveWorld.arrive();
                naive.pollList.addAll(naiveWorld.newlyScheduled);
                boolean raised = invoke(action, world, polls);
                boolean naiveRaised = version.equals("v6.18") ? naive.modern(naiveWorld) : naive.old(naiveWorld);
                String where = version + " seed " + seed + " invocation " + invocation;
                assertThat(polls).as(where).isEqualTo(naive.polls);
                assertThat(raised).as(where).isEqualTo(naiveRaised);
                assertThat(action.timeSqueeze()).as(where).isEqualTo(naive.timeSqueeze);
                assertThat(world.packets).as(where).isEqualTo(naiveWorld.packets);
            }
        }
    }
}
