package dev.gaon.gov.page;

import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What our reports have in common: one page that runs no script and loads nothing, whose content security policy forbids
 * both, with a choice between Korean and English. One thread.
 */
public final class ReportPage {

    private static final String STYLE = style(ReportPage.class, "page.css");

    private final Html html = new Html();

    /**
     * Begins a page and opens its main part.
     *
     * @param style of this report, after what all have in common; see {@link #style}
     * @param title of the window
     * @param kind of report
     * @param subject what it is about, in the words of others
     * @param asOf the day that counts, in Asia/Seoul
     */
    public ReportPage(String style, String title, BilingualText kind, String subject, LocalDate asOf) {
        html.trusted("<!DOCTYPE html>\n").open("html", "lang", "ko");
        head(STYLE + style, title);
        html.open("body");
        banner(kind, subject, asOf);
        html.open("main", "id", "main");
    }

    /** A style sheet that lies beside a class, with line ends of one kind, so that its digest is one too. */
    public static String style(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not beside " + beside);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the rest is written. */
    public Html html() {
        return html;
    }

    /** Opens a section with its heading. */
    public void section(String id, String ko, String en) {
        html.open("section", "aria-labelledby", id + "-title").both("h2", ko, en, "id", id + "-title");
    }

    /** Closes the main part and the page with a last word. */
    public void end(BilingualText last) {
        html.close("main").open("footer").open("p").both(last).close("footer").close("html");
    }

    private void head(String style, String title) {
        html.open("head").lone("meta", "charset", "utf-8");
        html.lone(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; style-src 'sha256-" + digest(style) + "'; base-uri 'none'; form-action 'none'");
        html.lone("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.lone("meta", "name", "color-scheme", "content", "light dark");
        html.lone("meta", "name", "referrer", "content", "no-referrer");
        html.open("title").text(title).close();
        html.open("style").trusted(style).close("head");
    }

    private static String digest(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void banner(BilingualText kind, String subject, LocalDate asOf) {
        html.open("a", "class", "skip", "href", "#main")
                .both("본문으로", "Skip to content")
                .close();
        html.open("header")
                .open("fieldset", "class", "switch")
                .open("legend")
                .text("언어 / Language")
                .close();
        language("ko", "한국어", "");
        language("en", "English", null);
        html.close("fieldset");
        html.open("p", "class", "kind").both(kind).close();
        html.open("h1").foreign(subject).close();
        html.open("p").both("기준일", "As of").text(" ").open("time", "datetime", asOf.toString());
        html.text(asOf.toString())
                .inlineClose()
                .text(" ")
                .both("(한국 시각)", "(in Korea)")
                .close("header");
    }

    private void language(String tag, String name, @Nullable String checked) {
        html.lone("input", "type", "radio", "name", "language", "id", "language-" + tag, "checked", checked);
        html.open("label", "for", "language-" + tag, "lang", tag).text(name).close();
    }
}
