/** Recorded traffic: reading and writing of pcap and pcapng captures, and the bounded table of their flows. */
package io.rxsim.workload.capture;
