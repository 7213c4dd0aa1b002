/**
 * Packets and what can be read off them: link types, the flow dissector of v6.18 and the header rules of v2.6.35, the flow
 * hash of both eras, the hash of an RSS-capable NIC, flows as written on the command line, and a builder of frames.
 *
 * <p>{@link io.rxsim.core.packet.Packet}, {@link io.rxsim.core.packet.PacketHeaders}, {@link io.rxsim.core.packet.FlowKeys},
 * {@link io.rxsim.core.packet.FlowDissector} and the implementations of {@link io.rxsim.core.packet.FlowHash} are reused for
 * every packet and belong to one thread; the rest is immutable. No bytes whatsoever make any of this throw.
 */
package io.rxsim.core.packet;
