/** Scenario and host files: read with exact positions, checked against the kernel's limits, written back complete. */
package io.rxsim.bench.scenario;
