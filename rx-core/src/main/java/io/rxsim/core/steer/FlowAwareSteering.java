package io.rxsim.core.steer;

/**
 * A policy that is told which flow it is about to steer. For ceilings only: the kernel's policies see nothing but queue
 * and hash, and a policy that is to be compared with them must not implement this.
 */
public interface FlowAwareSteering extends SteeringPolicy {
    /** The next call of {@link #steer} is for this flow. Same thread as {@link #steer}. */
    void onPacket(int flow);
}
