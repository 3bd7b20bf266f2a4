package dev.gaon.gov.law;

import dev.gaon.gov.text.BilingualText;

/** What may follow where a rule is not met; a matter of its own beside the {@link Verdict} and any grace. */
public enum Sanction {
    /** An administrative fine without an order before it (Act 43(1)1-2). */
    FINE_DIRECT("바로 과태료", "directly finable"),
    /** A fine only after a stop or correction order was disobeyed (Act 40(3), 43(1)3). */
    ORDER_THEN_FINE("시정명령을 어기면 과태료", "fine after a disobeyed order"),
    /** The fine for disobeying an order itself (Act 43(1)3). */
    FINE_ORDER("명령 불이행 과태료", "fine for disobeying an order"),
    /** A duty to which the Act ties no sanction. */
    NONE("제재 없는 의무", "duty without sanction"),
    /** A duty to make an effort. */
    EFFORT("노력 의무", "effort duty"),
    /** Advice of a guideline or notice. */
    RECOMMEND("권고", "recommendation"),
    /** When something else counts as done. */
    DEEM("이행 간주", "deemed compliance"),
    /** A question that decides how other rules apply. */
    GATE("적용 판단", "gate"),
    /** What another law provides. */
    OTHER_LAW("다른 법령의 제재", "sanction of another law");

    private final BilingualText label;

    Sanction(String ko, String en) {
        this.label = new BilingualText(ko, en);
    }

    /** For people. */
    public BilingualText label() {
        return label;
    }

    /** True if a fine under the AI Basic Act may follow, at once or after an order. */
    public boolean finable() {
        return this == FINE_DIRECT || this == ORDER_THEN_FINE || this == FINE_ORDER;
    }

    /** True for what binds: not for efforts, recommendations, gates and deeming. */
    public boolean binding() {
        return finable() || this == NONE || this == OTHER_LAW;
    }
}
