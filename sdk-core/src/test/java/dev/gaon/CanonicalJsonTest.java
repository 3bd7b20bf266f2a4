package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Cases of RFC 8785, as far as records need them. */
class CanonicalJsonTest {

    private static String write(Object value) {
        SortedMap<String, Object> map = new TreeMap<>();
        map.put("v", value);
        return CanonicalJson.write(map);
    }

    @Test
    void stringsOfSection3222() {
        assertThat(write("€$" + (char) 15 + "\nA'B\"\\\\\"/"))
                .isEqualTo("{\"v\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
        assertThat(write("\b\t\n\f\r\0" + (char) 31 + (char) 127 + (char) 0x2028))
                .isEqualTo("{\"v\":\"\\b\\t\\n\\f\\r\\u0000\\u001f" + (char) 127 + (char) 0x2028 + "\"}");
    }

    @Test
    void namesSortByCodeUnitsAsInSection323() {
        SortedMap<String, Object> map = new TreeMap<>();
        for (String name : new String[] {"\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"}) {
            map.put(name, 0);
        }
        String text = CanonicalJson.write(map);
        assertThat(text)
                .isEqualTo(
                        "{\"\\r\":0,\"1\":0,\"\u0080\":0,\"\u00f6\":0,\"\u20ac\":0,\"\ud83d\ude00\":0,\"\ufb33\":0}");
    }

    @Test
    void literalsNumbersAndNesting() {
        List<Object> list = new ArrayList<>(List.of(true, false, 0, -1, Integer.MAX_VALUE, 1L << 40));
        list.add(null);
        list.add(new TreeMap<>());
        list.add(List.of());
        assertThat(write(list)).isEqualTo("{\"v\":[true,false,0,-1,2147483647,1099511627776,null,{},[]]}");
        assertThat(CanonicalJson.write(new TreeMap<>())).isEqualTo("{}");
    }

    @Test
    void aHalfCharacterIsReplacedAndAWholeOneKept() {
        assertThat(write("a\ud83d")).isEqualTo("{\"v\":\"a\ufffd\"}");
        assertThat(write("\ude00\ud83d")).isEqualTo("{\"v\":\"\ufffd\ufffd\"}");
        assertThat(write("\ud83d\ude00\ude00")).isEqualTo("{\"v\":\"\ud83d\ude00\ufffd\"}");
    }

    @Test
    void whatHasNoOneFormIsRefused() {
        assertThatThrownBy(() -> write(1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(new java.util.HashMap<>())).isInstanceOf(IllegalArgumentException.class);
    }
}
