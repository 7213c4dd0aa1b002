/** The check against a trace that {@code perf} took on any host: which CPU each packet went to, and which the model gives. */
package io.rxsim.bench.verify.perf;
