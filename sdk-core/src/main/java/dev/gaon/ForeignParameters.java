package dev.gaon;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Request parameters of another provider's class: what it adds to the common fields must not be dropped in silence. */
final class ForeignParameters {

    private ForeignParameters() {}

    /** @throws dev.langchain4j.exception.UnsupportedFeatureException that names the added fields that are set */
    static void check(ChatRequestParameters parameters) {
        Class<?> type = parameters.getClass();
        if (type == GaonParameters.class || type == DefaultChatRequestParameters.class) {
            return;
        }
        Set<String> set = new TreeSet<>();
        for (Method method : type.getMethods()) {
            if (isAdded(method) && isSet(method, parameters)) {
                set.add(method.getName());
            }
        }
        if (!set.isEmpty()) {
            String names = String.join(", ", set);
            throw CallFailure.kind("unsupported")
                    .phase("configure")
                    .message(
                            type.getName() + "의 " + names + " 항목은 Gaon이 보낼 수 없습니다.",
                            "Gaon cannot send what " + type.getName() + " sets in " + names + ".")
                    .fix(
                            "그 항목을 빼거나 GaonParameters.extraBody를 쓰세요. 아무것도 보내지 않았습니다.",
                            "Leave it out or use GaonParameters.extraBody. Nothing was sent.")
                    .build()
                    .toException();
        }
    }

    /** A reader of a field that the common parameters do not have. */
    private static boolean isAdded(Method method) {
        if (method.getParameterCount() > 0
                || method.getReturnType() == void.class
                || Modifier.isStatic(method.getModifiers())
                || method.getName().equals("toBuilder")) {
            return false;
        }
        for (Class<?> common : new Class<?>[] {DefaultChatRequestParameters.class, ChatRequestParameters.class}) {
            try {
                common.getMethod(method.getName());
                return false;
            } catch (NoSuchMethodException e) {
                // Not of this class.
            }
        }
        return true;
    }

    /** A field that cannot be read counts as set. */
    private static boolean isSet(Method method, ChatRequestParameters parameters) {
        Object value;
        try {
            method.trySetAccessible();
            value = method.invoke(parameters);
        } catch (IllegalAccessException | InvocationTargetException e) {
            return true;
        }
        Class<?> type = method.getReturnType();
        if (type.isPrimitive()) {
            return !value.equals(Array.get(Array.newInstance(type, 1), 0));
        }
        boolean empty = value == null
                || (value instanceof Collection<?> many && many.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
        return !empty;
    }
}
