package io.rxsim.bench.architecture.bad.lib.picocli;

/** Stands for picocli. */
public interface CommandLine {}
