package io.rxsim.bench.verify;

import io.rxsim.core.kernel.KernelRules;

/**
 * What recordings are held against.
 *
 * @param rules the modelled kernel's rules; those of the recorded one unless a rule is switched off on purpose
 * @param seed of the random flows and keys, where a recording holds relations instead of packets
 */
public record RecordedKernel(KernelRules rules, long seed) {}
