package io.rxsim.core.run;

import java.util.List;

/** Finds what somebody probably meant, by edit distance. */
public final class NearNames {
    private NearNames() {}

    /** A phrase for the end of an error: the nearest name where one is near, and all that are allowed. */
    public static String hint(String given, List<String> allowed) {
        String nearest = nearest(given, allowed);
        return (nearest == null ? "" : ", did you mean " + nearest + "?") + ", allowed: " + String.join(", ", allowed);
    }

    /** The allowed name within a third of the given one's length (at least two edits), or null. */
    public static String nearest(String given, List<String> allowed) {
        String best = null;
        int bestDistance = Math.max(2, given.length() / 3) + 1;
        for (String name : allowed) {
            int distance = editDistance(given, name);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = name;
            }
        }
        return best;
    }

    /** Levenshtein distance. */
    static int editDistance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitute, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
