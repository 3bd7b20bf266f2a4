package dev.gaon.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for {@code sdk-core} alone. */
@AnalyzeClasses(packages = "dev.gaon", importOptions = DoNotIncludeTests.class)
class CoreTest {

    private static final Path CORE = Path.of("../sdk-core");

    private static final DescribedPredicate<JavaClass> CORE_CLASS = describe(
            "are of the core",
            type -> type.getSource()
                    .map(source -> source.getUri().toString().contains("/sdk-core/target/"))
                    .orElse(false));

    @ArchTest
    static void theScanSawIt(JavaClasses scanned) {
        JavaClasses core = scanned.that(CORE_CLASS);
        assertThat(core).hasSizeGreaterThan(120);
        assertThat(core.contain("dev.gaon.Gaon")).isTrue();
    }

    @ArchTest
    static final ArchRule government = noClasses()
            .that(CORE_CLASS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.gaon.gov..")
            .because("rules of a government change by decree, and the core must not change with them");

    /** {@code licence} as the name of a text that is only handed on is no knowledge; a type or a method of it would be. */
    @ArchTest
    static final ArchRule names = noClasses()
            .that(CORE_CLASS)
            .should()
            .haveNameMatching(".*[.$](\\w*[a-z0-9])?"
                    + "(Law|Laws|Legal|Statute|Decree|Licen[cs]e|Kogl|Copyright|Country|Nation|National|Korea|Government|Ministry)"
                    + "([A-Z0-9$].*)?")
            .because("the core knows no law, no licence and no country; those are data, or types of sdk-gov-adapters");

    @ArchTest
    static final ArchRule databind = noClasses()
            .that(CORE_CLASS)
            .and()
            .haveNameNotMatching("dev\\.gaon\\.ErrorBody(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson.databind..")
            .because(
                    "a tree of a reply is built whole before its first word can be read; only errors are small and rare");

    @ArchTest
    static void publicTypesAreFew(JavaClasses scanned) {
        assertThat(scanned.that(CORE_CLASS).stream()
                        .filter(type -> type.isTopLevelClass() && Signatures.isReachable(type)))
                .as("public types of the core, because each is one more that a newcomer must learn and we must keep")
                .extracting(JavaClass::getSimpleName)
                .hasSizeLessThanOrEqualTo(30);
    }

    /** The pool of constants of each class, so what the code says and not what its comments or our documents say. */
    @Test
    void noConstantNamesALawOrALicence() throws IOException {
        Set<String> refused = Set.of(
                "기본법",
                "법률",
                "시행령",
                "저작권",
                "공공누리",
                "대한민국",
                "Basic Act",
                "Republic of Korea",
                "KOGL",
                "CC-BY",
                "Apache-2.0");
        try (Stream<Path> files = Files.walk(CORE.resolve("target/classes"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".class")).toList()) {
                String constants = Files.readString(file, ISO_8859_1);
                assertThat(refused)
                        .as(
                                "constants of %s, because the core knows no law, no licence and no country",
                                file.getFileName())
                        .noneMatch(word -> constants.contains(new String(word.getBytes(UTF_8), ISO_8859_1)));
            }
        }
    }

    @Test
    void filesAreShort() throws IOException {
        try (Stream<Path> files = Files.walk(CORE.resolve("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                List<String> lines = Files.readAllLines(file);
                assertThat(lines.size())
                        .as("lines of %s, because nobody reads a file of more than 500 to its end", file.getFileName())
                        .isLessThanOrEqualTo(500);
            }
        }
    }
}
