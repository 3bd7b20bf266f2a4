package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any file is a catalogue whose models can be used, or is refused with words that name it. */
class CatalogueFuzzTest {

    @TempDir
    Path folder;

    @FuzzTest
    void file(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("내 목록.json"), bytes);
        Catalogue catalogue;
        try {
            catalogue = new Catalogue(List.of(file));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage())
                    .contains(file.toString(), " / ", "카탈로그", "atalogue")
                    .hasSizeLessThan(1_000)
                    .matches("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]*");
            return;
        }
        Map<?, ?> root = (Map<?, ?>) JsonTree.read(bytes);
        boolean several = root.containsKey("models") || root.containsKey("licences");
        boolean list = root.containsKey("providers") || (several && !root.containsKey("id"));
        boolean model = root.containsKey("endpoints");
        boolean terms = root.containsKey("commercial");
        for (String id : ids(list ? root.get("models") : model ? List.of(root) : null)) {
            assertThat(catalogue.model(id).id()).isEqualTo(id);
        }
        for (String id : ids(list ? root.get("providers") : model || terms ? null : List.of(root))) {
            assertThat(catalogue.provider(id).id()).isEqualTo(id);
        }
    }

    private static List<String> ids(Object list) {
        return list == null
                ? List.of()
                : ((List<?>) list)
                        .stream()
                                .map(one -> (String) ((Map<?, ?>) one).get("id"))
                                .toList();
    }

    @Test
    void mutatedFiles() throws IOException {
        Mutations.of(getClass(), "file", 1_000, this::file);
    }
}
