/** Captures as load: the packets of a file, at their own times or scaled, on their way into the modelled host. */
package io.rxsim.workload.replay;
