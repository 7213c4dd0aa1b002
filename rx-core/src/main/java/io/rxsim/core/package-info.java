/** Root package of rx-core; see docs/architecture.md for the modules and their arrows. */
package io.rxsim.core;
