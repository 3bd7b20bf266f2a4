package dev.gaon.gov.law;

import dev.gaon.gov.text.BilingualText;

/** How much a finding asks of its reader: verdict and sanction taken together, the weightiest first. */
enum Standing {
    FINE("과태료로 이어질 수 있는 미충족", "Not met, and a fine may follow"),
    UNDECIDED("아직 정해지지 않은 의무", "Duties that are undecided"),
    DUTY("그 밖의 의무 미충족", "Other duties not met"),
    ACCEPTED("사유를 남기고 받아들인 것", "Accepted by a named person"),
    SOFT("노력·권고·요건 미충족", "Efforts, recommendations and conditions not met"),
    SOFT_OPEN("아직 정해지지 않은 노력·권고·요건", "Efforts, recommendations and conditions that are undecided"),
    PASS("충족", "Met"),
    NOT_IN_FORCE("시행 전이거나 끝난 규칙", "Not in force on that day"),
    NA("해당 없음", "Not applicable");

    private final BilingualText title;

    Standing(String ko, String en) {
        title = new BilingualText(ko, en);
    }

    static Standing of(Finding finding) {
        if (finding.waiver() != null) {
            return ACCEPTED;
        }
        return switch (finding.verdict()) {
            case PASS -> PASS;
            case NA -> NA;
            case NOT_IN_FORCE -> NOT_IN_FORCE;
            case NEEDS_FACT, UNKNOWN, REVIEW -> finding.undecided() ? UNDECIDED : SOFT_OPEN;
            case FAIL ->
                finding.failsUnderFine() ? FINE : finding.version().sanction().binding() ? DUTY : SOFT;
        };
    }

    BilingualText title() {
        return title;
    }

    /** The class by which the style sheet knows it. */
    String style() {
        return switch (this) {
            case FINE -> "fine";
            case UNDECIDED, SOFT_OPEN -> "open";
            case DUTY, SOFT, ACCEPTED -> "unmet";
            case PASS -> "pass";
            case NOT_IN_FORCE, NA -> "off";
        };
    }

    /** A sign that needs no colour and no font: a path in a square of 16. */
    String sign() {
        return switch (this) {
            case FINE, DUTY, SOFT -> "M3 3L13 13M13 3L3 13";
            case ACCEPTED -> "M3 3L13 13M13 3L3 13M1 15H15";
            case UNDECIDED, SOFT_OPEN -> "M4.5 5.5a3.5 3.5 0 1 1 5 3.2q-1.5 .8 -1.5 2.3M8 13.6v1.2";
            case PASS -> "M2 8.5L6.5 13L14 3.5";
            case NOT_IN_FORCE -> "M8 1.5a6.5 6.5 0 1 1 -.01 0M8 4.5V8.5L11 10";
            case NA -> "M3 8H13";
        };
    }
}
