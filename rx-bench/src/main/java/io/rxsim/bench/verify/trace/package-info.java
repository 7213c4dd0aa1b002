/** Kernel trace events as text: lines of tracefs and of {@code perf script}, and what they say about packets. */
package io.rxsim.bench.verify.trace;
