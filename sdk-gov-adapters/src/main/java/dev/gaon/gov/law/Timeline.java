package dev.gaon.gov.law;

import dev.gaon.gov.page.Html;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When rules come into force and end, and when grace runs: a picture, and a table that says the same. For days to come it
 * says what the declared facts would mean then.
 */
final class Timeline {

    /** What happens on one day. */
    private static final class Day {
        private final List<Rule.Version> begin = new ArrayList<>();
        private final List<Rule.Version> end = new ArrayList<>();
        private final List<Grace> graceBegins = new ArrayList<>();
        private final List<Grace> graceEnds = new ArrayList<>();
    }

    private static final int ROW = 30;
    private static final int WIDE = 340;

    private final Assessment assessment;
    private final List<Grace> graces = new ArrayList<>();
    private final SortedMap<LocalDate, Day> days = new TreeMap<>();

    private Timeline(Assessment assessment) {
        this.assessment = assessment;
        for (Rule rule : assessment.pack().rules()) {
            for (Rule.Version version : rule.versions()) {
                on(version.from()).begin.add(version);
                LocalDate to = version.to();
                if (to != null) {
                    on(to).end.add(version);
                }
            }
        }
        graces.addAll(assessment.pack().graces().values());
        for (Grace grace : graces) {
            on(grace.from()).graceBegins.add(grace);
            LocalDate until = grace.until();
            if (until != null) {
                on(until).graceEnds.add(grace);
            }
        }
        on(assessment.asOf());
    }

    private Day on(LocalDate day) {
        return days.computeIfAbsent(day, none -> new Day());
    }

    static void write(Html html, Assessment assessment) {
        Timeline timeline = new Timeline(assessment);
        html.open("div", "class", "timeline").open("div", "class", "line");
        timeline.picture(html, true);
        timeline.picture(html, false);
        html.close();
        timeline.table(html);
        html.close();
    }

    private void picture(Html html, boolean korean) {
        int left = 14 + 9 * graces.size();
        int height = days.size() * ROW;
        html.open(
                "svg",
                "lang",
                korean ? "ko" : "en",
                "role",
                "img",
                "aria-label",
                korean
                        ? "시행일과 유예를 날짜 순서로 그린 그림. 같은 내용이 표에 있습니다."
                        : "Days of entry into force and grace, in order of time. The table says the same.",
                "width",
                "" + WIDE,
                "height",
                "" + height,
                "viewBox",
                "0 0 " + WIDE + " " + height);
        List<LocalDate> order = new ArrayList<>(days.keySet());
        for (int i = 0; i < graces.size(); i++) {
            Grace grace = graces.get(i);
            LocalDate until = grace.until();
            int top = middle(order.indexOf(grace.from())) - 5;
            int bottom = until == null ? height : middle(order.indexOf(until)) + 5;
            shape(
                    html,
                    "rect",
                    "grace",
                    "x",
                    "" + (1 + 9 * i),
                    "y",
                    "" + top,
                    "width",
                    "5",
                    "height",
                    "" + (bottom - top),
                    "rx",
                    "2.5");
        }
        shape(html, "path", "axis", "d", "M" + left + " 0V" + height);
        for (int i = 0; i < order.size(); i++) {
            LocalDate date = order.get(i);
            boolean today = date.equals(assessment.asOf());
            if (today) {
                shape(
                        html,
                        "rect",
                        "today",
                        "x",
                        "" + (left + 12),
                        "y",
                        "" + (middle(i) - 13),
                        "width",
                        "" + (WIDE - left - 12),
                        "height",
                        "26",
                        "rx",
                        "4");
            }
            shape(
                    html,
                    "circle",
                    date.isAfter(assessment.asOf()) ? "coming" : "past",
                    "cx",
                    "" + left,
                    "cy",
                    "" + middle(i),
                    "r",
                    "5");
            html.open("text", "x", "" + (left + 18), "y", "" + (middle(i) + 5), "class", today ? "now" : null)
                    .text(date + " · " + brief(date, korean))
                    .inlineClose();
        }
        html.close();
    }

    private static int middle(int row) {
        return row * ROW + ROW / 2;
    }

    private static void shape(Html html, String tag, String style, String... attributes) {
        String[] all = new String[attributes.length + 2];
        all[0] = "class";
        all[1] = style;
        System.arraycopy(attributes, 0, all, 2, attributes.length);
        html.open(tag, all).inlineClose();
    }

    private String brief(LocalDate date, boolean korean) {
        Day day = on(date);
        List<String> parts = new ArrayList<>();
        if (date.equals(assessment.asOf())) {
            parts.add(korean ? "기준일" : "as of");
        }
        if (!day.begin.isEmpty()) {
            parts.add(korean ? "시행 " + day.begin.size() : day.begin.size() + " begin");
        }
        if (!day.end.isEmpty()) {
            parts.add(korean ? "종료 " + day.end.size() : day.end.size() + " end");
        }
        day.graceBegins.forEach(each -> parts.add(each.id() + (korean ? " 유예 시작" : " grace begins")));
        day.graceEnds.forEach(each -> parts.add(each.id() + (korean ? " 유예 끝" : " grace ends")));
        return String.join(", ", parts);
    }

    private void table(Html html) {
        html.open("table").both("caption", "날짜별로 바뀌는 것", "What changes on which day");
        html.open("thead").open("tr");
        html.both("th", "날짜", "Day", "scope", "col").both("th", "바뀌는 것", "What changes", "scope", "col");
        html.close("thead").open("tbody");
        days.forEach((date, day) -> row(html, date, day));
        html.close("tbody").close("table");
    }

    private void row(Html html, LocalDate date, Day day) {
        boolean coming = date.isAfter(assessment.asOf());
        html.open("tr")
                .open("th", "scope", "row")
                .open("time", "datetime", date.toString())
                .text(date.toString());
        html.close("th").open("td");
        if (date.equals(assessment.asOf())) {
            html.both("p", "이 보고서의 기준일", "The day of this report", "class", "now");
        }
        for (Grace each : day.graceBegins) {
            grace(html, each, "유예 시작", "Grace begins");
        }
        for (Grace each : day.graceEnds) {
            grace(html, each, "유예의 마지막 날", "Last day of grace");
        }
        if (!day.begin.isEmpty()) {
            rules(html, day.begin, "시행", "In force from this day", coming);
        }
        if (!day.end.isEmpty()) {
            rules(html, day.end, "이 날까지 시행", "In force up to this day", false);
        }
        html.close("tr");
    }

    private BilingualText statement(Rule.Version version) {
        FactValues values = assessment.values();
        return new Finding(version, Assessment.verdict(version, values), values, null, null).statement();
    }

    private static void grace(Html html, Grace grace, String ko, String en) {
        html.open("p")
                .both(ko, en)
                .text(": ")
                .both(grace.title())
                .text(" (")
                .text(grace.id())
                .text(")")
                .close();
    }

    /** @param coming true to say what the declared facts mean once it is in force */
    private void rules(Html html, List<Rule.Version> versions, String ko, String en, boolean coming) {
        boolean many = versions.size() > 3 && !coming;
        if (many) {
            html.open("details").open("summary");
        } else {
            html.open("p");
        }
        html.both(ko, en)
                .text(" ")
                .both("(규칙 " + versions.size() + "개)", "(" + versions.size() + " rules)")
                .close();
        html.open("ul");
        for (Rule.Version each : versions) {
            html.open("li")
                    .open("a", "href", "#rule-" + each.rule().id())
                    .text(each.rule().id())
                    .inlineClose()
                    .text(" ");
            html.both(each.rule().title());
            if (coming) {
                BilingualText says = statement(each);
                html.text(" ").open("span", "class", "then");
                html.both("지금 사실대로라면 " + says.ko(), "with these facts: " + says.en())
                        .inlineClose();
            }
            html.close();
        }
        html.close("ul");
        if (many) {
            html.close("details");
        }
    }
}
