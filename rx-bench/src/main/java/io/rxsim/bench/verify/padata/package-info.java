/** The published measurements of padata, held against the model. */
package io.rxsim.bench.verify.padata;
