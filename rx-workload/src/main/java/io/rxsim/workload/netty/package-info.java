/** The live engine behind real sockets: listeners, what answers, and what a packet carries. The only package that knows Netty. */
package io.rxsim.workload.netty;
