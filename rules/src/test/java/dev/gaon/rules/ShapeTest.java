package dev.gaon.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.gaon.rules.Signatures.notShow;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall.Predicates;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.langchain4j.Experimental;
import java.util.Timer;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;

/** The shape of every published module. */
@AnalyzeClasses(packages = "dev.gaon", importOptions = DoNotIncludeTests.class)
class ShapeTest {

    private static final DescribedPredicate<JavaClass> REACHABLE = describe("users can name", Signatures::isReachable);

    @ArchTest
    static void theScanSawThem(JavaClasses scanned) {
        assertThat(scanned.stream().filter(REACHABLE)).hasSizeGreaterThan(30);
        assertThat(scanned).hasSizeGreaterThan(120);
    }

    @ArchTest
    static final ArchRule names = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Utils?|Manager|Helper|Async)(\\$.*)?")
            .because("such a name says nothing, and an Async twin misses what is fixed in the other");

    @ArchTest
    static final ArchRule packages = noClasses()
            .should()
            .resideInAnyPackage("..internal..", "..impl..", "..util..", "..utils..", "..misc..", "..common..")
            .because("what others must not reach is package-private, and a drawer for the rest only grows");

    @ArchTest
    static final ArchRule cycles = slices().matching("dev.(**)")
            .should()
            .beFreeOfCycles()
            .because("packages that need each other are one package");

    @ArchTest
    static final ArchRule libraries = classes()
            .that(REACHABLE)
            .should(notShow(resideInAnyPackage(
                    "com.fasterxml..", "okhttp3..", "okio..", "kotlin..", "io.github.resilience4j..", "org.apache..")))
            .because("a library in our signatures is one that we can neither replace nor update alone");

    @ArchTest
    static final ArchRule experiments = classes()
            .that(REACHABLE)
            .should(notShow(describe(
                    "are marked @Experimental",
                    type -> type.isAnnotatedWith(Experimental.class)
                            || type.getPackage().isAnnotatedWith(Experimental.class))))
            .because(
                    "LangChain4j may change what it marks @Experimental in any release; our API breaks with it unless marked too");

    @ArchTest
    static final ArchRule threads = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.gaon.CallThreads")
            .and()
            .doNotHaveFullyQualifiedName("dev.gaon.gov.corpus.Duck")
            .should()
            .callCodeUnitWhere(Predicates.target(describe("start threads", target -> {
                JavaClass owner = target.getOwner();
                return owner.isEquivalentTo(Executors.class)
                        || target.getName().equals("<init>")
                                && (owner.isAssignableTo(Thread.class)
                                        || owner.isAssignableTo(Timer.class)
                                        || owner.isAssignableTo(ThreadPoolExecutor.class)
                                        || owner.isAssignableTo(ForkJoinPool.class));
            })))
            .because("a thread that is no daemon keeps its user's program from ending, and these two make daemons");

    @ArchTest
    static final ArchRule threadTypes = noClasses()
            .should()
            .beAssignableTo(Thread.class)
            .because("a thread that CallThreads did not make may keep its user's program from ending");
}
