package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages under docs/law say what the data says. A page that lags behind is written anew under target. */
class LawPagesTest {

    private static final RulePack PACK = RulePack.bundled();
    private static final Map<String, BilingualText> LAWS = Map.of(
            "ai-basic-act", new BilingualText("인공지능기본법", "AI Basic Act"),
            "personal-information", new BilingualText("개인정보 보호법", "Personal Information Protection Act"),
            "public-ai", new BilingualText("공공AI법", "Public-sector AI act"),
            "administration", new BilingualText("행정기본법", "General act on public administration"),
            "security", new BilingualText("보안 지침과 조달", "Security rules and procurement"),
            "eu", new BilingualText("유럽연합", "European Union"),
            "china", new BilingualText("중국", "China"));

    @ParameterizedTest
    @ValueSource(strings = {"ko", "en"})
    void eachRuleWithItsSources(String language) throws IOException {
        String name = language.equals("ko") ? "rules.md" : "rules.en.md";
        String page = page(Locale.forLanguageTag(language));
        Path fresh = Path.of("target", name);
        Files.writeString(fresh, page);
        assertThat(Path.of("../docs/law", name))
                .as("docs/law/%s lags behind the data: copy sdk-gov-adapters/target/%s there", name, name)
                .content()
                .isEqualTo(page);
    }

    private static String page(Locale locale) {
        boolean ko = locale.getLanguage().equals("ko");
        StringBuilder out = new StringBuilder();
        out.append(
                ko
                        ? "# 규칙마다 근거, 검토 상태, 열린 물음\n\n"
                        : "# Each rule with its sources, review state and open questions\n\n");
        out.append(
                ko
                        ? "자료에서 만든 쪽입니다. 규칙 묶음이 결정하지 않는 것은 [limits.md](limits.md)에 있습니다. 법률 자문이 아닙니다.\n\n"
                        : "Made from the data. What the pack does not decide: [limits.en.md](limits.en.md). No legal advice.\n\n");
        out.append(ko ? "규칙 묶음: " : "Pack: ")
                .append(String.join(", ", PACK.names()))
                .append(", `")
                .append(PACK.digest())
                .append("`\n");
        String law = "";
        for (Rule rule : PACK.rules().stream()
                .sorted(java.util.Comparator.comparing(Rule::law).thenComparing(Rule::id))
                .toList()) {
            if (!rule.law().equals(law)) {
                law = rule.law();
                out.append("\n## ").append(LAWS.get(law).in(locale)).append('\n');
            }
            out.append("\n### ")
                    .append(rule.id())
                    .append(' ')
                    .append(rule.title().in(locale))
                    .append("\n\n");
            for (Rule.Version version : rule.versions()) {
                version(out, version, locale, ko);
            }
        }
        return out.toString();
    }

    private static void version(StringBuilder out, Rule.Version version, Locale locale, boolean ko) {
        out.append(version.from())
                .append(" ~ ")
                .append(version.to() == null ? "" : version.to())
                .append(" · ");
        out.append(version.article().in(locale))
                .append(" · ")
                .append(version.sanction().label().in(locale));
        if (version.grace() != null) {
            out.append(" · ")
                    .append(ko ? "유예 " : "grace ")
                    .append(PACK.graces().get(version.grace()).title().in(locale));
        }
        out.append("\n\n").append(version.duty().in(locale)).append("\n\n");
        out.append(ko ? "- 근거: " : "- sources: ")
                .append(version.sources().stream()
                        .map(source -> source.title().in(locale) + " " + source.locator() + " (" + source.kind() + ", "
                                + source.seen() + ")")
                        .collect(Collectors.joining("; ")))
                .append('\n');
        out.append(ko ? "- 확인 정도: " : "- confidence: ").append(version.confidence());
        out.append(ko ? ", 검토: " : ", review: ")
                .append(version.reviewed() ? ko ? "서명함" : "signed off" : ko ? "초안" : "draft")
                .append('\n');
        version.openQuestions()
                .forEach(each -> out.append(ko ? "- 열린 물음: " : "- open: ")
                        .append(each.in(locale))
                        .append('\n'));
        out.append('\n');
    }
}
