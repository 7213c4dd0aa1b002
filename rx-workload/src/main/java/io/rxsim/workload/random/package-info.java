/** Samplers in integer arithmetic over seeded streams: the same values on every JDK, and no allocation per sample. */
package io.rxsim.workload.random;
