/** Padata on threads beside what else Java offers for ordered parallel work. */
package io.rxsim.bench.jmh.padata;
