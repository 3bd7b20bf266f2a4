package dev.gaon.gov.law;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a JUnit 5 test class, before its tests, or a test method, where a service does not keep the AI Basic Act. The message
 * names each failing rule, its article and how to comply, Korean first, and the questions still to be answered.
 *
 * <p>The nearest annotation also gives tests, {@code @BeforeEach} methods and constructors their parameter of type
 * {@link Assessment}:
 *
 * <pre>{@code
 * @AiBasicAct(profile = "classpath:/chatbot.json")
 * class ChatbotKeepsTheActTest {
 *     @Test
 *     void told(Assessment assessment) {
 *         assertEquals(Verdict.PASS, assessment.finding("KR-TR-01").verdict());
 *     }
 * }
 * }</pre>
 *
 * <p>Needs {@code org.junit.jupiter:junit-jupiter-api} on the class path, which whoever writes such a test has. Each profile
 * is read and assessed once a run. Rules that a {@link Waiver} of a pack accepts do not fail.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(AiBasicActExtension.class)
public @interface AiBasicAct {

    /** The weakest rule that may fail a test; each includes those before it. */
    enum FailOn {
        /** Rules under a fine of the Act, at once or after an order: {@link Sanction#finable()}. */
        FINE,
        /** Every rule that binds, those of other laws too: {@link Sanction#binding()}. */
        DUTY,
        /** Duties to make an effort, too. */
        EFFORT,
        /** All: recommendations, gates and deeming, too. */
        ANY,
        /** None: the assessment is only handed to the tests. */
        NOTHING
    }

    /**
     * The profile, as {@link ServiceProfile#parse} reads it: {@code classpath:/a/b.json} from the root of the class path,
     * {@code classpath:b.json} beside the test class, else a file, relative to the working directory.
     */
    String profile();

    /** The day whose law counts, such as {@code 2027-02-28}; today in Asia/Seoul if empty. */
    String asOf() default "";

    /** Folders of packs to join with the bundled rules, in this order, as {@link RulePack#with} takes them. */
    String[] pack() default {};

    FailOn failOn() default FailOn.FINE;

    /** True to fail also where a binding rule is undecided: {@link Assessment#undecided()}. */
    boolean undecidedFails() default false;
}
