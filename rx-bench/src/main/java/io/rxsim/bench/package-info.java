/** Root package of rx-bench; see docs/architecture.md for the modules and their arrows. */
package io.rxsim.bench;
