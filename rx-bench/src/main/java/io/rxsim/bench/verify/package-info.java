/**
 * Holds recordings of a real kernel against the product, row by row. A check feeds a row's inputs to the product and compares
 * what comes out with the row's truth; it knows how the recording was made, and no rule of the kernel.
 */
package io.rxsim.bench.verify;
