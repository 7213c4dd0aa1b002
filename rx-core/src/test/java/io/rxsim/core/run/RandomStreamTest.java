package io.rxsim.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The golden values come from an implementation apart from this one. */
class RandomStreamTest {
    @Test
    void shouldBeSplitMix64() {
        RandomStream stream = new RandomStream(1234567);
        assertThat(stream.nextLong()).isEqualTo(6457827717110365317L);
        assertThat(stream.nextLong()).isEqualTo(3203168211198807973L);
        assertThat(stream.nextLong()).isEqualTo(Long.parseUnsignedLong("9817491932198370423"));
        assertThat(stream.nextLong()).isEqualTo(4593380528125082431L);
        assertThat(stream.nextLong()).isEqualTo(Long.parseUnsignedLong("16408922859458223821"));
    }

    @Test
    void shouldDependOnSeedAndNameOnly() {
        RandomStream stream = RandomStreams.stream(42, "arrivals/flow-17");
        assertThat(stream.nextLong()).isEqualTo(0x65ac06c4fe75f478L);
        assertThat(stream.nextLong()).isEqualTo(0xab44ec196a2abeebL);
        assertThat(stream.nextLong()).isEqualTo(0x6cbfd2af8ffac869L);
        assertThat(RandomStreams.stream(42, "arrivals/flow-18").nextLong()).isEqualTo(0xe318374d76acb26dL);
        assertThat(RandomStreams.stream(-1, "").nextLong()).isEqualTo(0x2ec98f487ba66885L);
    }

    @Test
    void shouldNotLetOneStreamShiftAnother() {
        RandomStream alone = RandomStreams.stream(3, "b");
        RandomStream other = RandomStreams.stream(3, "a");
        RandomStream beside = RandomStreams.stream(3, "b");
        for (int i = 0; i < 100; i++) {
            other.nextLong();
            assertThat(beside.nextLong()).isEqualTo(alone.nextLong());
        }
    }

    @Test
    void shouldShareNoBitPatternBetweenStreamsOfDifferentNames() {
        int equalBits = 0;
        RandomStream a = RandomStreams.stream(5, "flow-1");
        RandomStream b = RandomStreams.stream(5, "flow-2");
        for (int i = 0; i < 10_000; i++) {
            equalBits += 64 - Long.bitCount(a.nextLong() ^ b.nextLong());
        }
        // Mean 320,000, standard deviation 400.
        assertThat(equalBits).isBetween(318_000, 322_000);
    }

    @Test
    void shouldDrawIntsFromTheHighBits() {
        RandomStream stream = RandomStreams.stream(7, "ints");
        int[] expected = {0, 1, 1, 5, 0, 1, 1, 3, 0, 1, 2, 4};
        for (int value : expected) {
            assertThat(stream.nextInt(6)).isEqualTo(value);
        }
    }

    @Test
    void shouldKeepIntsInRangeForEveryBound() {
        RandomStream stream = RandomStreams.stream(11, "range");
        for (int bound : new int[] {1, 2, 3, 7, 64, 1000, 1 << 30, Integer.MAX_VALUE}) {
            int largest = 0;
            for (int i = 0; i < 2000; i++) {
                int value = stream.nextInt(bound);
                assertThat(value).isBetween(0, bound - 1);
                largest = Math.max(largest, value);
            }
            assertThat((double) largest).isGreaterThan(0.98 * (bound - 1) - 1);
        }
        assertThatThrownBy(() -> stream.nextInt(0)).hasMessage("bound=0, allowed is 1 or more");
        assertThatThrownBy(() -> stream.nextInt(-5)).hasMessage("bound=-5, allowed is 1 or more");
    }

    @Test
    void shouldDrawIntsUniformly() {
        final int cells = 101;
        final int draws = 1_000_000;
        int[] counts = new int[cells];
        RandomStream stream = RandomStreams.stream(13, "chi-square");
        for (int i = 0; i < draws; i++) {
            counts[stream.nextInt(cells)]++;
        }
        double expected = (double) draws / cells;
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        // 100 degrees of freedom: 0.1 % lies below 61.9 and 0.1 % above 149.4.
        assertThat(chiSquare).isBetween(61.9, 149.4);
    }

    @Test
    void shouldDrawTheKeysOfARunFromItsSeed() {
        HashKeys keys = HashKeys.ofSeed(1);
        assertThat(keys.flowKey0()).isEqualTo(0x187311398e9122c6L);
        assertThat(keys.flowKey1()).isEqualTo(0xcdbc5ff855bdf320L);
        assertThat(keys.jhashSecret()).isEqualTo(0x60e9bda4);
        assertThat(hex(keys.rssKey()))
                .isEqualTo("bfc284a073a6aca98016d2cd7ea33e4b911677c42952b93f96ba01066500bdf91154344b12a753e935becbceb8"
                        + "015a41ec570e24");
        assertThat(HashKeys.ofSeed(2).flowKey0()).isNotEqualTo(keys.flowKey0());
    }

    @Test
    void shouldKeepItsOwnCopyOfTheRssKey() {
        byte[] key = new byte[40];
        HashKeys keys = new HashKeys(0, 0, 0, key);
        key[0] = 1;
        keys.rssKey()[1] = 1;
        assertThat(keys.rssKey()).containsOnly(0);
        assertThatThrownBy(() -> new HashKeys(0, 0, 0, new byte[39]))
                .hasMessage("rss_key has 39 bytes, allowed is 40 or more");
    }

    @Test
    void shouldFoldEveryWordAndItsPlaceIntoADigest() {
        assertThat(digest()).isEqualTo(0x9e3779b97f4a7c15L);
        assertThat(digest(1)).isEqualTo(0x76212d05b9782e79L);
        assertThat(digest(1, 2, -3)).isEqualTo(0x0c9aac5e73070cfcL);
        assertThat(digest(2, 1)).isNotEqualTo(digest(1, 2));
        assertThat(digest(0)).isNotEqualTo(digest());
        assertThat(digest(0, 0)).isNotEqualTo(digest(0));
    }

    private static long digest(long... words) {
        RunDigest digest = new RunDigest();
        for (long word : words) {
            digest.fold(word);
        }
        return digest.value();
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        return text.toString();
    }
}
