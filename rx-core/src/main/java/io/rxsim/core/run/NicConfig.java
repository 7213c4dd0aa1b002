package io.rxsim.core.run;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.steer.Decision;
import java.util.List;

/**
 * The network interface of a run.
 *
 * @param path how packets enter the stack
 * @param queues RX queues, 1 to 4095
 * @param irqAffinity one mask per queue; the interrupt goes to the lowest online CPU of it
 * @param ring descriptors per queue
 * @param rxUsecs interrupt moderation: microseconds from the first packet to the interrupt
 * @param gro whether consecutive segments of a stream are merged in a NAPI poll
 * @param indirection the RSS indirection table: its length is a power of two, its entries are queue numbers
 * @param ntuple the filters that send single flows elsewhere
 */
public record NicConfig(
        Path path,
        int queues,
        List<CpuMask> irqAffinity,
        int ring,
        int rxUsecs,
        boolean gro,
        List<Integer> indirection,
        NtupleConfig ntuple) {
    /** How packets enter the stack. */
    public enum Path {
        /** A NAPI driver: polled in the softirq, a packet that is not steered is processed inline. */
        NAPI,
        /** {@code netif_rx} (veth, loopback, old drivers): a packet that is not steered takes the own backlog. */
        NETIF_RX
    }

    /** Largest ring. */
    public static final int MAX_RING = 65536;

    /** Entries of the default indirection table (ethtool_rxfh_indir_default: entry i is i mod queues). */
    public static final int DEFAULT_INDIRECTION = 128;

    /** Validates. */
    public NicConfig {
        range("queues", queues, 1, Decision.MAX_QUEUES - 1);
        range("ring", ring, 1, MAX_RING);
        range("rx_usecs", rxUsecs, 0, 1_000_000);
        if (gro && path != Path.NAPI) {
            throw new IllegalArgumentException("gro=on, allowed with path napi only");
        }
        if (irqAffinity.size() != queues) {
            throw new IllegalArgumentException(
                    "irq_affinity has " + irqAffinity.size() + " mask(s), allowed is one per queue: " + queues);
        }
        if (Integer.bitCount(indirection.size()) != 1) {
            throw new IllegalArgumentException(
                    "indirection has " + indirection.size() + " entries, not a power of two");
        }
        for (int queue : indirection) {
            range("indirection", queue, 0, queues - 1);
        }
        irqAffinity = List.copyOf(irqAffinity);
        indirection = List.copyOf(indirection);
    }

    /** An interface that merges nothing and takes no filters. */
    public NicConfig(
            Path path, int queues, List<CpuMask> irqAffinity, int ring, int rxUsecs, List<Integer> indirection) {
        this(path, queues, irqAffinity, ring, rxUsecs, false, indirection, NtupleConfig.OFF);
    }

    /** This interface with a table of filters. */
    public NicConfig with(NtupleConfig filters) {
        return new NicConfig(path, queues, irqAffinity, ring, rxUsecs, gro, indirection, filters);
    }

    private static void range(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + "=" + value + ", allowed is " + min + " to " + max);
        }
    }
}
