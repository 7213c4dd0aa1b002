package io.rxsim.bench.verify.kernel;

/**
 * How a setting of the running kernel answered, held against the class behind {@code rx sysctl}.
 *
 * @param name of the setting
 * @param writes made to both
 * @param agreeing of which answer (bytes taken or errno) and what is shown then are the same
 * @param firstDisagreement in words, or null
 */
public record SettingResult(String name, int writes, int agreeing, String firstDisagreement) {}
