package io.rxsim.bench.scenario;

import io.rxsim.core.run.HashKeys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** The secret keys of a run: given ({@code nic.rss_key}, {@code flow_key}, {@code jhash_secret}), or drawn from its seed. */
final class KeysReader {
    private static final int FLOW_KEY_BYTES = 16;

    private KeysReader() {}

    /** Reads the keys; those that are not given are those of the seed. */
    static HashKeys read(Section root, byte[] rssKey, long seed) {
        HashKeys drawn = HashKeys.ofSeed(seed);
        byte[] flow = hex(root, "flow_key", FLOW_KEY_BYTES, FLOW_KEY_BYTES);
        String secret = root.text("jhash_secret");
        long key0 = drawn.flowKey0();
        long key1 = drawn.flowKey1();
        if (flow != null) {
            ByteBuffer words = ByteBuffer.wrap(flow).order(ByteOrder.LITTLE_ENDIAN);
            key0 = words.getLong();
            key1 = words.getLong();
        }
        int jhash = drawn.jhashSecret();
        if (secret != null) {
            if (!secret.matches("0x[0-9a-fA-F]{1,8}")) {
                throw root.error("jhash_secret", "jhash_secret=" + secret + ", allowed is 0x and 1 to 8 hex digits");
            }
            jhash = Integer.parseUnsignedInt(secret.substring(2), 16);
            root.record("jhash_secret", secret);
        }
        return new HashKeys(key0, key1, jhash, rssKey == null ? drawn.rssKey() : rssKey);
    }

    /** The bytes of {@code nic.rss_key}, or null if it is to be drawn. */
    static byte[] rssKey(Section nic) {
        return hex(nic, "rss_key", 40, 256);
    }

    private static byte[] hex(Section section, String key, int minBytes, int maxBytes) {
        String text = section.text(key);
        if (text == null) {
            return null;
        }
        String digits = text.replace(":", "");
        if (!digits.matches("(?:[0-9a-fA-F]{2}){" + minBytes + "," + maxBytes + "}")) {
            String bytes = minBytes == maxBytes ? minBytes + " bytes" : minBytes + " to " + maxBytes + " bytes";
            throw section.error(
                    key, key + "=" + text + ", allowed are " + bytes + " in hex, colons between them or not");
        }
        section.record(key, text);
        return HexFormat.of().parseHex(digits);
    }
}
