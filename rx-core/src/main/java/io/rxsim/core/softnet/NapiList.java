package io.rxsim.core.softnet;

import java.util.Arrays;

/** A list of NAPI instances by number, in order; small, since a CPU owns few. One thread. */
final class NapiList {
    private int[] items = new int[8];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int first() {
        return items[0];
    }

    void add(int napi) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = napi;
    }

    int removeFirst() {
        int napi = items[0];
        size--;
        System.arraycopy(items, 1, items, 0, size);
        return napi;
    }

    void remove(int napi) {
        for (int i = 0; i < size; i++) {
            if (items[i] == napi) {
                size--;
                System.arraycopy(items, i + 1, items, i, size - i);
                return;
            }
        }
    }

    /** Moves everything to the end of another list. */
    void moveTo(NapiList other) {
        for (int i = 0; i < size; i++) {
            other.add(items[i]);
        }
        size = 0;
    }
}
