package io.rxsim.bench.architecture.bad.lib.org.snakeyaml;

/** Stands for a YAML reader. */
public interface Load {}
