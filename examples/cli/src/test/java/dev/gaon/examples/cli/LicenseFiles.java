package dev.gaon.examples.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.MediaType;
import org.netpreserve.jwarc.WarcCompression;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcWriter;

/** Files in which works are found, each of a kind of its own. */
final class LicenseFiles {

    static final Charset CP949 = Charset.forName("MS949");
    static final String LIST = """
            목록키,목록명,제공기관,등록일,이용허락범위
            15000001,도시숲 현황,산림청,2024-01-02,이용허락범위 제한 없음
            15000003,관광지 그림,어느 기관,2024-01-02,"공공저작물 : 출처표시, 상업적 이용금지 (제 2유형)"
            """;
    static final String HF_CARD = "---\n말: 뭉치\nlicense: cc-by-sa-4.0\npretty_name: 말뭉치\n---\n# 말뭉치\n";
    static final String CROISSANT = """
            {"@context": {"@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/"},
             "@type": "Dataset", "conformsTo": "http://mlcommons.org/croissant/1.1", "name": "corpus",
             "url": "https://example.org/corpus", "license": "https://spdx.org/licenses/CC-BY-4.0"}
            """;
    static final String CATALOGUE = """
            {"@context": "https://schema.org", "@type": "Dataset", "name": "도시숲",
             "url": "https://www.data.go.kr/data/15000001/fileData.do", "license": "제 4유형"}
            """;

    private final Path folder;

    LicenseFiles(Path folder) {
        this.folder = folder;
    }

    String at(String name) {
        return folder.resolve(name).toString();
    }

    String text(String name, String text) throws IOException {
        return bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    String bytes(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes).toString();
    }

    static String work(String id, String mark) {
        return """
                {"id": "%s", "title": "보도자료", "publisher": {"name": "환경부", "kind": "state"}, "collected": "2026-05-01", \
                "claims": [{"level": "item", "source": "html", "field": "text", "value": "%s", "seen": "2026-05-01"}]}
                """.formatted(id, mark);
    }

    static String page(String charset, String mark) {
        return "<!DOCTYPE html><html><head><meta charset=\"" + charset
                + "\"><title>시정 소식</title></head><body><p>본문</p><p>" + mark + "</p></body></html>";
    }

    String archive(String name, String... marks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (WarcWriter writer = new WarcWriter(Channels.newChannel(out), WarcCompression.GZIP)) {
            int number = 0;
            for (String mark : marks) {
                byte[] body = page("UTF-8", mark).getBytes(StandardCharsets.UTF_8);
                HttpResponse http = new HttpResponse.Builder(200, "OK")
                        .addHeader("Content-Type", "text/html; charset=utf-8")
                        .body(MediaType.parseLeniently("text/html; charset=utf-8"), body)
                        .build();
                writer.write(new WarcResponse.Builder(URI.create("https://example.go.kr/" + number++))
                        .date(Instant.parse("2026-05-01T00:00:00Z"))
                        .body(http)
                        .build());
            }
        }
        return bytes(name, out.toByteArray());
    }

    /** @param select with the columns of the table */
    String parquet(String name, String select) throws SQLException {
        try (Connection engine = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = engine.createStatement()) {
            sql.execute("copy (" + select + ") to '" + at(name) + "' (format parquet)");
        }
        return at(name);
    }
}
