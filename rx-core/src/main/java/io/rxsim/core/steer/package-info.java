/** The contract between whoever receives packets and whoever decides where they go. */
package io.rxsim.core.steer;
