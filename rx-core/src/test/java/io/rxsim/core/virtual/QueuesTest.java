package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueuesTest {
    @Test
    void shouldRunTheThreadWithLeastVirtualRunTimeAndEqualsInOrderOfJoining() {
        RandomStream random = RandomStreams.stream(29, "run queue");
        RunQueue queue = new RunQueue();
        List<long[]> reference = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (reference.isEmpty() || random.nextInt(100) < ((i / 1000) % 2 == 0 ? 52 : 48)) {
                long vruntimeNs = random.nextInt(50);
                queue.add(i, vruntimeNs);
                reference.add(new long[] {vruntimeNs, i});
            } else {
                long[] first = reference.stream()
                        .min(Comparator.<long[]>comparingLong(entry -> entry[0]).thenComparingLong(entry -> entry[1]))
                        .orElseThrow();
                reference.remove(first);
                assertThat(queue.firstVruntimeNs()).isEqualTo(first[0]);
                assertThat(queue.remove()).as("seed 29, step %d", i).isEqualTo((int) first[1]);
            }
            assertThat(queue.size()).isEqualTo(reference.size());
        }
    }

    @Test
    void shouldGiveAwayAThreadThatIsNotTheNextToRun() {
        RunQueue queue = new RunQueue();
        queue.add(1, 10);
        queue.add(2, 30);
        queue.add(3, 20);
        assertThat(queue.removeLast(true)).isNotEqualTo(1);
        assertThat(queue.remove()).isEqualTo(1);
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void shouldGiveAwayNoThreadThatIsBoundAndStayInOrder() {
        for (int kernel = 0; kernel < 12; kernel++) {
            RandomStream random = RandomStreams.stream(kernel, "run queue");
            RunQueue queue = new RunQueue();
            List<long[]> reference = new ArrayList<>();
            for (int place = 0; place < 12; place++) {
                long vruntimeNs = random.nextInt(6);
                boolean kernels = place == kernel || place == (kernel + 1) % 12 || place == (kernel + 5) % 12;
                int thread = !kernels
                        ? place
                        : place == kernel
                                ? Threads.KSOFTIRQD
                                : place == (kernel + 1) % 12 ? Threads.SERIAL : Threads.BACKLOG;
                queue.add(thread, vruntimeNs);
                reference.add(new long[] {vruntimeNs, place, thread});
            }
            for (int left = 12; left > 6; left--) {
                int taken = queue.removeLast(true);
                assertThat(taken).as("kernel %d", kernel).isNotNegative();
                assertThat(reference.removeIf(entry -> entry[2] == taken)).isTrue();
            }
            reference.sort(Comparator.<long[]>comparingLong(entry -> entry[0]).thenComparingLong(entry -> entry[1]));
            List<Integer> out = new ArrayList<>();
            while (!queue.isEmpty()) {
                out.add(queue.remove());
            }
            assertThat(out)
                    .as("kernel %d", kernel)
                    .isEqualTo(reference.stream().map(entry -> (int) entry[2]).toList());
        }
    }

    @Test
    void shouldGiveAwayNobodyWhereOnlyBoundThreadsWait() {
        RunQueue queue = new RunQueue();
        assertThat(queue.removeLast(true)).isEqualTo(RunQueue.NONE);
        queue.add(Threads.BACKLOG, 1);
        queue.add(7, 2);
        assertThat(queue.removeLast(false)).isEqualTo(RunQueue.NONE);
        queue.add(Threads.ofQueue(3), 3);
        assertThat(queue.removeLast(false)).isEqualTo(Threads.ofQueue(3));
        assertThat(queue.remove()).isEqualTo(Threads.BACKLOG);
        assertThat(queue.remove()).isEqualTo(7);
    }

    @Test
    void shouldSpliceAQueueWholeAndInOrder() {
        PacketPool pool = new PacketPool();
        PacketFifo input = new PacketFifo(pool);
        PacketFifo process = new PacketFifo(pool);
        List<Integer> admitted = admit(pool, 6);
        admitted.subList(0, 3).forEach(input::add);
        input.spliceTo(process);
        assertThat(input.isEmpty()).isTrue();
        assertThat(process.length()).isEqualTo(3);
        admitted.subList(3, 6).forEach(input::add);
        assertThat(input.length()).isEqualTo(3);
        List<Integer> out = new ArrayList<>();
        while (!process.isEmpty()) {
            out.add(process.remove());
        }
        input.spliceTo(process);
        while (!process.isEmpty()) {
            out.add(process.remove());
        }
        assertThat(out).isEqualTo(admitted);
    }

    @Test
    void shouldSpliceAnEmptyQueueIntoAnEmptyOne() {
        PacketPool pool = new PacketPool();
        PacketFifo input = new PacketFifo(pool);
        PacketFifo process = new PacketFifo(pool);
        input.spliceTo(process);
        assertThat(process.isEmpty()).isTrue();
        int packet = admit(pool, 1).get(0);
        process.add(packet);
        assertThat(process.remove()).isEqualTo(packet);
        assertThat(process.isEmpty()).isTrue();
    }

    @Test
    void shouldGiveEveryPacketItsOwnPlaceWhileInsideAndReuseItAfter() {
        PacketPool pool = new PacketPool();
        List<Integer> first = admit(pool, 5000);
        assertThat(first).doesNotHaveDuplicates();
        assertThat(pool.inside()).isEqualTo(5000);
        for (int i = 0; i < 5000; i++) {
            assertThat(pool.sequence[first.get(i)]).isEqualTo(i);
            assertThat(pool.arrivalNs[first.get(i)]).isEqualTo(1000 + i);
        }
        first.subList(0, 100).forEach(pool::release);
        assertThat(pool.inside()).isEqualTo(4900);
        List<Integer> second = admit(pool, 100);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first.subList(0, 100));
    }

    @Test
    void shouldForgetNothingOfAnArrivalAndKeepNothingOfThePlacesLastPacket() {
        PacketPool pool = new PacketPool();
        Arrival arrival = new Arrival();
        arrival.timeNs = 1;
        arrival.flow = 2;
        arrival.direction = 1;
        arrival.generation = 3;
        arrival.sequence = 4;
        arrival.hash = 5;
        arrival.lengthBytes = 6;
        arrival.payloadBytes = 7;
        arrival.socket = true;
        arrival.protocolExtraNs = 8;
        int packet = pool.admit(arrival, true);
        assertThat(new long[] {pool.arrivalNs[packet], pool.stageNs[packet], pool.protocolExtraNs[packet]})
                .containsExactly(1, 1, 8);
        assertThat(new int[] {
                    pool.flow[packet],
                    pool.direction[packet],
                    pool.generation[packet],
                    pool.sequence[packet],
                    pool.hash[packet],
                    pool.lengthBytes[packet],
                    pool.payloadBytes[packet]
                })
                .containsExactly(2, 1, 3, 4, 5, 6, 7);
        assertThat(pool.socket[packet] && pool.measured[packet]).isTrue();
        pool.release(packet);
        assertThat(pool.admit(new Arrival(), false)).isEqualTo(packet);
        assertThat(pool.socket[packet] || pool.measured[packet]).isFalse();
        assertThat(pool.protocolExtraNs[packet]).isZero();
    }

    private static List<Integer> admit(PacketPool pool, int n) {
        List<Integer> packets = new ArrayList<>();
        Arrival arrival = new Arrival();
        for (int i = 0; i < n; i++) {
            arrival.timeNs = 1000L + i;
            arrival.sequence = i;
            packets.add(pool.admit(arrival, true));
        }
        return packets;
    }
}
