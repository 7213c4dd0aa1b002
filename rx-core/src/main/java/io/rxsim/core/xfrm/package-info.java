/** IPsec as the receive path sees it: the replay window, how packets are decrypted, what that showed. Real ciphers are in rx-workload. */
package io.rxsim.core.xfrm;
