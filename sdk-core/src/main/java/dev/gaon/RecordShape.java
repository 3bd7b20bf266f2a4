package dev.gaon;

import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.langchain4j.model.output.structured.Description;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record type as a JSON schema, and JSON of that schema as a record.
 *
 * <p>Knows strings, numbers, booleans, {@link LocalDate}, enums, records and lists of these. Null and missing fields are
 * null, and so is an empty text where something else than text belongs.
 */
final class RecordShape<T extends Record> {

    private static final Map<Class<?>, Class<?>> BOXES = Map.of(
            int.class, Integer.class,
            long.class, Long.class,
            double.class, Double.class,
            boolean.class, Boolean.class);
    private static final Set<Class<?>> WHOLE = Set.of(Integer.class, Long.class, BigInteger.class);
    private static final Set<Class<?>> NUMBERS = Set.of(Double.class, BigDecimal.class);

    private final Class<T> type;
    private final JsonObjectSchema schema;

    /** @throws dev.langchain4j.exception.UnsupportedFeatureException that names the component it cannot ask for */
    RecordShape(Class<T> type) {
        this.type = type;
        this.schema = object(type, null, type.getSimpleName(), new HashSet<>());
    }

    JsonObjectSchema schema() {
        return schema;
    }

    private static JsonObjectSchema object(
            Class<?> type, @Nullable String description, String place, Set<Class<?>> around) {
        if (!around.add(type)) {
            throw unsupported(place, "자기 자신을 담는 레코드입니다", "the record holds itself");
        }
        maker(type, place);
        JsonObjectSchema.Builder object =
                JsonObjectSchema.builder().description(description == null ? description(type) : description);
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            object.addProperty(
                    name, element(component.getGenericType(), description(type, name), place + "." + name, around));
        }
        around.remove(type);
        return object.build();
    }

    private static JsonSchemaElement element(
            Type declared, @Nullable String description, String place, Set<Class<?>> around) {
        if (declared instanceof ParameterizedType list && list.getRawType() == List.class) {
            return JsonArraySchema.builder()
                    .description(description)
                    .items(element(list.getActualTypeArguments()[0], null, place + "[]", around))
                    .build();
        }
        Class<?> type = boxed(declared);
        if (type == String.class) {
            return JsonStringSchema.builder().description(description).build();
        } else if (type == LocalDate.class) {
            String form = "YYYY-MM-DD";
            return JsonStringSchema.builder()
                    .description(description == null ? form : description + " (" + form + ")")
                    .build();
        } else if (type == Boolean.class) {
            return JsonBooleanSchema.builder().description(description).build();
        } else if (WHOLE.contains(type)) {
            return JsonIntegerSchema.builder().description(description).build();
        } else if (NUMBERS.contains(type)) {
            return JsonNumberSchema.builder().description(description).build();
        } else if (type.isEnum()) {
            return JsonEnumSchema.builder()
                    .description(description)
                    .enumValues(Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .toList())
                    .build();
        } else if (type.isRecord()) {
            return object(type, description, place, around);
        }
        throw unsupported(
                place,
                declared.getTypeName() + "은(는) 물을 수 없는 형입니다",
                declared.getTypeName() + " is no type that can be asked for");
    }

    private static Class<?> boxed(Type declared) {
        return declared instanceof Class<?> type ? BOXES.getOrDefault(type, type) : Object.class;
    }

    private static @Nullable String description(Class<?> type, String component) {
        try {
            return description(type.getDeclaredField(component));
        } catch (NoSuchFieldException e) {
            return null;
        }
    }

    private static @Nullable String description(AnnotatedElement described) {
        Description description = described.getAnnotation(Description.class);
        return description == null ? null : String.join(" ", description.value());
    }

    private static Constructor<?> maker(Class<?> type, String place) {
        try {
            Constructor<?> maker = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            maker.setAccessible(true);
            return maker;
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw unsupported(
                    place,
                    type.getSimpleName() + "의 생성자를 부를 수 없습니다. 그 패키지를 dev.gaon 모듈에 여세요(opens)",
                    "the constructor of " + type.getSimpleName()
                            + " cannot be called; open its package to the module dev.gaon");
        }
    }

    private static CallFailure unsupported(String place, String ko, String en) {
        return CallFailure.kind("unsupported")
                .phase("configure")
                .message(
                        "레코드를 채울 수 없습니다: " + place + ": " + ko + ".",
                        "Cannot fill the record: " + place + ": " + en + ".")
                .fix(
                        "String, 숫자, boolean, LocalDate, enum, 레코드, 그 List만 쓰세요. 아무것도 보내지 않았습니다.",
                        "Use String, numbers, boolean, LocalDate, enums, records and Lists of these. Nothing was sent.")
                .build();
    }

    /**
     * What a JSON object says.
     *
     * @throws CallFailure {@code malformed-reply} that names the place; the value is not repeated, as it is of a document
     */
    T read(String json) {
        Object tree;
        try {
            tree = JsonTree.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unfit(type.getSimpleName(), "JSON이 아닙니다", "it is no JSON");
        }
        Object value = value(type, tree, type.getSimpleName());
        if (value == null) {
            throw unfit(type.getSimpleName(), "비어 있습니다", "it is empty");
        }
        return type.cast(value);
    }

    private static @Nullable Object value(Type declared, @Nullable Object json, String place) {
        if (json == null || (json.equals("") && declared != String.class)) {
            if (declared instanceof Class<?> type && type.isPrimitive()) {
                throw unfit(
                        place,
                        "값이 없습니다. 없을 수 있는 값은 " + boxed(type).getSimpleName() + "로 받으세요",
                        "there is no value; take one that may be missing as "
                                + boxed(type).getSimpleName());
            }
            return null;
        }
        if (declared instanceof ParameterizedType list) {
            return list(list.getActualTypeArguments()[0], json, place);
        }
        Class<?> type = boxed(declared);
        if (type.isRecord()) {
            return record(type, json, place);
        } else if (type == String.class && !(json instanceof Map<?, ?>) && !(json instanceof List<?>)) {
            return json.toString();
        } else if (type == Boolean.class && json instanceof Boolean) {
            return json;
        } else if (json instanceof String text && type == LocalDate.class) {
            return date(text, place);
        } else if (json instanceof String text && type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(text)) {
                    return constant;
                }
            }
        } else if ((json instanceof Number || json instanceof String)
                && (WHOLE.contains(type) || NUMBERS.contains(type))) {
            return number(type, json.toString(), place);
        }
        throw unfit(place, type.getSimpleName() + " 값이 아닙니다", "it is no " + type.getSimpleName());
    }

    private static List<@Nullable Object> list(Type of, Object json, String place) {
        if (!(json instanceof List<?> elements)) {
            throw unfit(place, "목록이 아닙니다", "it is no list");
        }
        List<@Nullable Object> out = new ArrayList<>(elements.size());
        for (Object element : elements) {
            out.add(value(of, element, place + "[" + out.size() + "]"));
        }
        return Collections.unmodifiableList(out);
    }

    private static Object record(Class<?> type, Object json, String place) {
        if (!(json instanceof Map<?, ?> fields)) {
            throw unfit(place, "객체가 아닙니다", "it is no object");
        }
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            values[i] = value(components[i].getGenericType(), fields.get(name), place + "." + name);
        }
        try {
            return maker(type, place).newInstance(values);
        } catch (InvocationTargetException e) {
            String why = e.getTargetException().getClass().getSimpleName();
            throw unfit(place, "레코드의 생성자가 거절했습니다(" + why + ")", "the record's constructor refused it (" + why + ")");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record has no constructor that can be called", e);
        }
    }

    private static LocalDate date(String text, String place) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw unfit(place, "2026-01-31 같은 날짜가 아닙니다", "it is no date like 2026-01-31");
        }
    }

    private static Object number(Class<?> type, String text, String place) {
        try {
            BigDecimal number = new BigDecimal(text.strip());
            if (Math.abs((long) number.scale()) > 1_000 || number.precision() > 1_000) {
                throw new ArithmeticException("too long a number to be of a document");
            }
            if (type == BigDecimal.class) {
                return number;
            } else if (type == BigInteger.class) {
                return number.toBigIntegerExact();
            } else if (type == Integer.class) {
                return number.intValueExact();
            } else if (type == Long.class) {
                return number.longValueExact();
            }
            return number.doubleValue();
        } catch (ArithmeticException | NumberFormatException e) {
            throw unfit(place, type.getSimpleName() + "로 나타낼 수 없습니다", "it cannot be held by " + type.getSimpleName());
        }
    }

    private static CallFailure unfit(String place, String ko, String en) {
        return CallFailure.kind("malformed-reply")
                .phase("reply")
                .sent(true)
                .message(
                        "읽어 낸 값이 레코드에 맞지 않습니다: " + place + ": " + ko + ".",
                        "What was read does not fit the record: " + place + ": " + en + ".")
                .fix(
                        "레코드의 형을 바꾸거나 @Description으로 무엇을 어떤 꼴로 받을지 적으세요.",
                        "Change the record's type, or say with @Description what is wanted and in which form.")
                .build();
    }
}
