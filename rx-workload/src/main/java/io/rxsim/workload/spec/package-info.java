/**
 * How workloads are written down: exact decimals, rates, times, {@code NAME[:ARGUMENT]} terms, and the contract of a workload
 * of the catalog.
 */
package io.rxsim.workload.spec;
