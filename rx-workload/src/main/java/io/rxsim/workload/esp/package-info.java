/**
 * ESP packets (RFC 4303) with AES-GCM (RFC 4106): associations and their keys, the way in and the way out, and generated tunnels.
 *
 * <pre>
 *   SPI 4 | sequence 4 | IV 8 | ciphertext: inner packet, padding, pad length 1, next header 1 | ICV 12 or 16
 *   '---- associated data ---'      '------------------- encrypted, multiple of 4 ---------'
 * </pre>
 */
package io.rxsim.workload.esp;
