/** Root package of rx-workload; see docs/architecture.md for the modules and their arrows. */
package io.rxsim.workload;
