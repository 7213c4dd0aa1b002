package io.rxsim.core.table;

import java.util.Arrays;

/**
 * One number per flow, in pages that are made when first written: a million flows grow it without copying, and a column that
 * no flow needs costs nothing. One thread.
 */
public final class IntColumn {
    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_SIZE = 1 << PAGE_SHIFT;
    private static final int PAGE_MASK = PAGE_SIZE - 1;

    private final int initial;
    private int[][] pages = new int[16][];

    /** A column in which every flow starts at {@code initial}. */
    public IntColumn(int initial) {
        this.initial = initial;
    }

    /** The number of a flow. */
    public int get(int flow) {
        final int page = flow >>> PAGE_SHIFT;
        if (page >= pages.length || pages[page] == null) {
            return initial;
        }
        return pages[page][flow & PAGE_MASK];
    }

    /** Replaces it. */
    public void set(int flow, int value) {
        final int page = flow >>> PAGE_SHIFT;
        if (page >= pages.length || pages[page] == null) {
            makePage(page);
        }
        pages[page][flow & PAGE_MASK] = value;
    }

    /** Adds one. */
    public void increment(int flow) {
        set(flow, get(flow) + 1);
    }

    private void makePage(int page) {
        if (page >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
        }
        int[] made = new int[PAGE_SIZE];
        if (initial != 0) {
            Arrays.fill(made, initial);
        }
        pages[page] = made;
    }
}
