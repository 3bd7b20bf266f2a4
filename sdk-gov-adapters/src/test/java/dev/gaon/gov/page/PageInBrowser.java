package dev.gaon.gov.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A report page in a real browser, in either language and colour scheme. */
public final class PageInBrowser {

    public static final String DARK = "--blink-settings=preferredColorScheme=0";
    public static final String LIGHT = "--blink-settings=preferredColorScheme=1";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String AUDIT = """
            ;(async () => {
              document.querySelectorAll('details').forEach(each => each.open = true);
              const korean = await axe.run();
              document.getElementById('language-en').checked = true;
              const english = await axe.run();
              const brief = v => ({rule: v.id, impact: v.impact, where: v.nodes.slice(0, 3).map(node => node.html)});
              document.getElementById('found').textContent = JSON.stringify({
                dark: matchMedia('(prefers-color-scheme: dark)').matches,
                violations: korean.violations.concat(english.violations).map(brief),
                passes: korean.passes.map(pass => pass.id)});
            })();
            """;

    private final Chromium chromium;
    private final Path folder;
    private final String html;

    public PageInBrowser(Path folder, String html) {
        this.chromium = new Chromium(folder);
        this.folder = folder;
        this.html = html;
    }

    /** What a script leaves as the text of #found, at the end of a copy of the page that allows scripts. */
    public JsonNode run(String script, String... options) throws Exception {
        return found(copyWith(script), options);
    }

    private Path copyWith(String script) throws Exception {
        String open = html.replaceFirst("<meta http-equiv=[^>]*>", "");
        assertThat(open).isNotEqualTo(html);
        return Files.writeString(
                folder.resolve("copy.html"),
                open.replace("</html>", "<pre id=\"found\" hidden></pre><script>" + script + "</script></html>"));
    }

    private JsonNode found(Path copy, String... options) throws Exception {
        Matcher found = Pattern.compile("<pre id=\"found\" hidden=\"\">(.+?)</pre>", Pattern.DOTALL)
                .matcher(chromium.dom(copy, options));
        assertThat(found.find()).as("the script came to its end").isTrue();
        return JSON.readTree(
                found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
    }

    private static String axe() throws Exception {
        try (InputStream in = PageInBrowser.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Nobody is shut out, in both languages. */
    public void isAccessible(String scheme) throws Exception {
        JsonNode found = run(axe() + AUDIT, scheme, "--window-size=1280,900");
        assertThat(found.get("dark").asBoolean()).isEqualTo(scheme.equals(DARK));
        assertThat(found.get("passes").toString())
                .contains("\"color-contrast\"", "\"html-has-lang\"", "\"valid-lang\"");
        assertThat(found.get("violations"))
                .as(found.get("violations").toPrettyString())
                .isEmpty();
    }

    /** Nothing is wider than a phone, in both languages. */
    public void fitsAPhone() throws Exception {
        Files.move(copyWith("""
                        document.querySelectorAll('details').forEach(each => each.open = true);
                        const wide = lang => {
                          document.getElementById('language-' + lang).checked = true;
                          return {width: innerWidth, scroll: document.documentElement.scrollWidth};
                        };
                        parent.postMessage([wide('ko'), wide('en')], '*');
                        """), folder.resolve("inner.html"));
        Path frame = Files.writeString(folder.resolve("frame.html"), """
                <pre id="found" hidden></pre><iframe width="390" height="844" style="border:0"></iframe>
                <script>
                  addEventListener('message', e => document.getElementById('found').textContent = JSON.stringify(e.data));
                  document.querySelector('iframe').src = 'inner.html';
                </script>
                """);
        assertThat(found(frame, "--hide-scrollbars")).hasSize(2).allSatisfy(each -> {
            assertThat(each.get("width").asInt()).isEqualTo(390);
            assertThat(each.get("scroll").asInt()).isEqualTo(390);
        });
    }
}
