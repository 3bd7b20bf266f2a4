package dev.gaon.gov.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.label.LabelReport.Reach;
import dev.gaon.gov.label.LabelReport.Verdict;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextLabelTest {

    private static final String WORDING = "인공지능 생성물 / AI-generated content";

    private static final AiLabel LABEL = AiLabel.of("solar-open2")
            .withProvider("업스테이지 <\"'&--*/?>")
            .withCreatedAt(Instant.parse("2026-11-22T00:00:00Z"))
            .withAigc(true);

    @TempDir
    Path folder;

    @Test
    void plainTextStartsWithALine() {
        LabeledText labelled = LABEL.withAigc(false).text("가나다\n");

        assertThat(labelled.text()).isEqualTo("[" + WORDING + " | solar-open2]\n\n가나다\n");
        assertThat(labelled.report().has(Reach.HUMAN)).isTrue();
        assertThat(labelled.report().finding("kr-export-general").orElseThrow().verdict())
                .isEqualTo(Verdict.YES);
        assertThat(labelled.report().finding("kr-export-deepfake").orElseThrow().verdict())
                .isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(labelled.report().finding("eu-50-2").orElseThrow().verdict()).isEqualTo(Verdict.NO);
    }

    @Test
    void aHeadlineIsNoLabel() throws Exception {
        Path news = Samples.file(folder, "news.txt", "[인공지능 생성물] 표시 의무가 시작된다\n본문\n");

        assertThat(AiLabel.verify(news).labelled()).isFalse();
    }

    @Test
    void anOwnWordingIsKnownToItsLabel() throws Exception {
        AiLabel own = AiLabel.of().withText("AI가 쓴 글", "");
        Path out = folder.resolve("b.txt");
        own.write(Samples.file(folder, "a.txt", "본문"), out);

        assertThat(own.find(out).has(Reach.HUMAN)).isTrue();
        assertThat(AiLabel.verify(out).labelled()).isFalse();
    }

    @Test
    void markdownKeepsItsFrontMatterFirst() {
        LabeledText labelled = LABEL.markdown("---\ntitle: 글\n---\n# 제목\n");

        assertThat(labelled.text()).startsWith("---\ntitle: 글\n---\n> ").endsWith("\n\n# 제목\n");
        assertThat(labelled.report().marks())
                .extracting(LabelReport.Mark::standard)
                .containsExactlyInAnyOrder("statement", "aigc", "digital-source-type", "wording");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>t</title></head><body><h1>x</h1></body></html>",
                "<html><body><!-- <body> --><p>x",
                "<p>조각</p>",
                "그냥 글",
                "<head><script>var a = '<body>';</script></head><p>x</p>",
                "\ufeff<!doctype html>\r\n<title>t</title>\r\n<p>x</p>\r\n"
            })
    void htmlIsLabelledWhereParsersFindIt(String html) {
        LabeledText labelled = LABEL.html(html);

        assertThat(labelled.text().startsWith("\ufeff")).isEqualTo(html.startsWith("\ufeff"));
        Document page = Jsoup.parse(labelled.text().replace("\ufeff", ""));
        assertThat(page.body().child(0).text()).isEqualTo(WORDING);
        assertThat(page.select("meta[name=digital-source-type]").attr("content"))
                .isEqualTo("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia");
        assertThat(page.select("script[type=application/ld+json]").html()).contains("\"digitalSourceType\"");
        page.select(".ai-label, meta[name~=ai-label|AIGC|digital-source-type], script[data-ai-label]")
                .remove();
        assertThat(page.text())
                .isEqualTo(Jsoup.parse(html.replace("\ufeff", "")).text());
        assertThat(labelled.report().has(Reach.HUMAN)).isTrue();
    }

    @Test
    void aParagraphThatIsHiddenDoesNotCount() {
        String hidden = LABEL.html("<p>x</p>").text().replace("class=\"ai-label\"", "class=\"ai-label\" hidden");

        LabeledText again = LABEL.html(hidden);

        assertThat(again.report().alreadyLabelled()).isFalse();
        assertThat(Jsoup.parse(again.text()).select("meta[name=ai-label]")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":1.10,\"b\":[1e400,\"\\u00e9\"]}", "[]", "\"글\"", " 12345678901234567890.000 ", "null"})
    void jsonKeepsEveryDigitInAnEnvelope(String json) throws Exception {
        LabeledText labelled = LABEL.json(json);

        assertThat(labelled.text()).endsWith("\"content\": " + json.strip() + "}\n");
        JsonNode tree = Statement.JSON.readTree(labelled.text());
        assertThat(tree.path("aiLabel").path("sourceType").asText())
                .isEqualTo("http://c2pa.org/digitalsourcetype/trainedAlgorithmicData");
        assertThat(tree.path("AIGC").path("Label").asText()).isEqualTo("1");
        assertThat(labelled.report().has(Reach.HUMAN)).isFalse();
    }

    @Test
    void anEnvelopeIsNotPutIntoAnother() throws Exception {
        String once = LABEL.withAigc(false).json("[1.0]").text();

        LabeledText twice = LABEL.json(once);

        assertThat(twice.report().alreadyLabelled()).isFalse();
        assertThat(Statement.JSON.readTree(twice.text()).path("content").toString())
                .isEqualTo("[1.0]");
        assertThat(LABEL.json(twice.text()).report().alreadyLabelled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1", "1 2", "", "{\"a\":1}}", "nul"})
    void brokenJsonIsRefused(String json) {
        assertThatThrownBy(() -> LABEL.json(json)).isInstanceOf(LabelException.class);
    }

    @Test
    void csvGetsColumnsAtItsRightEnd() {
        LabeledText labelled = LABEL.withAigc(false).csv("이름,말\r\n가,\"a, \"\"b\"\"\r\nc\"\r\n나,\r\n");

        String columns = "," + WORDING + ",http://c2pa.org/digitalsourcetype/trainedAlgorithmicData";
        assertThat(labelled.text())
                .isEqualTo("이름,말,ai_label,digital_source_type\r\n가,\"a, \"\"b\"\"\r\nc\"" + columns + "\r\n나," + columns
                        + "\r\n");
        assertThat(labelled.report().has(Reach.HUMAN)).isTrue();
        assertThat(LABEL.withAigc(false).csv(labelled.text()).report().alreadyLabelled())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b\n1\n", "a,\"b\n1,2\n", "a,b\n"})
    void aTableWithoutARegularShapeIsRefused(String csv) {
        assertThatThrownBy(() -> LABEL.csv(csv)).isInstanceOf(LabelException.class);
    }

    @Test
    void aRowThatLostItsLabelIsSeen() throws Exception {
        String cut = LABEL.csv("a,b\n1,2\n3,4\n").text().replaceFirst("인공지능 생성물[^,]*(?=,[^,]*,[^\n]*\n$)", "");

        assertThat(AiLabel.verify(Samples.file(folder, "t.csv", cut)).has(Reach.HUMAN))
                .isFalse();
    }

    @Test
    void javaStillCompiles() throws Exception {
        Path out = folder.resolve("Hello.java");
        Path in = Files.createDirectory(folder.resolve("in")).resolve("Hello.java");
        Files.writeString(in, "class Hello { String s = \"*/\"; }\n");

        LABEL.write(in, out);

        assertThat(Files.readString(out)).startsWith("// " + WORDING + "\n// ai-label: {");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-encoding", "UTF-8", "-d", folder.toString(), out.toString()))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"sh, bash", "py, python3", "pl, perl"})
    void aScriptStillRunsAndKeepsItsFirstLine(String extension, String program) throws Exception {
        Path in = Samples.file(
                folder,
                "a." + extension,
                "#!/usr/bin/env " + program + "\n"
                        + (extension.equals("sh") ? "echo 12" : extension.equals("py") ? "print(12)" : "print 12")
                        + "\n");
        Path out = folder.resolve("b." + extension);

        LABEL.write(in, out);

        assertThat(Files.readString(out)).startsWith("#!/usr/bin/env " + program + "\n# " + WORDING);
        Process process = new ProcessBuilder(program, out.toString()).start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("12");
    }

    @ParameterizedTest
    @CsvSource({
        "py, '# -*- coding: utf-8 -*-', '# '",
        "xml, '<?xml version=\"1.0\"?>', '<!-- '",
        "php, '<?php', '// '",
        "css, '@charset \"utf-8\";', '/* '",
        "dockerfile, '# syntax=docker/dockerfile:1', '# '"
    })
    void whatALanguageWantsFirstStaysFirst(String extension, String first, String open) {
        LabeledText labelled = LABEL.code(first + "\nrest", extension);

        assertThat(labelled.text()).startsWith(first + "\n" + open + WORDING).endsWith("\nrest");
        assertThat(labelled.report().kind()).isEqualTo("code");
        assertThat(LABEL.code(labelled.text(), extension).text()).isEqualTo(labelled.text());
    }

    @Test
    void nothingInACommentEndsIt() throws Exception {
        for (String extension : new String[] {"xml", "css", "php"}) {
            String labelled = AiLabel.of()
                    .withText("AI --> */ ?> 생성물", "")
                    .withProvider("--> */ ?>")
                    .code((extension.equals("php") ? "<?php\n" : "") + "<a/>", extension)
                    .text();

            String head = labelled.substring(labelled.indexOf("생성물"), labelled.indexOf("<a/>"));
            assertThat(head.replaceAll("-->\\n|\\*/\\n", "")).doesNotContain("-->", "*/", "?>");
        }
    }

    @Test
    void codeWithoutASafePlaceIsRefused() {
        assertThatThrownBy(() -> LABEL.code("<html><?php echo 1; ?>", "php"))
                .isInstanceOfSatisfying(LabelException.class, e -> {
                    assertThat(e.kind()).isEqualTo("unsupported");
                    assertThat(e.fix(Locale.KOREAN)).contains("첫 줄");
                });
    }

    @Test
    void codePage949Stays() throws Exception {
        Charset old = Charset.forName("x-windows-949");
        Path out = folder.resolve("b.csv");

        LABEL.withAigc(false).write(Samples.file(folder, "a.csv", "이름,값\n뷁,1\n".getBytes(old)), out);

        assertThat(new String(Files.readAllBytes(out), old))
                .startsWith("이름,값,ai_label")
                .contains("뷁,1," + WORDING);
    }

    @Test
    void withoutAVisibleMarkANoticeIsNeeded() {
        AiLabel invisible = LABEL.withVisible(false);
        AiNotice notice = AiNotice.korean();

        assertThat(general(invisible.markdown("글"))).isEqualTo(Verdict.NO);
        assertThat(general(invisible.withNotice(notice).markdown("글"))).isEqualTo(Verdict.NO);
        LabeledText shown = invisible
                .withNotice(notice.shown(Instant.parse("2026-11-22T01:02:03Z")))
                .markdown("글");
        assertThat(general(shown)).isEqualTo(Verdict.YES);
        assertThat(shown.report().marks())
                .filteredOn(mark -> mark.reach() == Reach.NOTICE)
                .singleElement()
                .satisfies(mark -> assertThat(mark.value()).isEqualTo(notice.sha256() + " @ 2026-11-22T01:02:03Z"));
    }

    @Test
    void aNoticeIsRecordedInWhatIsLabelledAlready() {
        AiLabel invisible = LABEL.withVisible(false);
        String labelled = invisible.markdown("글").text();
        LabeledText told = invisible
                .withNotice(AiNotice.korean().shown(Instant.parse("2026-11-22T01:02:03Z")))
                .markdown(labelled);
        assertThat(told.report().alreadyLabelled()).isFalse();
        assertThat(general(told)).isEqualTo(Verdict.YES);
        assertThat(told.text().split("ai-label: ", -1))
                .as("in the place of the older one")
                .hasSize(2);
    }

    private static Verdict general(LabeledText labelled) {
        return labelled.report().finding("kr-export-general").orElseThrow().verdict();
    }

    @Test
    void aWordingThatNamesNoAiIsNoMark() throws Exception {
        for (String ko : List.of("사진", "생성물", "AIM에서 만듦", "PAID")) {
            assertThatThrownBy(() -> AiLabel.of().withText(ko, ""))
                    .isInstanceOf(LabelException.class)
                    .hasMessageContaining("인공지능이 만들었다는 말이 없습니다")
                    .hasMessageContaining("Name AI in it");
        }
        String labelled = AiLabel.of().markdown("# 글\n").text();
        assertThat(AiLabel.verify(Samples.file(folder, "a.md", labelled)).has(Reach.HUMAN))
                .isTrue();
        LabelReport other = AiLabel.verify(Samples.file(folder, "b.md", labelled.replace(WORDING, "사진")));
        assertThat(other.has(Reach.HUMAN)).isFalse();
        assertThat(other.has(Reach.MACHINE)).isTrue();
        assertThat(other.remarks()).hasSize(1);
    }
}
