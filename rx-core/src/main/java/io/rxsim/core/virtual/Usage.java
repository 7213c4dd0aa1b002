package io.rxsim.core.virtual;

/** Nanoseconds that one CPU spent per context, counted when a step ends. */
final class Usage {
    long hardirqNs;
    long softirqNs;
    long applicationNs;
}
