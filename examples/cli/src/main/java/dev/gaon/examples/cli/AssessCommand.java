package dev.gaon.examples.cli;

import dev.gaon.gov.law.Assessment;
import dev.gaon.gov.law.EvidencePackage;
import dev.gaon.gov.law.Rule;
import dev.gaon.gov.law.RulePack;
import dev.gaon.gov.law.ServiceProfile;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code gaon assess}: what the rules of the AI Basic Act and its neighbours say of one service on one day. */
@Command(
        name = "assess",
        header = "서비스를 인공지능기본법에 비추어 보기 / assess a service by the AI Basic Act",
        descriptionHeading = "%n",
        description = {
            "서비스의 사실을 적은 프로필을 그날의 법령 규칙에 비추어 봅니다.",
            "적지 않은 사실은 모르는 것이고, 모르면 통과가 아닙니다. 법률 자문이 아닙니다.",
            "Compares the declared facts of a service with the rules in force on a day.",
            "What is not declared is unknown, and unknown is no pass. No legal advice.",
            "",
            "PROFILE.json: {\"service\": \"챗봇\", \"facts\": {\"isGenerative\": true, \"dauKr\": 20000, \"hiArea\": null}}"
        },
        parameterListHeading = "%n",
        optionListHeading = "%n옵션 / Options:%n",
        footer = {
            "",
            "종료 코드: 1 과태료(바로, 또는 명령을 어기면)가 걸린 미이행, 3 정해지지 않은 의무, 0 둘 다 없음",
            "제재가 없거나 다른 법령이 정한 의무, 노력 의무와 권고, 책임자가 받아들인 것,",
            "보기 옵션(--rule, --all)은 종료 코드를 바꾸지 않습니다. 0이어도 결과를 읽으세요.",
            "Exit codes: 1 a duty under a fine (at once or after an order) is not met, 3 a duty is undecided,",
            "0 neither. Duties without a sanction or of another law, efforts, recommendations,",
            "what a waiver accepts and views (--rule, --all) never change it: read the result.",
            "",
            "예 / Examples:",
            "  gaon assess --interview --out 챗봇.json",
            "  gaon assess 챗봇.json --as-of 2026-11-21",
            "  gaon assess 챗봇.json --rule KR-TR-01",
            "  gaon assess 챗봇.json --json > assessment.json",
            "  gaon assess 챗봇.json --html 점검.html --evidence 증거.zip --records calls.jsonl",
            "",
            "기관의 규칙 묶음 / a pack of your own:",
            "  our-pack/pack.json   {\"id\": \"our-ministry\", \"version\": \"1\", \"title\": {\"ko\": \"...\", \"en\": \"...\"}}",
            "  our-pack/            rules/LAW/ID.json  vocabulary.json  sign-offs.json  waivers.json",
            "  gaon assess --seal our-pack && gaon assess 챗봇.json --pack our-pack",
            "필요한 파일만 두면 됩니다. 파일을 바꾸면 다시 봉인해야 씁니다.",
            "Only the files you need; after a change a pack has to be sealed again."
        })
@SuppressWarnings("UnusedVariable") // picocli writes the options
final class AssessCommand implements Callable<Integer> {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final String ALL = "all";
    private static final int MOST_BYTES = 1 << 20;

    @ParentCommand
    private GaonCommand gaon;

    @Parameters(
            arity = "0..1",
            paramLabel = "PROFILE.json",
            description = {"서비스의 프로필", "the profile of the service"})
    private @Nullable String profile;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = {"이날의 법령으로 (기본: 서울의 오늘)", "by the law of this day (default: today in Seoul)"})
    private @Nullable String asOf;

    @Option(
            names = "--json",
            description = {"모든 결과를 JSON 문서 하나로", "all findings as one JSON document"})
    private boolean json;

    @Option(
            names = "--rule",
            paramLabel = "ID",
            description = {"이 규칙의 모든 것: 의무, 조건, 근거, 출처", "everything about this rule: duty, conditions, sources"})
    private List<String> rules = List.of();

    @Option(
            names = "--all",
            description = {"충족, 해당 없음, 시행 전인 규칙도 보입니다", "lists what passes, does not apply or is not in force too"})
    private boolean all;

    @Option(
            names = "--pack",
            paramLabel = "DIR",
            description = {"기관의 규칙 묶음을 더합니다; 여러 번 쓸 수 있음", "joins a pack of your own; may be given again"})
    private List<String> packs = List.of();

    @Option(
            names = "--interview",
            description = {"아직 필요한 사실만 하나씩 묻습니다", "asks for the facts that still matter, one by one"})
    private boolean interview;

    @Option(
            names = "--scope",
            paramLabel = "LAW",
            description = {
                "--interview가 물을 법령 (기본: ai-basic-act); all은 모두",
                "the law that --interview asks for (default: ai-basic-act); all: every law"
            })
    private List<String> scope = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = {
                "--interview의 답을 이 프로필로; 이어서 답하는 파일이 아니면 덮어쓰지 않음",
                "the profile for the answers of --interview; replaces no file but the one gone on with"
            })
    private @Nullable String out;

    @Option(
            names = "--seal",
            paramLabel = "DIR",
            description = {
                "규칙 묶음의 파일 목록과 digest를 pack.json에 씁니다",
                "writes a pack's list of files and digest into its pack.json"
            })
    private @Nullable String seal;

    @Option(
            names = "--verify",
            paramLabel = "FILE.zip",
            description = {
                "증거 묶음을 네트워크 없이 확인합니다 (1: 어긋남)",
                "verifies an evidence package, offline (exit 1: it does not hold)"
            })
    private @Nullable String verify;

    @Mixin
    private Reports reports = new Reports();

    @Override
    public Integer call() {
        Terminal terminal = gaon.terminal();
        checkOptions();
        if (seal != null) {
            return sealed(seal, terminal);
        } else if (verify != null) {
            return verified(verify, terminal);
        }
        reports.check(profile, out);
        LocalDate day = day();
        RulePack pack = pack(packs);
        rules.forEach(id -> known(id, pack));
        ServiceProfile service = interview ? asked(pack, day, terminal) : read();
        Assessment assessment = assessment(service, pack, day);
        reports.write(assessment, terminal);
        if (json) {
            if (asOf == null) {
                terminal.note("기준일: " + day + " (서울의 오늘)", "As of " + day + " (today in Seoul)");
            }
            terminal.out().println(assessment.toJson());
        } else if (rules.isEmpty()) {
            terminal.out().print(new AssessmentSheet(assessment, terminal, asOf == null, all));
        } else {
            List<String> sheets = new ArrayList<>();
            rules.forEach(id -> sheets.add(new RuleSheet(assessment, id, terminal).toString()));
            terminal.out().print(String.join("\n", sheets));
        }
        return assessment.failsUnderFine() ? Failure.FOUND : assessment.undecided() ? Failure.REVIEW : 0;
    }

    private void checkOptions() {
        String apart = seal != null ? "--seal" : verify != null ? "--verify" : null;
        if (seal != null && verify != null) {
            throw apart("--seal", "--verify");
        } else if (apart != null && (profile != null || interview)) {
            throw apart(apart, profile != null ? "PROFILE.json" : "--interview");
        } else if (apart == null && profile == null && !interview) {
            throw Failure.wrongUse(
                    "wrong-use",
                    new Text("빠진 것: PROFILE.json", "Missing: PROFILE.json"),
                    new Text(
                            "프로필이 없으면 `gaon assess --interview --out PROFILE.json`으로 만드세요.",
                            "To make one: `gaon assess --interview --out PROFILE.json`."));
        } else if (!interview && (out != null || !scope.isEmpty())) {
            throw Failure.wrongUse(
                    "wrong-use",
                    new Text("--out과 --scope는 --interview와 함께 씁니다.", "--out and --scope go with --interview."),
                    Text.NONE);
        } else if (json && !rules.isEmpty()) {
            throw apart("--rule", "--json");
        }
    }

    private static Failure apart(String one, String other) {
        return Failure.wrongUse(
                "wrong-use",
                new Text(one + "과(와) " + other + "은(는) 함께 쓰지 않습니다.", one + " and " + other + " do not go together."),
                Text.NONE);
    }

    private LocalDate day() {
        try {
            return asOf == null ? LocalDate.now(SEOUL) : LocalDate.parse(asOf);
        } catch (DateTimeException e) {
            throw Failure.wrongUse(
                    "wrong-use",
                    new Text("날짜가 아닙니다: --as-of " + asOf, "Not a date: --as-of " + asOf),
                    new Text("2026-01-22처럼 적으세요.", "Write it like 2026-01-22."));
        }
    }

    /** The bundled rules and those of folders. */
    private static RulePack pack(List<String> folders) {
        RulePack pack = RulePack.bundled();
        for (String folder : folders) {
            PackFolder.check(folder);
            try {
                pack = pack.with(Arguments.path(folder));
            } catch (IllegalArgumentException e) {
                throw Failure.wrongUse("bad-pack", e);
            }
        }
        return pack;
    }

    private int sealed(String folder, Terminal terminal) {
        String digest = PackFolder.seal(folder);
        List<String> joined = new ArrayList<>(packs);
        joined.add(folder);
        pack(joined);
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("digest", digest);
            terminal.json(document);
        } else {
            terminal.out().println(digest);
        }
        return 0;
    }

    private int verified(String typed, Terminal terminal) {
        EvidencePackage.Verification found = EvidencePackage.verify(FileInput.existing(typed));
        new EvidenceSheet(found, terminal).print(json);
        return found.holds() ? 0 : Failure.FOUND;
    }

    private ServiceProfile read() {
        try {
            return ServiceProfile.parse(FileInput.text(Objects.requireNonNull(profile), MOST_BYTES));
        } catch (IllegalArgumentException e) {
            throw Failure.wrongUse("bad-profile", e);
        }
    }

    private static Assessment assessment(ServiceProfile service, RulePack pack, LocalDate day) {
        try {
            return Assessment.of(service, pack, day);
        } catch (IllegalArgumentException e) {
            throw Failure.wrongUse("bad-profile", e);
        }
    }

    private ServiceProfile asked(RulePack pack, LocalDate day, Terminal terminal) {
        boolean goesOn = profile != null && out != null && FileOutput.same(profile, out);
        FileOutput file = out == null ? null : goesOn ? FileOutput.replacing(out) : FileOutput.anew(out);
        ServiceProfile begun = profile == null ? null : read();
        if (begun != null) {
            assessment(begun, pack, day);
        }
        List<String> laws = scope.isEmpty() ? List.of("ai-basic-act") : scope;
        laws.forEach(law -> known(law, pack.rules()));
        return new Questions(terminal, pack, day, rule -> laws.contains(ALL) || laws.contains(rule.law()), file)
                .ask(begun);
    }

    private static void known(String law, Iterable<Rule> rules) {
        TreeSet<String> laws = new TreeSet<>(List.of(ALL));
        rules.forEach(rule -> laws.add(rule.law()));
        if (!laws.contains(law)) {
            String list = String.join(", ", laws);
            throw Failure.wrongUse(
                    "wrong-use",
                    new Text("--scope에 없는 법령입니다: " + law, "--scope knows no " + law),
                    new Text("있는 것: " + list, "There are: " + list));
        }
    }

    private static void known(String id, RulePack pack) {
        if (pack.rule(id) == null) {
            String start = id.toUpperCase(Locale.ROOT).replaceFirst("[-0-9]*$", "");
            List<String> ids = pack.rules().stream().map(Rule::id).toList();
            List<String> near = ids.stream()
                    .filter(one -> one.equalsIgnoreCase(id) || one.startsWith(start + "-"))
                    .toList();
            String list = near.isEmpty()
                    ? String.join(
                            ", ",
                            new TreeSet<>(ids.stream()
                                    .map(one -> one.replaceFirst("[0-9]+$", "…"))
                                    .toList()))
                    : String.join(", ", near);
            throw Failure.wrongUse(
                    "wrong-use",
                    new Text("그런 규칙이 없습니다: " + id, "There is no such rule: " + id),
                    new Text("있는 것: " + list, "There are: " + list));
        }
    }
}
