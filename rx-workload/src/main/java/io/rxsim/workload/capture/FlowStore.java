package io.rxsim.workload.capture;

import java.util.Arrays;

/**
 * Fixed-size records of flows in pages that are added and never copied: 32 bytes per flow, and 32 more for the addresses of an
 * IPv6 flow, which lie apart and are reused. One thread.
 */
final class FlowStore {
    /** Fields of a flow: IPv4 addresses, or in the lower one the number of the IPv6 addresses. */
    static final int LOWER_ADDRESS = 0;

    static final int UPPER_ADDRESS = 1;
    static final int WORD = 2;

    /** The bits of {@link SortedTuple#meta}, and {@link #FIRST_SWAPPED}. */
    static final int META = 3;

    static final int HASH = 4;

    /** Neighbours in the list from the most to the least recently seen flow; before there is one, a stamp in both. */
    static final int NEWER = 5;

    static final int OLDER = 6;
    static final int GENERATION = 7;

    /** Bit of META: the flow's first packet went from its upper endpoint to its lower. */
    static final int FIRST_SWAPPED = 1 << 12;

    private static final int FIELDS_SHIFT = 3;
    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;
    private static final int ADDRESS_LONGS_SHIFT = 2;
    private static final int ADDRESS_PAGE_SHIFT = 10;
    private static final int ADDRESS_PAGE_MASK = (1 << ADDRESS_PAGE_SHIFT) - 1;
    private static final int NONE = -1;

    private int[][] pages = new int[4][];
    private long[][] addressPages = new long[4][];
    private int addresses;
    private int firstFree = NONE;

    /** Makes room for flow {@code id}, the next one after those that have room. */
    void reserve(int id) {
        int page = id >>> PAGE_SHIFT;
        if (page == pages.length) {
            pages = Arrays.copyOf(pages, page * 2);
        }
        if (pages[page] == null) {
            pages[page] = new int[1 << (PAGE_SHIFT + FIELDS_SHIFT)];
        }
    }

    int get(int id, int field) {
        return pages[id >>> PAGE_SHIFT][(id & PAGE_MASK) << FIELDS_SHIFT | field];
    }

    void set(int id, int field, int value) {
        pages[id >>> PAGE_SHIFT][(id & PAGE_MASK) << FIELDS_SHIFT | field] = value;
    }

    /** Writes the key of a flow. */
    void put(int id, SortedTuple key) {
        set(id, META, key.meta | (key.swapped ? FIRST_SWAPPED : 0));
        set(id, HASH, key.hash);
        set(id, WORD, key.word);
        if (key.isIpv6()) {
            set(id, LOWER_ADDRESS, addIpv6(key));
        } else {
            set(id, LOWER_ADDRESS, (int) key.lowerLow);
            set(id, UPPER_ADDRESS, (int) key.upperLow);
        }
    }

    /** Frees what the key of a flow occupies outside its record. */
    void remove(int id) {
        if (isIpv6(id)) {
            int number = get(id, LOWER_ADDRESS);
            addressPages[number >>> ADDRESS_PAGE_SHIFT][addressIndex(number)] = firstFree;
            firstFree = number;
        }
    }

    boolean matches(int id, SortedTuple key) {
        int[] page = pages[id >>> PAGE_SHIFT];
        int at = (id & PAGE_MASK) << FIELDS_SHIFT;
        if (page[at | HASH] != key.hash || page[at | WORD] != key.word) {
            return false;
        }
        if ((page[at | META] & ~FIRST_SWAPPED) != key.meta) {
            return false;
        }
        if (key.isIpv6()) {
            return ipv6Matches(page[at | LOWER_ADDRESS], key);
        }
        return page[at | LOWER_ADDRESS] == (int) key.lowerLow && page[at | UPPER_ADDRESS] == (int) key.upperLow;
    }

    boolean isIpv6(int id) {
        return (get(id, META) & SortedTuple.IPV6) != 0;
    }

    /** Upper 64 bits of an IPv6 endpoint; 0 for IPv4. */
    long addressHigh(int id, boolean upper) {
        return isIpv6(id) ? ipv6Part(get(id, LOWER_ADDRESS), upper ? 2 : 0) : 0;
    }

    /** Lower 64 bits of an IPv6 endpoint, or the 32 of an IPv4 one. */
    long addressLow(int id, boolean upper) {
        return isIpv6(id)
                ? ipv6Part(get(id, LOWER_ADDRESS), upper ? 3 : 1)
                : get(id, upper ? UPPER_ADDRESS : LOWER_ADDRESS) & 0xffff_ffffL;
    }

    private int addIpv6(SortedTuple key) {
        int number = firstFree;
        if (number == NONE) {
            number = addresses++;
            int page = number >>> ADDRESS_PAGE_SHIFT;
            if (page == addressPages.length) {
                addressPages = Arrays.copyOf(addressPages, page * 2);
            }
            if (addressPages[page] == null) {
                addressPages[page] = new long[1 << (ADDRESS_PAGE_SHIFT + ADDRESS_LONGS_SHIFT)];
            }
        } else {
            firstFree = (int) ipv6Part(number, 0);
        }
        long[] page = addressPages[number >>> ADDRESS_PAGE_SHIFT];
        int at = addressIndex(number);
        page[at] = key.lowerHigh;
        page[at + 1] = key.lowerLow;
        page[at + 2] = key.upperHigh;
        page[at + 3] = key.upperLow;
        return number;
    }

    private boolean ipv6Matches(int number, SortedTuple key) {
        long[] page = addressPages[number >>> ADDRESS_PAGE_SHIFT];
        int at = addressIndex(number);
        return page[at] == key.lowerHigh
                && page[at + 1] == key.lowerLow
                && page[at + 2] == key.upperHigh
                && page[at + 3] == key.upperLow;
    }

    private long ipv6Part(int number, int part) {
        return addressPages[number >>> ADDRESS_PAGE_SHIFT][addressIndex(number) + part];
    }

    private static int addressIndex(int number) {
        return (number & ADDRESS_PAGE_MASK) << ADDRESS_LONGS_SHIFT;
    }
}
