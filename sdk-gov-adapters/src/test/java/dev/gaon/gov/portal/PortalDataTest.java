package dev.gaon.gov.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaon.gov.pack.PackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The data files of portals: sealed, strict, and enough for a portal that nobody wrote code for. */
class PortalDataTest {

    private static final Path FOLDER = Path.of("src/main/resources/dev/gaon/gov/portals");

    @TempDir
    private Path copy;

    /** With {@code -Dgaon.seal=true} the bundled portals are sealed anew. */
    @Test
    void thePortalsAreSealedAsTheyLie() throws IOException {
        if (Boolean.getBoolean("gaon.seal")) {
            PortalPack.seal(FOLDER);
        }
        PackFiles sealed = PackFiles.in(FOLDER);
        try (Stream<Path> files = Files.list(FOLDER.resolve("portals"))) {
            assertThat(sealed.files()).hasSize((int) files.count() + 2);
        }
        assertThat(PortalPack.in(FOLDER).portals().keySet())
                .contains("data.go.kr", "catalogue", "odcloud", "gongu", "copyright-registration", "khs", "emuseum")
                .contains("tourapi", "kcisa", "nl", "seoji", "archives", "aihub");
    }

    @Test
    void aPortalShowsWhatCanBeAsked() {
        try (Portals portals = Portals.builder()
                .evidence(reply -> {})
                .clock(InstantSource.fixed(Samples.NOON))
                .build()) {
            Portal tour = portals.all().stream()
                    .filter(each -> each.id().equals("tourapi"))
                    .findFirst()
                    .orElseThrow();
            assertThat(tour.operations()).containsExactly("areas", "detail", "images");
            assertThat(tour.parameters("images")).containsExactly("contentId*", "imageYN");
            assertThat(tour.dataset()).isEqualTo("15101578");
        }
    }

    /** A portal of a known envelope costs one file and no line of Java. */
    @Test
    void anotherPortalIsAFile() throws IOException {
        Files.createDirectories(copy.resolve("portals"));
        Files.writeString(
                copy.resolve("pack.json"),
                "{\"id\": \"own\", \"version\": \"1\", \"title\": {\"ko\": \"우리\", \"en\": \"ours\"}, \"files\": [], \"digest\": \"sha256:0\"}");
        Files.copy(Path.of("src/test/resources/dev/gaon/gov/portal/forest.json"), copy.resolve("portals/forest.json"));
        PortalPack.seal(copy);
        String body = "{\"response\": {\"header\": {\"resultCode\": \"00\"}, \"body\": {\"totalCount\": 1,"
                + " \"items\": {\"item\": {\"no\": 7, \"nm\": \"도시숲\", \"kogl\": \"1\"}}}}}";
        try (PortalServer server = new PortalServer(PortalServer.json(body));
                Portals portals = Samples.builder("khs", server, Samples.kept())
                        .portals(copy)
                        .address("forest", server.uri())
                        .build()) {
            PortalPage page = portals.fetch(portals.start("forest", "photos", Map.of("year", "2026")));
            assertThat(page.works()).singleElement().satisfies(work -> {
                assertThat(work.id()).isEqualTo("forest:photos:7");
                assertThat(work.title()).isEqualTo("도시숲");
                assertThat(work.claims().get(0).source()).isEqualTo("kogl-widget");
                assertThat(work.claims().get(0).extractor()).contains("+1 forest.photos");
            });
            assertThat(page.next()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "portals/khs.json | \"paging\": {\"page\" | \"pagin\": {\"page\" | unknown key: pagin",
                "portals/khs.json | \"envelope\": \"khs\" | \"envelope\": \"khz\" | there is no such envelope",
                "portals/khs.json | \"id\": \"khs\" | \"id\": \"other\" | must be at portals/ID.json",
                "portals/khs.json | \"confidence\": \"L\" | \"confidence\": \"X\" | confidence is H, M or L",
                "portals/khs.json | \"videos\", \"voices\" | \"videos\" | of has to name",
                "portals/khs.json | \"path\": \"/SearchVideo | \"path\": \"@elsewhere.invalid/SearchVideo | must begin with /",
                "portals/khs.json | \"base\": \"https:// | \"base\": \"ftp:// | must look like https://host/path",
                "portals/khs.json | \"kind\": \"state\" | \"kind\": \"estate\" | publisher.kind",
                "portals/khs.json | \"level\": \"item\" | \"level\": \"thing\" | level is one of",
                "codes.json | \"codes\": [\"02\", \"2\"] | \"codes\": [\"30\"] | the same code is there already: 30",
                "codes.json | \"retry\": \"NEXT_DAY\" | \"retry\": \"SOMETIME\" | unknown value",
                "envelopes.json | \"family\": \"kcisa\" | \"family\": \"kciza\" | there is no such table of codes"
            })
    void dataThatCannotWorkIsRefused(String file, String from, String to, String message) throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(FOLDER.relativize(each).toString());
                Files.createDirectories(target.getParent());
                Files.copy(each, target);
            }
        }
        String text = Files.readString(copy.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(copy.resolve(file), text.replace(from, to));
        PortalPack.seal(copy);
        assertThatThrownBy(() -> PortalPack.in(copy))
                .hasMessageContaining(file)
                .hasMessageContaining(message)
                .hasMessageMatching("(?s).*[가-힣].* / The data cannot.*");
    }

    @Test
    void everyKindThatOurSideRaisesHasWords() {
        Faults faults = PortalPack.bundled().faults();
        for (String kind : List.of(
                "missing-key",
                "cleartext-key",
                "quota",
                "closed",
                "cancelled",
                "evidence-failed",
                "dns-failed",
                "connect-failed",
                "tls-failed",
                "proxy-failed",
                "deadline",
                "incomplete",
                "redirect-refused",
                "too-large",
                "malformed-reply",
                "unexpected-reply",
                "error-page",
                "not-found",
                "portal-error",
                "repeated-page",
                "too-many-pages")) {
            assertThat(faults.own(kind).fix().ko()).isNotBlank();
        }
    }
}
