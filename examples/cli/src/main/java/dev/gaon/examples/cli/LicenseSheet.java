package dev.gaon.examples.cli;

import dev.gaon.gov.license.Attribution;
import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.text.BilingualText;
import org.jspecify.annotations.Nullable;

/** One decision as sentences: what, why, what is due, how to credit, what it rests on. Immutable. */
final class LicenseSheet {

    private final LicenseDecision decision;
    private final LicenseTerms terms;
    private final Terminal terminal;

    LicenseSheet(LicenseDecision decision, LicenseTerms terms, Terminal terminal) {
        this.decision = decision;
        this.terms = terms;
        this.terminal = terminal;
    }

    @Override
    public String toString() {
        Lines lines = new Lines(terminal, 2, 10);
        lines.text(say(decision.decision().label()) + ": " + decision.title() + " [" + decision.id() + "]");
        lines.line(terminal.say("조건", "terms"), decision.license());
        String label = terminal.say("이유", "why");
        for (BilingualText reason : decision.reasons()) {
            lines.line(label, say(reason));
            label = "";
        }
        label = terminal.say("의무", "duties");
        for (String duty : decision.duties()) {
            lines.line(label, say(terms.duty(duty)));
            label = "";
        }
        label = terminal.say("밝힐 것", "declare");
        for (String missing : decision.missing()) {
            lines.line(label, say(terms.question(missing)) + " [" + missing + "]");
            label = "";
        }
        if (decision.decision() == Outcome.ALLOW_WITH_DUTIES) {
            lines.line(
                    terminal.say("출처", "credit"), say(Attribution.of(decision).longForm()));
        }
        label = terminal.say("증거", "evidence");
        for (Claim claim : decision.evidence()) {
            lines.line(
                    label, claim.level() + " " + claim.source() + "." + claim.field() + ": " + oneLine(claim.value()));
            label = "";
        }
        return lines + "\n";
    }

    private static String oneLine(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    private String say(@Nullable BilingualText text) {
        return text == null ? "" : text.in(terminal.language());
    }
}
