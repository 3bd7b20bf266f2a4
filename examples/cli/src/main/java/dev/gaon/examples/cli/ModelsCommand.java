package dev.gaon.examples.cli;

import dev.gaon.Endpoint;
import dev.gaon.Gaon;
import dev.gaon.ModelCard;
import dev.gaon.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code gaon models}: what the catalogue knows; looks at the keys and sends nothing, unless a server is to be asked. */
@Command(
        name = "models",
        header = "아는 모델과 지금 쓸 수 있는지 / the models known, and which can be used now",
        descriptionHeading = "%n",
        description = {
            "아는 모델: 만든 곳, 문맥 길이, 입력, 생각·도구·JSON 틀, 라이선스, 상태, 국가대표 사업의 결과, 지금 쓸 수 있는지.",
            "ID를 주면 그 모델의 모든 것을 출처와 함께 보입니다.",
            "the models known: owner, context, input, thinking, tools, JSON schema, licence, status, programme standing,",
            "availability. With IDs, all that is known of those, with its sources."
        },
        parameterListHeading = "%n",
        optionListHeading = "%n옵션 / Options:%n")
@SuppressWarnings("UnusedVariable") // picocli writes the options
final class ModelsCommand implements Callable<Integer> {

    @ParentCommand
    private GaonCommand gaon;

    @Parameters(
            paramLabel = "ID",
            arity = "0..*",
            description = {"모델의 이름이나 별명", "ids or aliases of models"})
    private List<String> ids = List.of();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = {"이 종류만: chat, embedding, document ...", "only of this kind: chat, embedding, document ..."})
    private @Nullable String kind;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = {
                "이 제공처의 것만: upstage, clova, vllm ...",
                "only what this provider serves: upstage, clova, vllm ..."
            })
    private @Nullable String provider;

    @Option(
            names = "--callable",
            description = {"지금 부를 수 있는 것만", "only what can be called now"})
    private boolean callable;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = {
                "이 서버가 지금 내놓는 모델을 물어봅니다. /v1까지의 주소",
                "asks this server what it serves now; its address up to /v1"
            })
    private @Nullable String endpoint;

    @Option(
            names = "--key-env",
            paramLabel = "NAME",
            description = {"그 서버의 키가 든 환경 변수", "the environment variable with that server's key"})
    private @Nullable String keyVariable;

    @Option(
            names = "--json",
            description = {"모든 것을 JSON 문서 하나로", "everything as one JSON document"})
    private boolean json;

    @Option(
            names = "--markdown",
            description = {"문서의 한 쪽으로: docs/models.md는 이렇게 만듭니다", "as a page: docs/models.md is made this way"})
    private boolean markdown;

    @Override
    public Integer call() {
        Terminal terminal = gaon.terminal();
        try (Gaon client = Gaon.create()) {
            Models models = client.models();
            if (endpoint != null) {
                live(endpoint, models, terminal);
                return 0;
            }
            List<Sheet> sheets = chosen(models);
            Wording words = new Wording(terminal.language());
            if (json) {
                terminal.json(ModelsJson.of(sheets, models, terminal));
            } else if (markdown) {
                terminal.out().print(new ModelsPage(sheets, words));
            } else if (ids.isEmpty()) {
                terminal.out().print(new ModelsTable(sheets, models, words, terminal.columns()));
            } else {
                List<String> cards = new ArrayList<>();
                sheets.forEach(sheet -> cards.add(new ModelSheet(sheet, models, terminal).toString()));
                terminal.out().print(String.join("\n", cards));
            }
        }
        return 0;
    }

    private void live(String address, Models models, Terminal terminal) {
        Endpoint server;
        try {
            server = Endpoint.of(address);
        } catch (IllegalArgumentException e) {
            throw Failure.wrongUse("bad-endpoint", e);
        }
        List<Models.Listed> listed = models.listed(keyVariable == null ? server : server.withKeyVariable(keyVariable));
        if (json) {
            terminal.json(ModelsJson.listed(server, listed, models));
            return;
        }
        Table table = new Table(46, 9, 25);
        table.row(terminal.say("서버의 이름", "NAME THERE"), terminal.say("문맥", "CTX"), terminal.say("카드", "CARD"));
        listed.forEach(one -> table.row(
                one.id(),
                Wording.tokens(one.contextTokens()),
                models.find(one.id()).map(ModelCard::id).orElse("-")));
        terminal.out().print(table);
    }

    private List<Sheet> chosen(Models models) {
        List<ModelCard> all =
                ids.isEmpty() ? models.all() : ids.stream().map(models::get).toList();
        require("--kind", kind, all.stream().map(ModelCard::kind));
        require("--provider", provider, all.stream().flatMap(ModelsCommand::providers));
        return all.stream()
                .filter(card -> kind == null || card.kind().equals(kind))
                .filter(card -> provider == null || providers(card).anyMatch(name -> serves(name, provider)))
                .filter(card -> !callable || models.availability(card).state().equals("ready"))
                .map(Sheet::new)
                .toList();
    }

    private static Stream<String> providers(ModelCard card) {
        return card.endpoints().stream().map(Endpoint::provider);
    }

    /** The name of a house stands for all that it runs: clova for clova, clova-compat and clova-gov. */
    private static boolean serves(String name, String wanted) {
        return name.equals(wanted) || name.startsWith(wanted + "-");
    }

    private static void require(String option, @Nullable String wanted, Stream<String> known) {
        TreeSet<String> words = known.collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
        if (wanted != null && words.stream().noneMatch(word -> serves(word, wanted))) {
            String list = String.join(", ", words);
            throw Failure.wrongUse(
                    "wrong-use",
                    new Text(option + "에 없는 이름입니다: " + wanted, option + " knows no " + wanted),
                    new Text("있는 것: " + list, "There are: " + list));
        }
    }
}
