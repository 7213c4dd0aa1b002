/** Runs the jcstress tests. */
package io.rxsim.bench.stress;
