/** Closed loops: clients that wait for answers. */
package io.rxsim.workload.closedloop;
