package dev.gaon.gov.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run of rows of one file, audited at once: its distinct evidence is decided here, and the engine writes every row with
 * what was decided. Finished when the journal says so.
 */
record Part(int number, CorpusFile file, Table table, long from, long to) {

    private static final String RESULT = "decisions";
    private static final int MOST_DAYS = 500_000;
    private static final int MOST_WORDS = 5_000;
    private static final List<String> NARROWED = List.of("license", "decision", "basis");
    private static final List<String> ADDED = List.of("gaon_id", "gaon_license", "gaon_decision", "gaon_basis");

    String name() {
        return String.format(Locale.ROOT, "part-%05d", number);
    }

    /** The distinct evidence with how often it was seen and its smallest id, kept for the summary. */
    static Path tuples(RunFolder folder, String name) {
        return folder.kept("tuples").resolve(name + ".parquet");
    }

    static Path unreadable(RunFolder folder, String name) {
        return folder.kept("unreadable").resolve(name + ".jsonl");
    }

    static Path rows(RunFolder folder, String name, boolean jsonl) {
        return folder.result(RESULT).resolve(name + (jsonl ? ".jsonl" : ".parquet"));
    }

    void run(Duck duck, RunFolder folder, RowDecisions decisions, CorpusAudit audit) {
        // most tables have no bad row, and then ids are read only once; staged rows carry what was wrong with them
        boolean toldById = !table.staged() && table.days() == null;
        if (!toldById || !pass(duck, folder, decisions, audit, false)) {
            pass(duck, folder, decisions, audit, true);
        }
        folder.publish(folder.fresh(tuplesName()), tuples(folder, name()));
        folder.publish(folder.fresh(name()), rows(folder, name(), audit.jsonl));
        folder.done(name(), Map.of("rows", Long.toString(to - from)));
    }

    private String tuplesName() {
        return name() + "-tuples";
    }

    /**
     * Writes what is decided of every row.
     *
     * @param apart whether rows that cannot be read are told apart; if not and there is one, nothing of this pass counts
     * @return whether all rows are accounted for
     */
    private boolean pass(Duck duck, RunFolder folder, RowDecisions decisions, CorpusAudit audit, boolean apart) {
        List<String> keys = table.evidence();
        StringBuilder select = new StringBuilder(audit.credits ? CorpusCredits.columns(table) : "");
        StringBuilder same = new StringBuilder(keys.isEmpty() ? "true" : "");
        for (int i = 0; i < keys.size(); i++) {
            select.append(keys.get(i)).append(" as gaon__e").append(i).append(", ");
            same.append(i > 0 ? " and " : "")
                    .append("t.gaon__e")
                    .append(i)
                    .append(" is not distinct from s.gaon__e")
                    .append(i);
        }
        select.append(table.id()).append(" as gaon__id, ").append(bad(duck)).append(" as gaon__bad from ");
        String source = "(select *, " + select + relation();
        group(duck, keys, source + ")", apart);
        duck.run(
                "create or replace temp table verdict (k bigint, license varchar, decision varchar, basis varchar, cause varchar)");
        long unreadable = decide(duck, decisions, keys.size());
        if (unreadable > 0 && !apart) {
            return false;
        }
        narrowed(duck);
        String joined = source + (apart ? "" : " and " + table.plainId())
                + ") s left join (select * from decided where gaon__bad is null) t on " + same;
        String cause = "coalesce(s.gaon__bad, t.cause)";
        long written = duck.copy(
                "select " + output(audit) + " from " + joined + (unreadable > 0 ? " where " + cause + " is null" : ""),
                folder.fresh(name()),
                audit.jsonl);
        if (written != to - from - unreadable) {
            if (apart) {
                throw CorpusException.changed(null);
            }
            return false;
        }
        if (unreadable > 0) {
            unreadable(duck, folder, joined, cause);
        }
        duck.copy(
                "select " + columns(keys, "cast(gaon__e%1$d as varchar) as gaon__e%1$d")
                        + "gaon__bad, n, sample from tuple",
                folder.fresh(tuplesName()),
                false);
        if (audit.credits) {
            Path credits = folder.fresh(name() + "-credits");
            duck.copy(
                    "select " + CorpusCredits.names() + "s.gaon__id as id, t.basis from " + joined
                            + " where t.decision in ('ALLOW', 'ALLOW_WITH_DUTIES')"
                            + (apart ? " and s.gaon__bad is null" : ""),
                    credits,
                    false);
            folder.publish(credits, CorpusCredits.of(folder, name()));
        }
        return true;
    }

    /**
     * Counts each evidence once, with the id that comes first, and bad rows by their cause: a text more to tell apart in each
     * row takes longer than all else.
     */
    private void group(Duck duck, List<String> keys, String source, boolean apart) {
        String evidence = columns(keys, "gaon__e%d");
        String first =
                "create or replace temp table tuple as select row_number() over () as k, null::varchar as gaon__bad, ";
        if (!apart) {
            duck.run("create or replace temp table first as select " + evidence + "count(*) as n, min(" + Table.ROW
                    + ") as gaon__row from " + source + " group by all");
            long last = duck.number("select max(gaon__row) from first");
            duck.run(first + "f.* exclude gaon__row, s.gaon__id as sample from first f join (select gaon__id, "
                    + Table.ROW + " from " + source + " where " + Table.ROW + " <= " + last + ") s on f.gaon__row = s."
                    + Table.ROW);
            return;
        }
        String counts = "count(*) as n, arg_min(gaon__id, " + table.row() + ") as sample from " + source;
        duck.run(first + "g.* from (select " + evidence + counts
                + " where gaon__bad is null group by all having count(*) > 0) g");
        if (to - from > duck.number("select coalesce(sum(n), 0) from tuple")) {
            duck.run("insert into tuple by name select -row_number() over () as k, g.* from (select gaon__bad, "
                    + counts + " where gaon__bad is not null group by all) g");
        }
    }

    /** Few words that come again and again are written by number, which takes a third less time. */
    private static void narrowed(Duck duck) {
        duck.run("drop table if exists decided");
        NARROWED.forEach(each -> duck.run("drop type if exists " + each + "_word"));
        List<String> columns = new ArrayList<>();
        for (String each : NARROWED) {
            long words = duck.number("select count(distinct " + each + ") from verdict");
            boolean few = words > 0 && words <= MOST_WORDS;
            if (few) {
                duck.run("create type " + each + "_word as enum (select distinct " + each + " from verdict where "
                        + each + " is not null)");
            }
            columns.add(few ? each + "::" + each + "_word as " + each : each);
        }
        duck.run("create or replace temp table decided as select t.*, v.cause, v." + String.join(", v.", columns)
                + " from tuple t join verdict v using (k)");
    }

    private String relation() {
        return table.days() != null && !table.typedDays() ? "dated" : table.rows(from, to);
    }

    /** Why a row cannot be read, whatever its evidence; days that are texts are read here once for each text. */
    private String bad(Duck duck) {
        List<String> days = table.days();
        if (days == null) {
            return table.badId();
        }
        if (table.typedDays()) {
            String contradiction = table.contradiction();
            return contradiction == null
                    ? table.badId()
                    : "coalesce(" + table.badId() + ", case when " + contradiction + " then 'CONTRADICTORY_DATES' end)";
        }
        readDays(duck, days);
        return "coalesce(" + table.badId() + ", gaon__day)";
    }

    private void readDays(Duck duck, List<String> days) {
        duck.run("create or replace temp table day (gaon__text varchar, gaon__meant varchar)");
        duck.run("create or replace temp table written as select distinct w from (select unnest(["
                + String.join(", ", days) + "]) as w from " + table.rows(from, to) + ") where w is not null");
        List<String> texts = new ArrayList<>();
        duck.read("select w from written limit " + (MOST_DAYS + 1), row -> texts.add(row.getString(1)));
        if (texts.size() > MOST_DAYS) {
            throw CorpusException.wrongUse(
                    "날짜 열에 서로 다른 값이 " + MOST_DAYS + "가지를 넘습니다.",
                    "A date column has more than " + MOST_DAYS + " distinct values.",
                    "날짜가 든 열을 published와 collected로 정하세요.",
                    "Map published and collected to columns that hold days.");
        }
        duck.append("day", rows -> {
            for (String text : texts) {
                var meant = Manifest.days().read(text);
                rows.beginRow();
                rows.append(text);
                rows.append(meant == null ? null : meant.toString());
                rows.endRow();
            }
        });
        String published = days.get(0);
        String contradiction = days.size() < 2 ? "" : " when p.gaon__meant > c.gaon__meant then 'CONTRADICTORY_DATES'";
        duck.run(
                "create or replace temp view dated as select f.*, case when p.gaon__text is not null and p.gaon__meant is null then"
                        + " 'UNKNOWN_DATE'" + contradiction + " end as gaon__day from (select * from "
                        + table.rows(from, to)
                        + ") f left join day p on p.gaon__text = " + published
                        + (days.size() < 2 ? "" : " left join day c on c.gaon__text = " + days.get(1)));
    }

    /** @return how many rows have evidence that cannot be read */
    private long decide(Duck duck, RowDecisions decisions, int keys) {
        List<Verdict> verdicts = new ArrayList<>();
        duck.read(
                "select k, gaon__bad, n, " + columns(keys, "cast(gaon__e%d as varchar), ") + "0 from tuple order by k",
                row -> verdicts.add(
                        new Verdict(row.getLong(1), row.getLong(3), decision(row, decisions, table.columns, keys))));
        duck.append("verdict", rows -> {
            for (Verdict each : verdicts) {
                rows.beginRow();
                rows.append(each.k());
                if (each.row() instanceof RowDecision.Decided decided) {
                    rows.append(decided.license());
                    rows.append(decided.decision().name());
                    rows.append(decided.basis());
                    rows.append((String) null);
                } else if (each.row() instanceof RowDecision.Unreadable failed) {
                    rows.append((String) null);
                    rows.append((String) null);
                    rows.append((String) null);
                    rows.append(failed.cause().name());
                }
                rows.endRow();
            }
        });
        return verdicts.stream()
                .filter(each -> each.row() instanceof RowDecision.Unreadable)
                .mapToLong(Verdict::rows)
                .sum();
    }

    private record Verdict(long k, long rows, RowDecision row) {}

    /** Of one row with the columns k, bad, n and the evidence. */
    static RowDecision decision(ResultSet row, RowDecisions decisions, Manifest.Columns columns, int keys)
            throws SQLException {
        String bad = row.getString(2);
        if (bad != null) {
            return new RowDecision.Unreadable(UnreadableCause.valueOf(bad));
        }
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            values.add(row.getString(4 + i));
        }
        return decisions.decide(columns, values);
    }

    static String columns(int keys, String form) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < keys; i++) {
            out.append(String.format(Locale.ROOT, form, i));
        }
        return out.toString();
    }

    private static String columns(List<String> keys, String form) {
        return columns(keys.size(), form + ", ");
    }

    private boolean hasIdOfItsOwn(CorpusAudit audit) {
        return audit.allColumns && (audit.jsonl || table.staged());
    }

    /** The id as SQL over what was written. */
    String writtenId(CorpusAudit audit) {
        return !audit.allColumns ? "id" : hasIdOfItsOwn(audit) ? "gaon_id" : table.id();
    }

    private String output(CorpusAudit audit) {
        if (!audit.allColumns) {
            return "s.gaon__id as id, t.license, t.decision, t.basis";
        }
        StringBuilder all = new StringBuilder();
        for (String each : table.names) {
            if (each.equals(TextStage.LINE)) {
                all.append(audit.jsonl ? "cast(s." + each + " as json) as row, " : "s." + each + " as row, ");
            } else if (!ADDED.contains(each)) {
                all.append("s.").append(Duck.name(each)).append(", ");
            }
        }
        if (hasIdOfItsOwn(audit)) {
            all.append("s.gaon__id as gaon_id, ");
        }
        return all + "t.license as gaon_license, t.decision as gaon_decision, t.basis as gaon_basis";
    }

    /** Names what could not be read, with nothing of it but the id. */
    private void unreadable(Duck duck, RunFolder folder, String joined, String cause) {
        Map<String, UnreadableCause> causes = new TreeMap<>();
        duck.texts("select distinct cause from decided where cause is not null")
                .forEach(each -> causes.put(String.valueOf(each), UnreadableCause.valueOf(String.valueOf(each))));
        StringBuilder ko = new StringBuilder("case " + cause);
        StringBuilder en = new StringBuilder("case " + cause);
        StringBuilder word = new StringBuilder("case " + cause);
        causes.forEach((name, each) -> {
            String when = " when '" + name + "' then ";
            ko.append(when).append(Duck.text(each.text().ko()));
            en.append(when).append(Duck.text(each.text().en()));
            word.append(when).append(Duck.text(each.word()));
        });
        Path written = folder.fresh(name() + "-unreadable");
        duck.copy(
                "select " + Duck.text(file.name()) + " as file, " + table.row() + " as row, " + word
                        + " end as cause, left(s.gaon__id, 200) as id, "
                        + table.place() + ko + " end as ko, " + en + " end as en from " + joined
                        + " where " + cause + " is not null",
                written,
                true);
        if (Files.exists(written)) {
            folder.publish(written, unreadable(folder, name()));
        }
    }
}
