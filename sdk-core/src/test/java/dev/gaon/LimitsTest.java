package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every limit has an accessor, a method that changes it alone, a floor, and a part in equality and text. */
class LimitsTest {

    static Stream<Method> withers() {
        return Stream.of(Limits.class.getMethods()).filter(m -> m.getName().startsWith("with"));
    }

    private static String limit(Method wither) {
        String name = wither.getName();
        return Character.toLowerCase(name.charAt(4)) + name.substring(5);
    }

    private static Map<String, Object> values(Limits limits) throws ReflectiveOperationException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Method wither : withers().toList()) {
            values.put(limit(wither), Limits.class.getMethod(limit(wither)).invoke(limits));
        }
        return values;
    }

    private static Object of(Class<?> type, int value) {
        return type == Duration.class ? Duration.ofNanos(value) : type == long.class ? (Object) (long) value : value;
    }

    @Test
    void thereAreTwelve() {
        assertThat(withers()).hasSize(12);
        assertThat(Limits.class.getConstructors()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("withers")
    void changesOneAlone(Method wither) throws ReflectiveOperationException {
        Object seven = of(wither.getParameterTypes()[0], 7);
        Map<String, Object> expected = values(Limits.DEFAULT);
        expected.put(limit(wither), seven);

        Limits changed = (Limits) wither.invoke(Limits.DEFAULT, seven);
        assertThat(values(changed)).isEqualTo(expected);
        assertThat(changed)
                .isNotEqualTo(Limits.DEFAULT)
                .isEqualTo(wither.invoke(Limits.DEFAULT, seven))
                .hasSameHashCodeAs(wither.invoke(Limits.DEFAULT, seven));
        assertThat(changed.toString()).contains(limit(wither) + "=" + seven);
    }

    @ParameterizedTest
    @MethodSource("withers")
    void refusesWhatIsBelowItsFloor(Method wither) throws ReflectiveOperationException {
        boolean mayBeNone = wither.getName().equals("withQueuedCalls");
        if (mayBeNone) {
            assertThat(wither.invoke(Limits.DEFAULT, 0)).isNotEqualTo(Limits.DEFAULT);
        }
        Object tooLittle = of(wither.getParameterTypes()[0], mayBeNone ? -1 : 0);
        assertThatThrownBy(() -> wither.invoke(Limits.DEFAULT, tooLittle))
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Limits." + limit(wither));
    }

    @Test
    void saysWhatHolds() {
        assertThat(Limits.DEFAULT)
                .hasToString("Limits[connect=PT5S, firstToken=PT1M30S, betweenTokens=PT30S, total=PT10M,"
                        + " eventBytes=1048576, replyBytes=67108864, inflationRatio=100, jsonDepth=64,"
                        + " concurrentCalls=10240, queuedCalls=10240, attempts=3, retryAfterCap=PT1M]");
    }
}
