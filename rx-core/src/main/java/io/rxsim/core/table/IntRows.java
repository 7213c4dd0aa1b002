package io.rxsim.core.table;

import java.util.Arrays;

/**
 * A few numbers per flow, side by side, so that one flow's state is one cache line; rows live in pages that are made when
 * first touched, so that a million flows grow it without copying.
 *
 * <p>A field f of a row is {@code page(row)[at(row) + f]}. One thread.
 */
public final class IntRows {
    private static final int PAGE_SHIFT = 10;
    private static final int PAGE_ROWS = 1 << PAGE_SHIFT;
    private static final int PAGE_MASK = PAGE_ROWS - 1;

    private final int[] initial;
    private int[][] pages = new int[16][];

    /** Rows that start as copies of {@code initial}; its length is the width, best a power of two. */
    public IntRows(int... initial) {
        this.initial = initial.clone();
    }

    /** The page of a row, made if need be. */
    public int[] page(int row) {
        final int page = row >>> PAGE_SHIFT;
        if (page < pages.length) {
            final int[] made = pages[page];
            if (made != null) {
                return made;
            }
        }
        return makePage(page);
    }

    /** Where the row begins in its page. */
    public int at(int row) {
        return (row & PAGE_MASK) * initial.length;
    }

    /** One field of a row. */
    public int get(int row, int field) {
        return page(row)[at(row) + field];
    }

    /** Replaces one field of a row. */
    public void set(int row, int field, int value) {
        page(row)[at(row) + field] = value;
    }

    private int[] makePage(int page) {
        if (page >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
        }
        final int[] made = new int[PAGE_ROWS * initial.length];
        for (int at = 0; at < made.length; at += initial.length) {
            System.arraycopy(initial, 0, made, at, initial.length);
        }
        pages[page] = made;
        return made;
    }
}
