/** State and transitions of the receive softirq that both engines share; no loops, no clocks, no threads. */
package io.rxsim.core.softnet;
