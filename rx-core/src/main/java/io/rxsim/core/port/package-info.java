/** Local ports: the reserved set, the range, and how the kernel chooses a port for bind, connect and datagram sockets. */
package io.rxsim.core.port;
