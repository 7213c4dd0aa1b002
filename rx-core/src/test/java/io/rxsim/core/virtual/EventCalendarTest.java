package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

class EventCalendarTest {
    private record Entry(long timeNs, long sequence) {}

    @Test
    void shouldTakeEventsInTheOrderOfAPriorityQueueByTimeAndSequence() {
        final long seed = 23;
        RandomStream random = RandomStreams.stream(seed, "calendar");
        EventCalendar calendar = new EventCalendar();
        PriorityQueue<Entry> reference =
                new PriorityQueue<>(Comparator.comparingLong(Entry::timeNs).thenComparingLong(Entry::sequence));
        long scheduled = 0;
        for (int i = 0; i < 1_000_000; i++) {
            // The size drifts between empty and a few thousand; many events share a time.
            boolean filling = (i / 20_000) % 2 == 0;
            if (reference.isEmpty() || random.nextInt(100) < (filling ? 60 : 40)) {
                long at = calendar.nowNs() + random.nextInt(50);
                calendar.schedule(at, scheduled);
                reference.add(new Entry(at, scheduled++));
            } else {
                Entry expected = reference.remove();
                if (calendar.nextNs() != expected.timeNs()
                        || calendar.take() != expected.sequence()
                        || calendar.nowNs() != expected.timeNs()) {
                    assertThat(calendar.nowNs()).as("seed %d, step %d", seed, i).isEqualTo(-1);
                }
            }
            if (calendar.size() != reference.size() || calendar.isEmpty() != reference.isEmpty()) {
                assertThat(calendar.size()).as("seed %d, step %d", seed, i).isEqualTo(reference.size());
            }
        }
        assertThat(scheduled).isGreaterThan(400_000);
    }

    @Test
    void shouldRefuseThePast() {
        EventCalendar calendar = new EventCalendar();
        calendar.schedule(10, 1);
        calendar.take();
        assertThatThrownBy(() -> calendar.schedule(9, 2)).hasMessage("event at 9ns is before now=10ns");
        assertThatThrownBy(() -> calendar.advanceTo(9)).hasMessage("time=9ns is before now=10ns");
        calendar.schedule(10, 3);
        assertThat(calendar.nextNs()).isEqualTo(10);
        calendar.advanceTo(10);
        assertThat(calendar.take()).isEqualTo(3);
        assertThat(calendar.nextNs()).isEqualTo(EventCalendar.NONE);
    }

    @Test
    void shouldMoveTheClockWithoutAnEvent() {
        EventCalendar calendar = new EventCalendar();
        calendar.advanceTo(77);
        assertThat(calendar.nowNs()).isEqualTo(77);
        assertThat(calendar.isEmpty()).isTrue();
    }

    @Test
    void shouldPackKindSubjectAndEpochAtEveryExtreme() {
        for (int kind : new int[] {0, Event.THREAD_MOVE, 127}) {
            for (int subject : new int[] {0, 4095, 0xffffff}) {
                for (int epoch : new int[] {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                    long event = Event.of(kind, subject, epoch);
                    assertThat(Event.kind(event)).isEqualTo(kind);
                    assertThat(Event.subject(event)).isEqualTo(subject);
                    assertThat(Event.epoch(event)).isEqualTo(epoch);
                }
            }
        }
    }
}
