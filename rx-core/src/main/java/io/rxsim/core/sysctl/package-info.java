/**
 * The files of /proc/sys/net/core and /sys/class/net that set the receive path: what a write takes, rounds, refuses and leaves
 * behind, and what a read shows, in both eras. Pure state, no I/O: the command line, the scenario reader, the timeline and the
 * check against recordings all write here.
 */
package io.rxsim.core.sysctl;
