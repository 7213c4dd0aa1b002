package io.rxsim.workload.netty.replay;

/**
 * What a real connection of a replay stands for: one direction of a captured connection. The engine steers by it instead of by the
 * addresses of the real one.
 *
 * @param number of the flow in the engine
 * @param direction of the flow, 0 or 1
 * @param hash flow hash of the captured packets, u32
 * @param rxQueue that the NIC chose
 * @param stream number of the stream, which its bytes depend on
 * @param given numbers of the next pieces, per direction
 */
public record CapturedFlow(int number, int direction, int hash, int rxQueue, int stream, int[] given) {}
