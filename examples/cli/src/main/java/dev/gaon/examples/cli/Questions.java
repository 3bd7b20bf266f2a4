package dev.gaon.examples.cli;

import dev.gaon.gov.law.Assessment;
import dev.gaon.gov.law.Fact;
import dev.gaon.gov.law.Finding;
import dev.gaon.gov.law.Interview;
import dev.gaon.gov.law.Rule;
import dev.gaon.gov.law.RulePack;
import dev.gaon.gov.law.ServiceProfile;
import dev.gaon.gov.text.BilingualText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The interview at a terminal or through a pipe: questions on standard error, answers from standard input, each one saved
 * as it is given. One thread.
 */
final class Questions {

    private static final Set<String> SKIP = Set.of("?", "모름", "몰라", "skip", "unknown");
    private static final Set<String> BACK = Set.of("b", "뒤로", "back");
    private static final Set<String> STOP = Set.of("q", "끝", "quit", "end");

    /** Characters of an answer; a longer line is no answer. */
    private static final int MOST = 200;

    /** Lines for one question that are no answer; then it stops, as at the end of input: nobody is there. */
    private static final int MOST_TRIES = 20;

    private final Terminal terminal;
    private final RulePack pack;
    private final LocalDate day;
    private final Predicate<Rule> scope;
    private final @Nullable FileOutput file;
    private final Reader in;

    /** @param file for the profile; null to show it at the end instead */
    Questions(Terminal terminal, RulePack pack, LocalDate day, Predicate<Rule> scope, @Nullable FileOutput file) {
        this.terminal = terminal;
        this.pack = pack;
        this.day = day;
        this.scope = scope;
        this.file = file;
        this.in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    }

    /** Asks until nothing matters any more or somebody stops; returns what was declared. */
    ServiceProfile ask(@Nullable ServiceProfile begun) {
        if (file == null) {
            terminal.note(
                    "--out이 없어 답을 파일로 남기지 않습니다. 끝에 프로필을 보여 드립니다.",
                    "Without --out no file is written; the profile is shown at the end.");
        }
        Interview interview = Interview.of(begun == null ? named() : begun, pack, day, scope);
        Deque<Interview> past = new ArrayDeque<>();
        boolean stopped = false;
        for (Fact fact = interview.next(); fact != null && !stopped; fact = interview.next()) {
            question(fact, interview.profile(), past.size() + 1);
            Interview before = interview;
            int tries = 0;
            while (interview == before && !stopped) {
                String typed = ++tries > MOST_TRIES ? null : line();
                if (typed == null || STOP.contains(typed)) {
                    stopped = true;
                } else if (BACK.contains(typed) && past.isEmpty()) {
                    said("처음 질문입니다.", "This is the first question.");
                    prompt();
                } else if (BACK.contains(typed)) {
                    interview = past.pop();
                    said("앞 질문으로", "back");
                } else if (SKIP.contains(typed)) {
                    past.push(before);
                    interview = interview.skip(fact);
                    said("모름", "unknown");
                } else {
                    interview = answered(interview, fact, typed);
                    if (interview != before) {
                        past.push(before);
                    }
                }
            }
            if (interview != before) {
                save(interview.profile());
            }
        }
        save(interview.profile());
        end(interview.profile(), stopped);
        return interview.profile();
    }

    private ServiceProfile named() {
        terminal.note("서비스의 이름은 무엇인가요?", "What is the service called?");
        prompt();
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            String name = line();
            if (name == null) {
                break;
            } else if (!name.isBlank()) {
                return ServiceProfile.of(name);
            }
            said("이름이 비어 있습니다.", "The name is empty.");
            prompt();
        }
        throw Failure.wrongUse(
                "unreadable-input",
                new Text("서비스의 이름을 읽기 전에 입력이 끝났습니다.", "The input ended before the service had a name."),
                new Text("아무것도 저장하지 않았습니다.", "Nothing was saved."));
    }

    private void question(Fact fact, ServiceProfile profile, int number) {
        List<Finding> waiting = Assessment.of(profile, pack, day).findings().stream()
                .filter(each -> scope.test(each.rule()))
                .filter(each -> !each.missing().isEmpty())
                .toList();
        List<Finding> here =
                waiting.stream().filter(each -> each.missing().contains(fact)).toList();
        Lines lines = new Lines(terminal);
        lines.heading(number + ". " + say(fact.question()) + " [" + fact.name() + "]");
        lines.bullet(terminal.say("왜: ", "why: ")
                + String.join(", ", here.stream().limit(3).map(this::named).toList())
                + (here.size() > 3
                        ? terminal.say(" 외 " + (here.size() - 3) + "개", " and " + (here.size() - 3) + " more")
                        : "")
                + terminal.say(" (기다리는 규칙 모두 " + waiting.size() + "개)", " (" + waiting.size() + " rules wait in all)"));
        int place = 0;
        for (BilingualText value : fact.values().values()) {
            lines.item(" " + ++place + ")", say(value));
        }
        lines.bullet(mayBe(fact) + terminal.say(" · 모름(?) 뒤로(b) 끝(q)", " · unknown(?) back(b) end(q)"));
        terminal.err().print(lines);
        prompt();
    }

    private String named(Finding finding) {
        return finding.rule().id() + " " + say(finding.rule().title());
    }

    private String say(BilingualText text) {
        return text.in(terminal.language());
    }

    private String mayBe(Fact fact) {
        return switch (fact.type()) {
            case BOOLEAN -> terminal.say("예(y) 아니요(n)", "yes(y) no(n)");
            case NUMBER ->
                terminal.say("0 이상의 숫자", "a number, 0 or more")
                        + (fact.unit() == null ? "" : " (" + fact.unit() + ")")
                        + terminal.say(", 예: 1,200,000이나 120만", ", for instance 1,200,000");
            case CHOICE ->
                terminal.say("번호 1~", "a number 1 to ") + fact.values().size();
        };
    }

    private Interview answered(Interview interview, Fact fact, String typed) {
        Object value = Answers.read(fact, typed);
        if (value == null) {
            said("답으로 읽을 수 없습니다. 될 수 있는 것: " + mayBe(fact), "Not an answer. It may be: " + mayBe(fact));
            prompt();
            return interview;
        }
        try {
            Interview next = interview.answer(fact, value);
            Text meant = Answers.meant(fact, value);
            said(meant.ko(), meant.en());
            return next;
        } catch (IllegalArgumentException e) {
            Text why = Text.halves(e.getMessage());
            said(why.ko(), why.en());
            prompt();
            return interview;
        }
    }

    private void prompt() {
        terminal.err().print("> ");
        terminal.err().flush();
    }

    private void said(String ko, String en) {
        terminal.note("  → " + ko, "  → " + en);
    }

    /** The next line without space at its ends; null at the end of input. */
    private @Nullable String line() {
        StringBuilder line = new StringBuilder();
        try {
            int c = in.read();
            if (c < 0) {
                return null;
            }
            for (; c >= 0 && c != '\n'; c = in.read()) {
                if (line.length() <= MOST) {
                    line.append((char) c);
                }
            }
        } catch (IOException e) {
            return null;
        }
        String typed = line.toString().strip();
        return typed.length() > MOST ? "" : typed;
    }

    private void save(ServiceProfile profile) {
        if (file != null) {
            file.write(Terminal.pretty(profile.toJson()) + "\n");
        }
    }

    private void end(ServiceProfile profile, boolean stopped) {
        terminal.err().println();
        terminal.note(
                stopped ? "여기서 멈춥니다." : "더 물을 것이 없습니다.", stopped ? "Stopped here." : "There is nothing more to ask.");
        if (file == null) {
            terminal.err().println(Terminal.printable(Terminal.pretty(profile.toJson())));
        } else {
            terminal.note(
                    "프로필: " + file.typed() + " (답 " + profile.facts().size() + "개)",
                    "Profile: " + file.typed() + " (" + profile.facts().size() + " facts)");
        }
        terminal.err().println();
    }
}
