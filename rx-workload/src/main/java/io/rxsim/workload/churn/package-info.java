/** Connections that come and go in virtual time, and the ports they hold; without packets. */
package io.rxsim.workload.churn;
