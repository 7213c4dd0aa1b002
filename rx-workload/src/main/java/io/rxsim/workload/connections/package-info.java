/** Closed loops whose clients connect and close: their ports are the kernel's choice. */
package io.rxsim.workload.connections;
