package io.rxsim.core.virtual;

import io.rxsim.core.padata.PadataJob;

/** The padata job of a packet, kept per index of the pool and used again. One thread. */
final class EspJob extends PadataJob {
    final int packet;
    private final PadataStage stage;
    /** When its cipher ended. */
    long decryptedNs;
    /** When all earlier packets of the domain were decrypted too. */
    long inOrderNs;

    EspJob(int packet, PadataStage stage) {
        this.packet = packet;
        this.stage = stage;
    }

    @Override
    public void parallel(int cpu) {
        stage.onDecrypted(this, cpu);
    }

    @Override
    public void serial(int cpu) {
        stage.onSerial(this, cpu);
    }
}
