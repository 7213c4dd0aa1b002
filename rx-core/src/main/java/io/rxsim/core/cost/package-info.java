/** What each step of the receive path costs on one machine. */
package io.rxsim.core.cost;
