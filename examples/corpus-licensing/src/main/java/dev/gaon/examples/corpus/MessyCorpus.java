package dev.gaon.examples.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a corpus as data teams find theirs: works with the marks of their pages, the list of a portal in CP949, documents in
 * Dolma's form; one row in two thousand cannot be read. The same rows give the same files, byte for byte. One thread.
 */
final class MessyCorpus {

    private static final int ONE_BAD_IN = 2_000;
    private static final LocalDate FIRST = LocalDate.of(2024, 3, 4);
    private static final int CRAWLS = 40;
    private static final int DAYS_BETWEEN = 25;
    private static final Charset CP949 = Charset.forName("MS949");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Random random = new Random(20_260_128);
    private final JsonNode shapes;
    private final Path folder;
    private int damaged;

    /** @param folder is made where it is missing; files of the same names are replaced */
    MessyCorpus(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (InputStream in = MessyCorpus.class.getResourceAsStream("evidence.json")) {
            shapes = JSON.readTree(in);
        }
    }

    /**
     * Writes three files.
     *
     * @param rows in all; half of them works, a quarter the list of a portal, the rest documents
     * @return the files
     */
    List<Path> write(int rows) throws IOException {
        return List.of(works(rows / 2), catalogue(rows / 4), documents(rows - rows / 2 - rows / 4));
    }

    private Path works(int rows) throws IOException {
        Path file = folder.resolve("works.jsonl.gz");
        List<JsonNode> mix = mix("works");
        try (OutputStream out = packed(file)) {
            for (int i = 0; i < rows; i++) {
                JsonNode shape = mix.get(random.nextInt(mix.size()));
                String work = work(i, shape).toString();
                out.write((bad() ? damaged(work) : work.getBytes(UTF_8)));
                out.write('\n');
            }
        }
        return file;
    }

    private ObjectNode work(int number, JsonNode shape) {
        LocalDate seen = FIRST.plusDays((long) random.nextInt(CRAWLS) * DAYS_BETWEEN);
        ObjectNode work = JSON.createObjectNode();
        work.put("id", "w" + number);
        work.put("title", shape.get("what").asText() + " " + number);
        work.put("url", "https://example.go.kr/view?no=" + number);
        work.putObject("publisher")
                .put("name", shape.get("publisher").asText())
                .put("kind", shape.get("kind").asText());
        work.put("published", seen.minusDays(random.nextInt(900)).toString());
        work.put("collected", seen.toString());
        ArrayNode claims = work.putArray("claims");
        for (JsonNode claim : shape.get("claims")) {
            claims.addObject()
                    .put("level", claim.get(0).asText())
                    .put("source", claim.get(1).asText())
                    .put("field", claim.get(2).asText())
                    .put("value", claim.get(3).asText())
                    .put("seen", seen.toString());
        }
        if (shape.has("flags")) {
            work.set("flags", shape.get("flags"));
        }
        if (shape.has("country")) {
            work.putObject("user").set("country", shape.get("country"));
        }
        return work;
    }

    /** In turn: cut off, in another encoding, without its id, or collected before it was published. */
    private byte[] damaged(String work) throws IOException {
        ObjectNode changed = (ObjectNode) JSON.readTree(work);
        return switch (damaged++ % 4) {
            case 0 -> work.substring(0, work.length() / 2).getBytes(UTF_8);
            case 1 -> work.getBytes(CP949);
            case 2 -> {
                changed.remove("id");
                yield changed.toString().getBytes(UTF_8);
            }
            default -> {
                changed.put("published", "2027-01-01");
                yield changed.toString().getBytes(UTF_8);
            }
        };
    }

    private Path catalogue(int rows) throws IOException {
        Path file = folder.resolve("data.go.kr-list.csv");
        List<JsonNode> mix = mix("catalogue");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write("목록키,목록유형,목록명,제공기관,등록일,수정일,이용허락범위,목록 URL\r\n".getBytes(CP949));
            for (int i = 0; i < rows; i++) {
                String value = mix.get(random.nextInt(mix.size())).get("value").asText();
                LocalDate listed = FIRST.minusDays(random.nextInt(2_000));
                String day = bad() ? "등록 예정" : listed.toString();
                int key = 15_000_000 + i;
                String row = key + ",FILE,\"공공데이터, " + i + "\",어느 기관 " + random.nextInt(700) + "," + day + ","
                        + listed.plusDays(random.nextInt(200)) + ",\"" + value + "\",https://www.data.go.kr/data/" + key
                        + "/fileData.do\r\n";
                out.write(row.getBytes(CP949));
            }
        }
        return file;
    }

    private Path documents(int rows) throws IOException {
        Path file = folder.resolve("dolma.jsonl.gz");
        List<JsonNode> mix = mix("documents");
        try (OutputStream out = packed(file)) {
            for (int i = 0; i < rows; i++) {
                JsonNode shape = mix.get(random.nextInt(mix.size()));
                ObjectNode document = JSON.createObjectNode();
                document.put("id", "d" + i);
                document.put("text", "문서 " + i + "의 본문입니다. ".repeat(1 + random.nextInt(4)));
                document.put("source", shape.get("source").asText());
                document.put("added", FIRST.plusDays((long) random.nextInt(CRAWLS) * DAYS_BETWEEN) + "T00:00:00.000Z");
                document.put("created", FIRST.minusDays(random.nextInt(900)) + "T00:00:00.000Z");
                document.putObject("metadata").set("license", shape.get("value"));
                String line = document.toString();
                out.write((bad() ? line.substring(1) : line).getBytes(UTF_8));
                out.write('\n');
            }
        }
        return file;
    }

    private boolean bad() {
        return random.nextInt(ONE_BAD_IN) == 0;
    }

    /** Each shape as often as its weight says. */
    private List<JsonNode> mix(String name) {
        List<JsonNode> mix = new ArrayList<>();
        for (JsonNode shape : shapes.get(name)) {
            for (int i = 0; i < shape.get("weight").asInt(); i++) {
                mix.add(shape);
            }
        }
        return mix;
    }

    private static OutputStream packed(Path file) throws IOException {
        return new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file), 1 << 16), 1 << 16);
    }
}
