/** Where application threads run, and when they move. */
package io.rxsim.workload.placement;
