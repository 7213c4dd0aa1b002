package io.rxsim.core.xfrm;

/**
 * What an arriving ESP packet holds, as its source found it: the verdict of the cipher, and the packet inside. Reused: the
 * engine copies what it keeps. Plain fields, since source and engine exchange one of these per packet.
 */
public final class EspArrival {
    /** {@link #innerFlow} of a packet with nothing inside: not decrypted, or a dummy (next header 59). */
    public static final int NOTHING_INSIDE = -1;

    /** Number of its association, from 0; of no meaning where the SPI is unknown. */
    public int association;

    /** Sequence number, u32. */
    public int sequence;

    /** What a receiver makes of it that has seen no other packet: any but {@link EspVerdict#REPLAYED}. */
    public EspVerdict verdict = EspVerdict.MALFORMED;

    /** Whether it takes a cipher to know that. */
    public boolean cipherCalled;

    /** Bytes that the cipher works on. */
    public int cipherBytes;

    /** Flow of the packet inside, dense and in one numbering with all flows, or {@link #NOTHING_INSIDE}. */
    public int innerFlow = NOTHING_INSIDE;

    /** Its direction, 0 or 1. */
    public int innerDirection;

    /** How often its flow's number was given to a new connection before. */
    public int innerGeneration;

    /** Its number in its direction of its flow. */
    public int innerSequence;

    /** Its flow hash, u32. */
    public int innerHash;

    /** Its length on the wire, link header included. */
    public int innerLengthBytes;

    /** Its payload in bytes. */
    public int innerPayloadBytes;

    /** Whether a socket receives it. */
    public boolean innerSocket;

    /** Makes this hold the same as another. */
    public void copy(EspArrival from) {
        association = from.association;
        sequence = from.sequence;
        verdict = from.verdict;
        cipherCalled = from.cipherCalled;
        cipherBytes = from.cipherBytes;
        innerFlow = from.innerFlow;
        innerDirection = from.innerDirection;
        innerGeneration = from.innerGeneration;
        innerSequence = from.innerSequence;
        innerHash = from.innerHash;
        innerLengthBytes = from.innerLengthBytes;
        innerPayloadBytes = from.innerPayloadBytes;
        innerSocket = from.innerSocket;
    }
}
