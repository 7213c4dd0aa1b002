/** Who gets the packet: RSS only, RPS, RFS, and the ceiling; see docs/architecture.md for the modules and their arrows. */
package io.rxsim.steering;
