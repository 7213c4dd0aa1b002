/**
 * Padata on threads: one thread per CPU, which takes the works of its CPU from a Disruptor ring, and unbound works from one that
 * all share.
 *
 * <p>What may differ from run to run is here; the order of the jobs does not.
 */
package io.rxsim.core.padata.live;
