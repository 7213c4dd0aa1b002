/** Captured or generated packets sent through real sockets at their time: header, schedule, sockets, connections. */
package io.rxsim.workload.netty.replay;
