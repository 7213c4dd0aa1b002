package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.run.HashKeys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import picocli.CommandLine.Option;

/** Keys of the flow hash on the command line. */
final class HashKeyOptions {
    private static final int SIPHASH_BYTES = 16;
    private static final byte[] DEFAULT = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

    @Option(
            names = "--siphash-key",
            paramLabel = "HEX",
            description = "16 bytes: key of the flow hash of v6.18. Default: bytes 00..0f.")
    private String siphashKey;

    @Option(
            names = "--jhash-secret",
            paramLabel = "HEX",
            description =
                    "1 to 8 hex digits: secret of the flow hash of v2.6.35. Default: bytes 00..03, that is 03020100.")
    private String jhashSecret;

    boolean hasSiphashKey() {
        return siphashKey != null;
    }

    boolean hasJhashSecret() {
        return jhashSecret != null;
    }

    /** The keys, with {@code rssKey} for the NIC; says on standard error which default takes effect. */
    HashKeys keys(boolean siphash, byte[] rssKey, CommandContext context) {
        byte[] flow = siphashKey == null ? DEFAULT : hex("--siphash-key", siphashKey, SIPHASH_BYTES, SIPHASH_BYTES);
        ByteBuffer words = ByteBuffer.wrap(flow).order(ByteOrder.LITTLE_ENDIAN);
        int secret = words.getInt(0);
        if (jhashSecret != null) {
            String digits = jhashSecret.startsWith("0x") ? jhashSecret.substring(2) : jhashSecret;
            if (!digits.matches("[0-9a-fA-F]{1,8}")) {
                throw new BadInputException("--jhash-secret " + jhashSecret + ": allowed are 1 to 8 hex digits");
            }
            secret = Integer.parseUnsignedInt(digits, 16);
        }
        if (siphash ? siphashKey == null : jhashSecret == null) {
            context.note(
                    siphash
                            ? "no --siphash-key given: key bytes 00..0f are used, a kernel draws its own"
                            : "no --jhash-secret given: key bytes 00..03 (03020100) are used, a kernel draws its own");
        }
        return new HashKeys(words.getLong(0), words.getLong(Long.BYTES), secret, rssKey);
    }

    /** Bytes in hex, colons between them or not. */
    static byte[] hex(String option, String text, int minBytes, int maxBytes) {
        String digits = text.replace(":", "");
        if (!digits.matches("(?:[0-9a-fA-F]{2}){" + minBytes + "," + maxBytes + "}")) {
            String bytes = minBytes == maxBytes ? minBytes + " bytes" : minBytes + " to " + maxBytes + " bytes";
            throw new BadInputException(
                    option + " " + text + ": allowed are " + bytes + " in hex, colons between them or not");
        }
        return HexFormat.of().parseHex(digits);
    }
}
