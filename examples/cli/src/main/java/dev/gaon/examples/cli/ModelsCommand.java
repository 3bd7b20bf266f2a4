package dev.gaon.examples.cli;

import dev.gaon.Gaon;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code gaon models}: what the catalogue knows; looks at the keys, sends nothing. */
@Command(
        name = "models",
        header = "아는 모델과 지금 쓸 수 있는지 / the models known, and which can be used now",
        descriptionHeading = "%n",
        description = {
            "아는 모델: 만든 곳, 문맥 길이, 라이선스, 상태, 국가대표 사업의 결과, 지금 쓸 수 있는지",
            "the models known: owner, context, licence, status, programme standing, availability"
        },
        optionListHeading = "%n옵션 / Options:%n")
final class ModelsCommand implements Callable<Integer> {

    @ParentCommand
    private GaonCommand gaon;

    @Option(
            names = "--json",
            description = {"JSON 문서 하나로", "as one JSON document"})
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = gaon.terminal();
        try (Gaon client = Gaon.create()) {
            if (json) {
                terminal.json(ModelsJson.of(client.models(), terminal));
            } else {
                terminal.out().print(new ModelsTable(client.models(), terminal.language()));
            }
        }
        return 0;
    }
}
