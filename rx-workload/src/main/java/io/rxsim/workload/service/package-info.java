/** How much an application works per packet. */
package io.rxsim.workload.service;
