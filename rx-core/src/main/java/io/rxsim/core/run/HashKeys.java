package io.rxsim.core.run;

/**
 * The secret keys of a run: of the kernel's flow hash and of the NIC's RSS.
 *
 * @param flowKey0 low half of the SipHash key (bytes 0 to 7, little endian), 6.18
 * @param flowKey1 high half
 * @param jhashSecret secret of the 2.6.35 hash
 * @param rssKey Toeplitz key, 40 bytes or more
 */
public record HashKeys(long flowKey0, long flowKey1, int jhashSecret, byte[] rssKey) {
    /** Bytes of a drawn RSS key (netdev_rss_key_fill, 6.18). */
    public static final int RSS_KEY_BYTES = 52;

    /** Validates. */
    public HashKeys {
        if (rssKey.length < 40) {
            throw new IllegalArgumentException("rss_key has " + rssKey.length + " bytes, allowed is 40 or more");
        }
        rssKey = rssKey.clone();
    }

    /** Keys drawn from a run's seed: another seed hashes otherwise. */
    public static HashKeys ofSeed(long seed) {
        RandomStream flow = RandomStreams.stream(seed, "keys/flow");
        RandomStream rss = RandomStreams.stream(seed, "keys/rss");
        byte[] rssKey = new byte[RSS_KEY_BYTES];
        for (int i = 0; i < rssKey.length; i++) {
            rssKey[i] = (byte) rss.nextLong();
        }
        return new HashKeys(flow.nextLong(), flow.nextLong(), (int) flow.nextLong(), rssKey);
    }

    @Override
    public byte[] rssKey() {
        return rssKey.clone();
    }
}
