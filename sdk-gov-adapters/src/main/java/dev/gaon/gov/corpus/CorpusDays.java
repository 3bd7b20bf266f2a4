package dev.gaon.gov.corpus;

import dev.gaon.gov.pack.PackFiles;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How corpora write days: the forms of {@code manifest.json}. Immutable and safe to share. A time with an offset counts on
 * its day at UTC+9, the time of Korea; without one, on the day as written.
 */
public final class CorpusDays {

    private static final int LONGEST = 40;

    private final List<Pattern> forms = new ArrayList<>();
    private final ZoneOffset zone;

    CorpusDays(PackFiles.Place at) {
        at.only(Set.of("zone", "notes", "forms"));
        zone = ZoneOffset.of(at.text("zone"));
        for (PackFiles.Place each : at.list("forms")) {
            Pattern form = Pattern.compile(each.text("pattern"));
            if (!form.matcher(each.text("example")).matches()) {
                throw each.wrong("보기와 꼴이 맞지 않습니다", "the pattern does not match its example");
            }
            forms.add(form);
        }
    }

    /** The day that a text means; null if it is in none of the forms, or no day of the calendar. */
    public @Nullable LocalDate read(String text) {
        String trimmed = text.strip();
        if (trimmed.length() > LONGEST) {
            return null;
        }
        for (Pattern form : forms) {
            Matcher found = form.matcher(trimmed);
            if (found.matches()) {
                try {
                    return day(found);
                } catch (DateTimeException e) {
                    return null;
                }
            }
        }
        return null;
    }

    private LocalDate day(Matcher found) {
        LocalDate day = LocalDate.of(number(found, 1), number(found, 2), number(found, 3));
        if (found.groupCount() < 6) {
            return day;
        }
        LocalDateTime time = day.atTime(number(found, 4), number(found, 5));
        String offset = found.group(6);
        return offset == null
                ? day
                : OffsetDateTime.of(time, offset.startsWith("U") ? ZoneOffset.UTC : ZoneOffset.of(offset))
                        .withOffsetSameInstant(zone)
                        .toLocalDate();
    }

    private static int number(Matcher found, int group) {
        return Integer.parseInt(found.group(group));
    }
}
