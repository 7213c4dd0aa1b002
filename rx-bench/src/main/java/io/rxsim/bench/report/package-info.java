/** Results as a table, JSON, CSV and files; one set of names for all of them. */
package io.rxsim.bench.report;
