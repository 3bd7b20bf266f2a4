package dev.gaon.gov.label;

import dev.gaon.gov.label.LabelReport.Mark;
import dev.gaon.gov.label.LabelReport.Reach;
import dev.gaon.gov.text.BilingualText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one reading of a file found: marks, the measures that market rules ask for, and remarks. A measure that nobody put
 * is unknown. Used by one thread.
 */
final class Found {

    private final List<Mark> marks = new ArrayList<>();
    private final Map<String, Object> measures = new HashMap<>();
    private final List<BilingualText> remarks = new ArrayList<>();
    private @Nullable Statement statement;

    /** A mark that people read; a wording that names no AI tells them nothing and is none. */
    void human(String place, String wording) {
        if (!Wording.namesAi(wording)) {
            remark(
                    "표시 자리의 문구에 인공지능이라는 말이 없어 표시로 세지 않았습니다.",
                    "The wording in the place of a mark names no AI, so it was not counted as one.");
            return;
        }
        marks.add(new Mark(Reach.HUMAN, "wording", place, wording));
    }

    /** The same, drawn letter by letter, which may have left out what no font of the writer's machine had. */
    void drawn(String place, String drawn, Statement statement) {
        human(place, drawn);
        boolean korean = statement.text().codePoints().anyMatch(c -> c >= 0xac00 && c <= 0xd7a3);
        if (drawn.equals("AI")) {
            remark(
                    "문구를 그릴 글꼴이나 자리가 없어 'AI' 두 글자만 그렸습니다.",
                    "For want of a font or of room, only the letters \"AI\" were drawn.");
        } else if (korean && drawn.codePoints().allMatch(c -> c < 0x80)) {
            remark(
                    "한글 글꼴이나 자리가 없어 영어 문구를 그렸습니다.",
                    "For want of a Korean font or of room, the English wording was drawn.");
        }
    }

    /** A sound that people hear before the content. */
    void sound(String place, String value) {
        marks.add(new Mark(Reach.HUMAN, "sound", place, value));
        measure("humanAtStart", true);
    }

    /** The machine-readable source type; counted only if it is one of generative AI. */
    void sourceType(String place, String uri) {
        if (Wording.isAiSource(uri)) {
            marks.add(new Mark(Reach.MACHINE, "digital-source-type", place, uri));
        }
    }

    /** The metadata of GB 45438; counted only if it says that content is, may be or is suspected to be generated. */
    void aigc(String place, String json) {
        if (Statement.isAigc(json)) {
            marks.add(new Mark(Reach.MACHINE, "aigc", place, json));
        }
    }

    /** Our own record; ignored if it is not one. */
    void statement(String place, String json) {
        Statement read = Statement.parse(json);
        if (read == null) {
            return;
        }
        statement = read;
        marks.add(new Mark(Reach.MACHINE, "statement", place, json));
        if (read.noticeSha256() != null && read.noticeShown() != null) {
            marks.add(new Mark(Reach.NOTICE, "notice", "declared", read.noticeSha256() + " @ " + read.noticeShown()));
        }
    }

    /** For market rules: a number, a Boolean or a word. */
    void measure(String name, Object value) {
        measures.put(name, value);
    }

    void remark(String ko, String en) {
        remarks.add(new BilingualText(ko, en));
    }

    @Nullable
    Statement statement() {
        return statement;
    }

    /** Where the marks that people perceive are; empty if none was found there. */
    Map<String, String> proofs() {
        return statement == null || !has(Reach.HUMAN) ? Map.of() : statement.proofs();
    }

    boolean has(Reach reach) {
        return marks.stream().anyMatch(mark -> mark.reach() == reach);
    }

    boolean has(String standard) {
        return marks.stream().anyMatch(mark -> mark.standard().equals(standard));
    }

    List<Mark> marks() {
        return marks;
    }

    List<BilingualText> remarks() {
        return remarks;
    }

    /** Everything that market rules can ask for. */
    Map<String, Object> facts(String media, String kind) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("media", media);
        facts.put("kind", kind);
        facts.put("human", has(Reach.HUMAN));
        facts.put("machine", has(Reach.MACHINE));
        facts.put("notice", has(Reach.NOTICE));
        facts.put("sourceType", has("digital-source-type"));
        facts.put("aigc", has("aigc"));
        if (statement != null) {
            facts.put("realism", statement.realism().name());
            facts.put("artistic", statement.artistic());
        }
        facts.putAll(measures);
        return facts;
    }
}
