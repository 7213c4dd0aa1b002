package io.rxsim.workload.capture;

/** Link types that can be dissected, by the numbers registered at tcpdump.org. */
final class LinkTypes {
    private static final int[] SUPPORTED = {1, 12, 14, 101, 113, 228, 229, 276};

    private LinkTypes() {}

    static void check(ByteWindow window, long offset, int linkType) throws CaptureException {
        for (int supported : SUPPORTED) {
            if (supported == linkType) {
                return;
            }
        }
        throw window.fault(offset, "link type " + linkType + ", allowed 1, 12, 14, 101, 113, 228, 229, 276");
    }
}
