package io.modelmonitor.labels;

import com.dynatrace.hash4j.hashing.Hashing;

/**
 * A set of identifiers that can only be counted: of each its XXH3 hash of 64 bits is kept, of which two among ten million are
 * equal with a probability of 3 in a million. 11 to 32 bytes each. Not safe for use by several threads.
 */
final class IdSet {

    /** Open addressing; 0 is a free place. */
    private long[] hashes = new long[16];

    private int size;

    void add(String id) {
        long hash = Hashing.xxh3_64().hashCharsToLong(id);
        add(hash == 0 ? 1 : hash);
    }

    private void add(long hash) {
        int mask = hashes.length - 1;
        int place = (int) hash & mask;
        while (hashes[place] != 0) {
            if (hashes[place] == hash) {
                return;
            }
            place = place + 1 & mask;
        }
        hashes[place] = hash;
        if (++size > hashes.length / 4 * 3) {
            grow();
        }
    }

    private void grow() {
        long[] old = hashes;
        hashes = new long[2 * old.length];
        size = 0;
        for (long hash : old) {
            if (hash != 0) {
                add(hash);
            }
        }
    }

    int size() {
        return size;
    }
}
