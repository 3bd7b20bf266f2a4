package dev.gaon;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Says which tool call of one reply each piece belongs to: by index where the server gives one, else by id, else by the
 * name that opens a call, else the call that was last spoken of. Used by one thread.
 */
final class ToolCallPlaces {

    /** Pieces with an index at or beyond this are refused. */
    static final int MOST = 1024;

    /** By the server's index: one more than the place; 0 for an index not seen. */
    private int[] ofIndex = new int[4];

    private String[] ids = new String[4];
    private int[] lists = new int[4];
    private int count;
    private int latest = -1;
    private int list;

    /** A new list of pieces begins: two pieces of one list are of two calls. */
    void list() {
        list++;
    }

    /**
     * @param index as the server gave it; -1 if it gave none
     * @param id null if there is none
     * @param named whether the piece names the tool
     */
    int place(int index, @Nullable String id, boolean named) {
        int place = index < 0 ? withoutIndex(id, named) : withIndex(index, id);
        if (place >= ids.length) {
            ids = Arrays.copyOf(ids, Math.max(place + 1, ids.length * 2));
            lists = Arrays.copyOf(lists, ids.length);
        }
        if (id != null && ids[place] == null) {
            ids[place] = id;
        }
        lists[place] = list;
        count = Math.max(count, place + 1);
        latest = place;
        return place;
    }

    private int withIndex(int index, @Nullable String id) {
        if (index >= ofIndex.length) {
            ofIndex = Arrays.copyOf(ofIndex, Math.max(index + 1, ofIndex.length * 2));
        }
        int place = ofIndex[index] - 1;
        if (place < 0) {
            place = index < count && lists[index] != 0 ? count : index;
        } else if (id != null && ids[place] != null && !ids[place].equals(id)) {
            // A new id at an index that has one already is another call, as from servers that always say index 0.
            int known = byId(id);
            place = known < 0 ? count : known;
        }
        ofIndex[index] = place + 1;
        return place;
    }

    private int withoutIndex(@Nullable String id, boolean named) {
        int place = id != null ? byId(id) : named ? -1 : latest;
        return place < 0 || lists[place] == list ? count : place;
    }

    private int byId(String id) {
        for (int i = 0; i < count; i++) {
            if (id.equals(ids[i])) {
                return i;
            }
        }
        return -1;
    }
}
