package dev.gaon.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API of each published module is a committed file, so that a reviewer sees a change of it as a diff. */
class PublicApiTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @ParameterizedTest
    @ValueSource(strings = {"sdk-core", "sdk-gov-adapters"})
    void theApiIsTheCommittedOne(String module) throws Exception {
        Path committed = ROOT.resolve(module).resolve("api").resolve(module + ".api");
        Path found = ROOT.resolve("rules/target").resolve(module + ".api");
        Files.write(found, PublicApi.of(classes(module)));

        assertThat(found)
                .as(
                        "the public API of %s; if it is meant to differ from the committed one: cp %s %s",
                        module, ROOT.relativize(found), ROOT.relativize(committed))
                .hasSameTextualContentAs(committed);
    }

    @Test
    void theCoreHasTypesToShow() throws Exception {
        assertThat(PublicApi.types(classes("sdk-core"))).hasSizeGreaterThan(30);
    }

    private static Path classes(String module) {
        return ROOT.resolve(module).resolve("target/classes");
    }
}
