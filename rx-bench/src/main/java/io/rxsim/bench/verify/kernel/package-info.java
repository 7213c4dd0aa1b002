/**
 * The check against the running kernel: packets of real sockets through a veth pair of its own, watched by the kernel's trace events, and
 * each held against the CPU that the product's policies give.
 */
package io.rxsim.bench.verify.kernel;
