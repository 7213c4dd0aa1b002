/** One-idea programs that embed the live host; each is compiled and run by a test. */
package io.rxsim.examples;
