/**
 * Hash functions of the receive path: Toeplitz (RSS), SipHash and the two generations of jhash (flow hash), and the two
 * ways a 32-bit hash becomes an index ({@link io.rxsim.core.hash.Hash32}, {@link io.rxsim.core.hash.ReciprocalScale}).
 * Everything here is immutable, allocates nothing after construction, and may be called from any thread.
 */
package io.rxsim.core.hash;
