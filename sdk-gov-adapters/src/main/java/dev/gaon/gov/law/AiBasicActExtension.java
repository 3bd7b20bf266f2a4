package dev.gaon.gov.law;

import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Does what {@link AiBasicAct} says. JUnit makes and owns it. */
final class AiBasicActExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    private static final String CLASSPATH = "classpath:";
    private static final ExtensionContext.Namespace KEPT = ExtensionContext.Namespace.create(AiBasicAct.class);

    /** One assessment of a run; {@code beside} is the test class, as a profile may lie beside it. */
    private record Asked(String profile, @Nullable Class<?> beside, String asOf, List<String> pack) {}

    @Override
    public void beforeAll(ExtensionContext context) {
        check(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        check(context);
    }

    private static void check(ExtensionContext context) {
        AiBasicAct act = on(context).orElse(null);
        if (act == null) {
            return;
        }
        String failure = LawFailure.of(assessment(context, act), act.failOn(), act.undecidedFails());
        if (failure != null) {
            throw new AssertionError(failure);
        }
    }

    private static Optional<AiBasicAct> on(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), AiBasicAct.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Assessment.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
            Optional<AiBasicAct> act = on(at);
            if (act.isPresent()) {
                return assessment(at, act.get());
            }
        }
        throw wrong("@AiBasicAct가 없습니다.", "There is no @AiBasicAct.", null);
    }

    private static Assessment assessment(ExtensionContext context, AiBasicAct act) {
        String name = act.profile();
        boolean relative = name.startsWith(CLASSPATH) && !name.startsWith(CLASSPATH + "/");
        Class<?> test = context.getRequiredTestClass();
        Asked asked = new Asked(name, relative ? test : null, act.asOf(), List.of(act.pack()));
        return context.getRoot()
                .getStore(KEPT)
                .getOrComputeIfAbsent(asked, each -> assess(each, test), Assessment.class);
    }

    private static Assessment assess(Asked asked, Class<?> test) {
        try {
            RulePack pack = RulePack.bundled();
            for (String folder : asked.pack()) {
                pack = pack.with(Path.of(folder));
            }
            return Assessment.of(ServiceProfile.parse(profile(asked.profile(), test)), pack, day(asked.asOf()));
        } catch (IOException e) {
            throw wrong(
                    "프로필을 읽을 수 없습니다: " + asked.profile() + ". 파일은 "
                            + Path.of("").toAbsolutePath() + " 아래에서, classpath: 는 클래스 패스에서 찾습니다.",
                    "The profile cannot be read: " + asked.profile() + ". A file is looked for below "
                            + Path.of("").toAbsolutePath() + ", classpath: on the class path.",
                    e);
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException(
                    "@AiBasicAct(profile = \"" + asked.profile() + "\"): " + e.getMessage(), e);
        }
    }

    private static String profile(String name, Class<?> test) throws IOException {
        if (!name.startsWith(CLASSPATH)) {
            return Files.readString(Path.of(name));
        }
        try (InputStream in = test.getResourceAsStream(name.substring(CLASSPATH.length()))) {
            if (in == null) {
                throw new IOException("not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static LocalDate day(String asOf) {
        try {
            return asOf.isEmpty() ? LocalDate.now(ZoneId.of("Asia/Seoul")) : LocalDate.parse(asOf);
        } catch (DateTimeException e) {
            throw wrong("asOf는 2027-02-28처럼 적습니다: " + asOf + ".", "asOf looks like 2027-02-28: " + asOf + ".", e);
        }
    }

    private static ExtensionConfigurationException wrong(String ko, String en, @Nullable Throwable cause) {
        return new ExtensionConfigurationException(new BilingualText(ko, en).both(), cause);
    }
}
