/** ESP datagrams decrypted for real by padata's workers, and handed on in the order in which they came. */
package io.rxsim.workload.esp.live;
