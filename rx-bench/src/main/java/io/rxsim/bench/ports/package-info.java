/** What rx ports answers: exposure, plans, simulated churn, and this host's settings. */
package io.rxsim.bench.ports;
