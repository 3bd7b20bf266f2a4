package dev.gaon.rules;

import static java.util.stream.Collectors.joining;

import dev.langchain4j.Experimental;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What users of one module can compile against, as sorted text: a change of the API is a change of lines. What is marked
 * {@code @Experimental} is left out; it promises nothing.
 */
final class PublicApi {

    private static final int HIDDEN_MODIFIERS =
            Modifier.SYNCHRONIZED | Modifier.NATIVE | Modifier.STRICT | Modifier.TRANSIENT | Modifier.VOLATILE;

    private PublicApi() {}

    /** @param classes folder that the module is compiled into; its classes are on the class path too */
    static List<String> of(Path classes) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Class<?> type : types(classes)) {
            lines.add(header(type) + " {");
            members(type).sorted().forEach(member -> lines.add("    " + member));
            lines.add("}");
            lines.add("");
        }
        return lines;
    }

    /** The types that other packages can name. */
    static List<Class<?>> types(Path classes) throws IOException {
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                String name = classes.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), ".");
                Class<?> type = load(name.substring(0, name.length() - ".class".length()));
                if (!name.endsWith("-info.class") && isReachable(type)) {
                    types.add(type);
                }
            }
        }
        return types;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " is compiled but not on the class path", e);
        }
    }

    private static boolean isReachable(Class<?> type) {
        if (Signatures.isShared(type.getPackageName())
                || type.isSynthetic()
                || type.isAnonymousClass()
                || type.isLocalClass()) {
            return false;
        }
        Class<?> outer = type.getDeclaringClass();
        return outer == null
                ? Modifier.isPublic(type.getModifiers())
                : isReachable(outer) && isReachable(type.getModifiers(), outer);
    }

    private static boolean isReachable(int modifiers, Class<?> owner) {
        return Modifier.isPublic(modifiers)
                || Modifier.isProtected(modifiers) && !Modifier.isFinal(owner.getModifiers());
    }

    private static String header(Class<?> type) {
        String extended = type.isInterface() || type.isRecord() || type.isEnum()
                ? ""
                : list(" extends ", type.getAnnotatedSuperclass());
        String taken = list(type.isInterface() ? " extends " : " implements ", type.getAnnotatedInterfaces());
        String permitted = type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .map(Class::getName)
                        .sorted()
                        .collect(joining(", ", " permits ", ""))
                : "";
        return annotations(type) + kind(type) + " " + type.getName()
                + variables(type).stripTrailing() + extended + taken + permitted;
    }

    private static String kind(Class<?> type) {
        int implied = type.isInterface() ? Modifier.INTERFACE | Modifier.ABSTRACT | Modifier.STATIC : 0;
        String modifiers = Modifier.toString(type.getModifiers() & ~implied) + (type.isSealed() ? " sealed " : " ");
        String kind = type.isAnnotation()
                ? "@interface"
                : type.isInterface() ? "interface" : type.isRecord() ? "record" : type.isEnum() ? "enum" : "class";
        return modifiers + kind;
    }

    private static Stream<String> members(Class<?> type) {
        Stream<String> fields = Arrays.stream(type.getDeclaredFields())
                .filter(field -> isApi(field))
                .map(field -> start(field) + field.getAnnotatedType() + " " + field.getName());
        Stream<String> makers = Arrays.stream(type.getDeclaredConstructors())
                .filter(maker -> isApi(maker))
                .map(maker -> start(maker) + variables(maker) + "new" + parameters(maker));
        Stream<String> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> isApi(method))
                .map(PublicApi::method);
        return Stream.of(fields, makers, methods).flatMap(members -> members);
    }

    private static <M extends AnnotatedElement & Member> boolean isApi(M member) {
        return !member.isSynthetic()
                && !member.isAnnotationPresent(Experimental.class)
                && isReachable(member.getModifiers(), member.getDeclaringClass());
    }

    private static String method(Method method) {
        return start(method)
                + (method.isDefault() ? "default " : "")
                + variables(method)
                + method.getAnnotatedReturnType()
                + " "
                + method.getName()
                + parameters(method);
    }

    private static <M extends AnnotatedElement & Member> String start(M member) {
        int hidden = member instanceof Field ? 0 : HIDDEN_MODIFIERS;
        String modifiers = Modifier.toString(member.getModifiers() & ~hidden);
        return annotations(member) + modifiers + " ";
    }

    private static String annotations(AnnotatedElement element) {
        return Arrays.stream(element.getDeclaredAnnotations())
                .map(Annotation::toString)
                .sorted()
                .map(annotation -> annotation + " ")
                .collect(joining());
    }

    private static String variables(GenericDeclaration declared) {
        TypeVariable<?>[] variables = declared.getTypeParameters();
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(variable -> variable + list(" extends ", variable.getAnnotatedBounds()))
                        .collect(joining(", ", "<", "> "));
    }

    private static String parameters(Executable executable) {
        String parameters = list("", executable.getAnnotatedParameterTypes());
        String shown = executable.isVarArgs() ? parameters.replaceFirst("\\[]$", "...") : parameters;
        return "(" + shown + ")" + list(" throws ", executable.getAnnotatedExceptionTypes());
    }

    private static String list(String before, AnnotatedType... types) {
        String shown = Arrays.stream(types).map(AnnotatedType::toString).collect(joining(", "));
        return shown.isEmpty() || shown.equals("java.lang.Object") && !before.isEmpty() ? "" : before + shown;
    }
}
