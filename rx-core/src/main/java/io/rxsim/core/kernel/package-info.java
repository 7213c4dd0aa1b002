/** Which kernel's rules are in force, and which are switched off. */
package io.rxsim.core.kernel;
