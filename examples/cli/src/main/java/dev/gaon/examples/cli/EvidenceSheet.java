package dev.gaon.examples.cli;

import dev.gaon.gov.law.EvidencePackage;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was found when an evidence package was verified, as plain text or JSON. One thread. */
final class EvidenceSheet {

    private final EvidencePackage.Verification found;
    private final Terminal terminal;

    EvidenceSheet(EvidencePackage.Verification found, Terminal terminal) {
        this.found = found;
        this.terminal = terminal;
    }

    void print(boolean json) {
        if (json) {
            terminal.json(document());
            return;
        }
        Lines lines = new Lines(terminal, 2, 10);
        lines.text(
                found.holds()
                        ? terminal.say("증거 묶음에 어긋난 것이 없습니다.", "The evidence package holds.")
                        : terminal.say(
                                "증거 묶음에서 어긋난 것 " + found.problems().size() + "가지를 찾았습니다.",
                                "The evidence package does not hold: "
                                        + found.problems().size() + " found."));
        found.problems()
                .forEach(each -> lines.bullet(each.where() + ": " + each.what().in(terminal.language())));
        if (found.manifestDigest() != null) {
            lines.line(terminal.say("기준일", "as of"), "" + found.asOf());
            lines.line(terminal.say("만든 때", "made"), "" + found.createdAt());
            lines.line(terminal.say("호출 기록", "records"), "" + found.records().size());
            lines.text(found.manifestDigest());
            lines.text(terminal.say(
                    "이 digest가 만들 때 적어 둔 것과 같은지 견주세요. 통째로 새로 만든 것은 이것만으로 가릴 수 있습니다.",
                    "Compare this digest with the one noted when it was made: only that tells a package made anew."));
        }
        terminal.out().print(lines);
    }

    private Map<String, Object> document() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("holds", found.holds());
        out.put("manifestDigest", found.manifestDigest());
        out.put("asOf", found.asOf() == null ? null : found.asOf().toString());
        out.put(
                "createdAt",
                found.createdAt() == null ? null : found.createdAt().toString());
        out.put("records", found.records());
        out.put(
                "problems",
                found.problems().stream()
                        .map(each -> Map.of(
                                "where", each.where(),
                                "what",
                                        Map.of(
                                                "ko",
                                                each.what().ko(),
                                                "en",
                                                each.what().en())))
                        .toList());
        return out;
    }
}
