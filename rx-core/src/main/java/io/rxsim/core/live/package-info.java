/**
 * The live engine: the same steering, backlogs and softirq order as the virtual engine, on real threads in real time.
 *
 * <pre>
 *   producer i            softirq thread of the IRQ's CPU        softirq thread of the chosen CPU       application thread
 *  RxQueue i --RX ring--&gt;  steer, enqueue_to_backlog  --backlog--&gt;  process_backlog  --socket queue--&gt;  Receiver.receive
 *   (one thread)           (NetRxAction, weight 64)     ring of the CPU                ring of the socket   (records its CPU)
 * </pre>
 *
 * <p>Every ring is a Disruptor ring. The tail and the head that RFS compares are the backlog ring's sequences; nothing else is
 * kept for it. docs/live.md describes the engine, docs/synchronization.md lists every field that threads share.
 */
package io.rxsim.core.live;
