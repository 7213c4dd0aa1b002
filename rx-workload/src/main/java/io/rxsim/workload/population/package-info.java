/** Which flow the next packet belongs to, and what the flows of a generator look like on the wire. */
package io.rxsim.workload.population;
