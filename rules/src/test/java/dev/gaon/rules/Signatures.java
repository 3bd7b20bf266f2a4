package dev.gaon.rules;

import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.langchain4j.Experimental;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a type shows to its users: its parents, and all that its public and protected members name unless experimental. */
final class Signatures {

    /** Public only because packages of the adapters share them; their documentation says that no application needs them. */
    private static final Set<String> SHARED = Set.of("dev.gaon.gov.pack", "dev.gaon.gov.page");

    private Signatures() {}

    static boolean isShared(String packageName) {
        return SHARED.contains(packageName);
    }

    /** Met by a type that shows no type of {@code refused}, not even as a type argument. */
    static ArchCondition<JavaClass> notShow(DescribedPredicate<? super JavaClass> refused) {
        return new ArchCondition<>("not show types that " + refused.getDescription()) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                report(type, "the declaration of " + type.getName(), parents(type), events);
                type.getMembers().stream()
                        .filter(Signatures::isShown)
                        .forEach(member -> report(member, member.getFullName(), types(member), events));
            }

            private void report(Object shown, String name, Stream<JavaType> types, ConditionEvents events) {
                Set<String> found = types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(refused)
                        .map(JavaClass::getName)
                        .collect(toCollection(TreeSet::new));
                if (!found.isEmpty()) {
                    events.add(SimpleConditionEvent.violated(shown, name + " shows " + found));
                }
            }
        };
    }

    /** True of a type that others can name: public, as is all that it is nested in. */
    static boolean isReachable(JavaClass type) {
        Optional<JavaClass> outer = type.getEnclosingClass();
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !isShared(type.getPackageName())
                && outer.map(Signatures::isReachable).orElse(true);
    }

    private static boolean isShown(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && !member.isAnnotatedWith(Experimental.class)
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
    }

    private static Stream<JavaType> parents(JavaClass type) {
        return Stream.of(type.getSuperclass().stream(), type.getInterfaces().stream(), bounds(type.getTypeParameters()))
                .flatMap(types -> types);
    }

    private static Stream<JavaType> types(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(code.getReturnType()),
                        code.getParameterTypes().stream(),
                        code.getThrowsClause().getTypes().stream(),
                        bounds(code.getTypeParameters()))
                .flatMap(types -> types);
    }

    private static Stream<JavaType> bounds(Iterable<? extends JavaTypeVariable<?>> variables) {
        Stream.Builder<JavaType> bounds = Stream.builder();
        variables.forEach(variable -> variable.getUpperBounds().forEach(bounds));
        return bounds.build();
    }
}
