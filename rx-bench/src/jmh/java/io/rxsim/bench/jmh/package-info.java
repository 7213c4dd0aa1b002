/** The micro-benchmarks, measured by JMH, in a jar of their own. An invocation is 1000 operations. */
package io.rxsim.bench.jmh;
