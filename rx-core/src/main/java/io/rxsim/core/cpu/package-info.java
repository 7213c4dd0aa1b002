/** CPUs of the modelled machine: masks in the kernel's grammar, topology and distance. */
package io.rxsim.core.cpu;
