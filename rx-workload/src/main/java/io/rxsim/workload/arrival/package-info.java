/**
 * Open-loop load: arrival processes, packet sizes, and the generator {@code UDP_STREAM} that puts them together with a flow
 * population.
 */
package io.rxsim.workload.arrival;
