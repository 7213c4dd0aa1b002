/** What micro-benchmarks measure and how that is shown. The benchmarks themselves are in a jar of their own. */
package io.rxsim.bench.micro;
