/** The network interface: RX queues, RSS indirection, interrupt coalescing. */
package io.rxsim.core.nic;
