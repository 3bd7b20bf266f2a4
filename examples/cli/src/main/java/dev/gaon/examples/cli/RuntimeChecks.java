package dev.gaon.examples.cli;

import com.fasterxml.jackson.databind.cfg.PackageVersion;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Java, the terminal and the libraries on the class path. Stateless. */
final class RuntimeChecks {

    private static final int[] LANGCHAIN4J = {1, 19, 0};

    private RuntimeChecks() {}

    static List<Check> all(Terminal terminal) {
        return List.of(java(), encoding(terminal), langchain4j(), okhttp(), jackson());
    }

    private static Check java() {
        String version = Runtime.version() + ", " + System.getProperty("java.vendor");
        return Runtime.version().feature() >= 17
                ? Check.ok("java", version, version)
                : Check.fail("java", new Text(version, version), new Text("Java 17 이상을 쓰세요.", "Use Java 17 or later."));
    }

    private static Check encoding(Terminal terminal) {
        String names = String.valueOf(System.getProperty("sun.jnu.encoding"));
        String shown = "TERM=" + terminal.environment("TERM") + ", LC_ALL=" + terminal.environment("LC_ALL") + ", LANG="
                + terminal.environment("LANG");
        if (names.toUpperCase(Locale.ROOT).replace("-", "").equals("UTF8")) {
            return Check.ok(
                    "encoding",
                    "출력 UTF-8, 파일 이름 UTF-8 (" + shown + ")",
                    "output UTF-8, file names UTF-8 (" + shown + ")");
        }
        return Check.warn(
                "encoding",
                new Text(
                        "출력은 UTF-8이지만 파일 이름은 " + names + "입니다 (" + shown + ").",
                        "output is UTF-8, but file names are " + names + " (" + shown + ")."),
                new Text(
                        "한글 이름의 파일을 읽으려면 설치된 UTF-8 로캘을 쓰세요. 예: LC_ALL=C.UTF-8",
                        "Use an installed UTF-8 locale, such as LC_ALL=C.UTF-8, to read files with Korean names."));
    }

    private static Check langchain4j() {
        List<URL> found = found("dev/langchain4j/model/chat/ChatModel.class");
        String version = Version.of("dev.langchain4j", "langchain4j-core");
        if (found.size() > 1) {
            return twice("langchain4j", "LangChain4j", found);
        }
        if (!atLeast(version, LANGCHAIN4J)) {
            return Check.fail(
                    "langchain4j",
                    new Text(
                            "LangChain4j " + version + ", 1.19.0 이상이 필요합니다.",
                            "LangChain4j " + version + "; 1.19.0 or later is needed."),
                    new Text(
                            "빌드에서 dev.langchain4j:langchain4j-core를 1.19.0으로 고정하세요.",
                            "Pin dev.langchain4j:langchain4j-core to 1.19.0 in your build."));
        }
        return Check.ok("langchain4j", version + " (1.19.0 이상)", version + " (1.19.0 or later)");
    }

    /** An unknown version passes: a repackaged jar may have lost it. */
    static boolean atLeast(String version, int[] wanted) {
        String[] parts = version.split("[.-]");
        for (int i = 0; i < wanted.length; i++) {
            if (i >= parts.length || !parts[i].matches("\\d{1,6}")) {
                return true;
            }
            int have = Integer.parseInt(parts[i]);
            if (have != wanted[i]) {
                return have > wanted[i];
            }
        }
        return true;
    }

    private static Check okhttp() {
        List<URL> found = found("okhttp3/OkHttpClient.class");
        return found.size() > 1
                ? twice("okhttp", "OkHttp", found)
                : Check.ok("okhttp", okhttp3.OkHttp.VERSION + ", 하나", okhttp3.OkHttp.VERSION + ", one copy");
    }

    private static Check jackson() {
        List<URL> found = found("com/fasterxml/jackson/databind/ObjectMapper.class");
        String version = PackageVersion.VERSION.toString();
        return found.size() > 1 ? twice("jackson", "Jackson", found) : Check.ok("jackson", version, version);
    }

    private static Check twice(String name, String library, List<URL> found) {
        return Check.fail(
                name,
                new Text(
                        library + "가 클래스 경로에 " + found.size() + "번 있습니다: " + found,
                        library + " is on the class path " + found.size() + " times: " + found),
                new Text(
                        "`mvn dependency:tree`로 옛 판을 끌어오는 의존성을 찾아 빼세요.",
                        "Find what brings the old one with `mvn dependency:tree` and exclude it."));
    }

    private static List<URL> found(String resource) {
        try {
            return Collections.list(RuntimeChecks.class.getClassLoader().getResources(resource));
        } catch (IOException e) {
            return List.of();
        }
    }
}
