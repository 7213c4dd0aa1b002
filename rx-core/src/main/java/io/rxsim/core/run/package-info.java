/** A run: what goes in (scenario, arrivals), what comes out (result), and what is checked. */
package io.rxsim.core.run;
