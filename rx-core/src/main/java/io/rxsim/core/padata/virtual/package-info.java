/** Padata in virtual time: CPUs whose workers cost time to wake, to switch to and to wait for. */
package io.rxsim.core.padata.virtual;
