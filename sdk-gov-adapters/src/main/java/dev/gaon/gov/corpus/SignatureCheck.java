package dev.gaon.gov.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.corpus.SignedManifest.Finding;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the sign-off again from audit, reviews and manifest, and tells where it differs. One thread, once. */
final class SignatureCheck {

    private static final long MOST_BYTES = 128 << 20;

    private final Path folder;
    private final Path signed;
    private final Path scratch;
    private final List<Finding> found = new ArrayList<>();

    SignatureCheck(Path folder, Path scratch) {
        this.folder = folder;
        this.signed = folder.resolve(SignedManifest.FOLDER);
        this.scratch = scratch;
    }

    private void found(String kind, String ko, String en) {
        found.add(new Finding(kind, new BilingualText(ko, en)));
    }

    List<Finding> findings() throws IOException {
        PackFiles.Place top = document();
        if (top == null) {
            return found;
        }
        AuditResult audit;
        try {
            audit = AuditResult.open(folder);
        } catch (CorpusException e) {
            found("audit", e.message(Locale.KOREAN), e.message(Locale.ENGLISH));
            return found;
        }
        SignOff signOff = signOff(top, audit);
        if (signOff == null) {
            return found;
        }
        List<Path> parts = parts(audit);
        List<Path> read = new ArrayList<>(audit.parts);
        read.addAll(parts);
        try (Duck duck = SignedManifest.duck(scratch, read)) {
            found.addAll(audit.count(duck));
            found.addAll(audit.digest(duck, scratch.resolve("sorted")));
            compare(top.node(), signOff.json(files(duck, signOff, parts)));
        } catch (CorpusException e) {
            if (!e.kind().equals("damaged") && !e.kind().equals("wrong-use")) {
                throw e;
            }
            found("audit", e.message(Locale.KOREAN), e.message(Locale.ENGLISH));
        }
        return found;
    }

    private PackFiles.@Nullable Place document() throws IOException {
        Path file = signed.resolve(SignedManifest.SIGN_OFF);
        if (!Files.isRegularFile(file)) {
            found(
                    "no-sign-off",
                    "서명한 것이 없습니다: " + file + ". 감사의 폴더를 적었는지 보세요.",
                    "Nothing was signed: there is no " + file + ". See whether this is the folder of the audit.");
            return null;
        }
        byte[] bytes = Files.size(file) > MOST_BYTES ? new byte[0] : Files.readAllBytes(file);
        byte[] line = bytes.length == 0 ? bytes : Arrays.copyOf(bytes, bytes.length - 1);
        JsonNode node = bytes.length == 0 || bytes[bytes.length - 1] != '\n' ? null : CanonicalForm.read(line);
        if (node == null || !node.isObject()) {
            found(
                    "sign-off",
                    "sign-off.json: 서명할 때 쓴 꼴(정규 JSON 한 줄)이 아닙니다.",
                    "sign-off.json: not in the form in which it is written, one line of canonical JSON.");
            return null;
        }
        return new PackFiles.Place(SignedManifest.SIGN_OFF, "", node);
    }

    private @Nullable SignOff signOff(PackFiles.Place top, AuditResult audit) {
        try {
            LocalDate on = top.date("on");
            SortedMap<String, Review> reviews = new TreeMap<>();
            for (PackFiles.Place each : top.list("reviews")) {
                Review.add(each, audit, on, reviews);
            }
            return new SignOff(audit, reviews, Review.oneLine("by", top.text("by")), on, top.truth("leavingOut"));
        } catch (IllegalArgumentException e) {
            String both = String.valueOf(e.getMessage());
            int joint = both.lastIndexOf(". / ");
            found(
                    "reviews",
                    both.substring(0, joint < 0 ? both.length() : joint + 1),
                    both.substring(joint < 0 ? 0 : joint + 4));
            return null;
        }
    }

    /** The files of the manifest that an audit like this can have. */
    private List<Path> parts(AuditResult audit) throws IOException {
        List<Path> parts = new ArrayList<>();
        TreeSet<String> known = new TreeSet<>();
        audit.parts.forEach(each -> known.add(SignedManifest.PARTS + "/" + each.getFileName()));
        try (Stream<Path> all = Files.walk(signed, 3)) {
            for (Path each : all.sorted().toList()) {
                String name = signed.relativize(each).toString().replace('\\', '/');
                if (known.contains(name) && Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
                    parts.add(each);
                } else if (!name.isEmpty()
                        && !name.equals(SignedManifest.SIGN_OFF)
                        && !name.equals(SignedManifest.PARTS)) {
                    found("manifest", name + ": 서명에 없는 파일입니다.", name + ": a file that was not signed.");
                }
            }
        }
        return parts;
    }

    private List<SignOff.File> files(Duck duck, SignOff signOff, List<Path> parts) throws IOException {
        signOff.select(duck);
        List<SignOff.File> files = new ArrayList<>();
        for (Path part : signOff.audit().parts) {
            String name = SignedManifest.PARTS + "/" + part.getFileName();
            Path file = signed.resolve(name);
            String there = parts.contains(file)
                    ? "select id, license, decision, basis, reviewed from "
                            + AuditResult.table(List.of(file), "id", "license", "decision", "basis", "reviewed")
                    : null;
            try {
                rows(duck, name, signOff.used(duck, part), there);
                if (there != null) {
                    long rows = duck.number("select count(*) from (" + there + ")");
                    files.add(new SignOff.File(name, Files.size(file), rows, PackFiles.sha256(file)));
                }
            } catch (CorpusException e) {
                if (!e.kind().equals("damaged")) {
                    throw e;
                }
                found("manifest", name + ": 읽을 수 없습니다.", name + ": cannot be read.");
            }
        }
        return files;
    }

    /** Every row as often as it should be there, and no other. */
    private void rows(Duck duck, String name, String wanted, @Nullable String there) {
        String both = "select *, 1 as w from (" + wanted + ")"
                + (there == null ? "" : " union all select *, -1 as w from (" + there + ")");
        String differing = "(select sum(w) as w from (" + both
                + ") group by id, license, decision, basis, reviewed having sum(w) <> 0)";
        duck.read(
                "select coalesce(sum(w) filter (w > 0), 0), coalesce(-sum(w) filter (w < 0), 0) from " + differing,
                row -> {
                    if (row.getLong(1) > 0) {
                        found(
                                "manifest",
                                name + ": 있어야 할 행 가운데 없거나 바뀐 것이 " + row.getLong(1) + "개입니다.",
                                name + ": rows that are missing or changed: " + row.getLong(1) + ".");
                    }
                    if (row.getLong(2) > 0) {
                        found(
                                "manifest",
                                name + ": 감사와 검토로는 들어갈 수 없는 행이 " + row.getLong(2) + "개입니다.",
                                name + ": rows that audit and reviews do not allow: " + row.getLong(2) + ".");
                    }
                });
    }

    private void compare(JsonNode said, String made) {
        JsonNode now = CanonicalForm.read(made.getBytes(StandardCharsets.UTF_8));
        TreeSet<String> keys = new TreeSet<>();
        said.fieldNames().forEachRemaining(keys::add);
        if (now != null) {
            now.fieldNames().forEachRemaining(keys::add);
            for (String key : keys) {
                if (!now.path(key).equals(said.path(key))) {
                    found(
                            "sign-off",
                            "sign-off.json: " + key + " 값이 지금 폴더에 있는 것과 다릅니다.",
                            "sign-off.json: " + key + " is not what the folder gives now.");
                }
            }
        }
    }
}
