/** The virtual engine: discrete events in virtual nanoseconds, deterministic. */
package io.rxsim.core.virtual;
