/** Root package of rx-steering; see docs/architecture.md for the modules and their arrows. */
package io.rxsim.steering;
