/** jcstress tests of what the live engine's threads share, and Lincheck's models of its rings and wake-ups. In the engine's package, whose parts they take. */
package io.rxsim.core.live;
