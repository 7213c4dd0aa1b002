package io.rxsim.bench.architecture.bad.lib.javax.crypto;

/** Stands for the JDK's ciphers. */
public interface Cipher {}
