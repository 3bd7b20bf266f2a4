package dev.gaon;

import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests of document models share: a file whose content, like a prompt, must appear nowhere but on the wire. */
abstract class DocumentCase extends HostileCase {

    static final byte[] FILE = ("%PDF-1.7\n" + PROMPT + "\n\u0000\u0001%%EOF").getBytes(StandardCharsets.UTF_8);

    static InputStream file() {
        return new ByteArrayInputStream(FILE);
    }

    /** The document model of this id, served by a server of the kind {@code upstage}. */
    GaonDocuments documents(String id, UnaryOperator<Gaon.Builder> settings, RawServer server) {
        Gaon gaon = gaon(b -> settings.apply(
                b.endpoint(id, server.endpoint().withDialect("upstage")).credential(server.url(), Credential.of(KEY))));
        return gaon.documents(id);
    }

    GaonDocuments documents(String id, RawServer server) {
        return documents(id, b -> b, server);
    }

    static CallFailure failing(ThrowingCallable call) {
        return facts(catchThrowable(call));
    }

    /** As many bytes of a reply as requests came before this one, as if that were all of it. */
    static void cut(RawServer.Visit visit, byte[] whole) throws IOException {
        byte[] part = Arrays.copyOf(whole, visit.number);
        visit.reply(200, "application/json", part);
    }

    /** A guard that lets everything through and shows it to {@code seen}. */
    static Guard watching(Policy seen) {
        return new Guard() {
            @Override
            public Decision mayServe(Endpoint endpoint, CallContext context) {
                return Decision.allow();
            }

            @Override
            public void intercept(Chain chain, Consumer<ChatDelta> out) {
                seen.intercept(chain, out);
            }
        };
    }
}
