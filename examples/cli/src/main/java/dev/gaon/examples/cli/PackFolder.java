package dev.gaon.examples.cli;

import dev.gaon.gov.law.RulePack;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a rule pack that somebody named. */
final class PackFolder {

    private PackFolder() {}

    static void check(String typed) {
        Path folder = Arguments.path(typed);
        if (!Files.isDirectory(folder)) {
            throw bad(
                    Files.exists(folder)
                            ? new Text("폴더가 아니라 파일입니다: " + typed, "A file, not a folder: " + typed)
                            : new Text("폴더가 없습니다: " + typed, "No such folder: " + typed),
                    new Text("pack.json이 든 폴더의 경로를 주세요.", "Name the folder that holds pack.json."));
        } else if (!Files.isRegularFile(folder.resolve("pack.json"))) {
            throw bad(
                    new Text("pack.json이 없는 폴더입니다: " + typed, "The folder holds no pack.json: " + typed),
                    new Text(
                            "만들기: {\"id\": \"our-ministry\", \"version\": \"1\", \"title\": {\"ko\": \"우리 기관\", \"en\": \"our"
                                    + " ministry\"}}을 pack.json으로 두고 `gaon assess --seal " + typed + "`을 실행하세요.",
                            "To make one: write {\"id\": \"our-ministry\", \"version\": \"1\", \"title\": {\"ko\": \"우리 기관\","
                                    + " \"en\": \"our ministry\"}} into pack.json and run `gaon assess --seal " + typed
                                    + "`."));
        }
    }

    /** Seals it and returns the digest. */
    static String seal(String typed) {
        check(typed);
        try {
            return RulePack.seal(Arguments.path(typed));
        } catch (IllegalArgumentException e) {
            throw Failure.wrongUse("bad-pack", e);
        } catch (UncheckedIOException e) {
            throw bad(
                    new Text("봉인할 수 없습니다: " + typed, "It cannot be sealed: " + typed),
                    new Text(
                            "pack.json을 쓸 수 있는지, 파일이 1 MiB 이하인지 확인하세요.",
                            "Check that pack.json can be written and that no file is above 1 MiB."));
        }
    }

    private static Failure bad(Text message, Text fix) {
        return Failure.wrongUse("bad-pack", message, fix);
    }
}
