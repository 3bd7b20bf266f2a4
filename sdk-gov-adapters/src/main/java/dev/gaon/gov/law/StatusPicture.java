package dev.gaon.gov.law;

import dev.gaon.gov.page.Html;
import java.util.List;

/** Every rule as a tile, by what may follow where it is not met: the whole assessment at a glance. Each tile leads to its finding. */
final class StatusPicture {

    private static final int ACROSS = 3;
    private static final int WIDE = 108;
    private static final int HIGH = 30;
    private static final int GAP = 6;

    private StatusPicture() {}

    static void write(Html html, Assessment assessment) {
        html.open("div", "class", "tiles");
        for (Sanction sanction : Sanction.values()) {
            List<Finding> findings = assessment.findings().stream()
                    .filter(each -> each.version().sanction() == sanction)
                    .toList();
            if (!findings.isEmpty()) {
                html.open("div").open("h3").both(sanction.label()).text(" ").text(String.valueOf(findings.size()));
                html.close();
                tiles(html, findings, sanction, true);
                tiles(html, findings, sanction, false);
                html.close();
            }
        }
        html.close();
        legend(html);
    }

    private static void tiles(Html html, List<Finding> findings, Sanction sanction, boolean korean) {
        int rows = (findings.size() + ACROSS - 1) / ACROSS;
        int width = ACROSS * (WIDE + GAP) - GAP;
        int height = rows * (HIGH + GAP) - GAP;
        html.open(
                "svg",
                "lang",
                korean ? "ko" : "en",
                "role",
                "group",
                "aria-label",
                korean ? sanction.label().ko() : sanction.label().en(),
                "width",
                String.valueOf(width),
                "height",
                String.valueOf(height),
                "viewBox",
                "0 0 " + width + " " + height);
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            Standing standing = Standing.of(finding);
            String id = finding.rule().id();
            String title = korean
                    ? finding.rule().title().ko()
                    : finding.rule().title().en();
            String says =
                    korean ? finding.statement().ko() : finding.statement().en();
            int x = i % ACROSS * (WIDE + GAP);
            int y = i / ACROSS * (HIGH + GAP);
            html.open(
                            "a",
                            "href",
                            "#rule-" + id,
                            "aria-label",
                            id + " " + title + ": " + says,
                            "class",
                            standing.style())
                    .open(
                            "rect",
                            "x",
                            x + ".5",
                            "y",
                            y + ".5",
                            "width",
                            "" + (WIDE - 1),
                            "height",
                            "" + (HIGH - 1),
                            "rx",
                            "4")
                    .inlineClose()
                    .open("path", "transform", "translate(" + (x + 7) + " " + (y + 7) + ")", "d", standing.sign())
                    .inlineClose()
                    .open("text", "x", "" + (x + 29), "y", "" + (y + 20))
                    .text(id.length() > 10 ? id.substring(0, 9) + "…" : id)
                    .inlineClose()
                    .inlineClose();
        }
        html.close();
    }

    /** What colours and signs mean. */
    private static void legend(Html html) {
        html.open("ul", "class", "legend");
        for (Standing each : Standing.values()) {
            html.open("li");
            sign(html, each);
            html.both(each.title()).close();
        }
        html.close();
    }

    static void sign(Html html, Standing standing) {
        html.open(
                        "svg",
                        "class",
                        "sign " + standing.style(),
                        "aria-hidden",
                        "true",
                        "width",
                        "22",
                        "height",
                        "22",
                        "viewBox",
                        "-3 -3 22 22")
                .open("rect", "x", "-2.5", "y", "-2.5", "width", "21", "height", "21", "rx", "4")
                .inlineClose()
                .open("path", "d", standing.sign())
                .inlineClose()
                .inlineClose();
    }
}
