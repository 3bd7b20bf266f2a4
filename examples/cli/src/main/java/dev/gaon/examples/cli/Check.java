package dev.gaon.examples.cli;

/** One thing {@code gaon doctor} looked at. {@code state} is {@code ok}, {@code warn} or {@code fail}. */
record Check(String name, String state, Text detail, Text fix) {

    static Check ok(String name, String ko, String en) {
        return new Check(name, "ok", new Text(ko, en), Text.NONE);
    }

    static Check warn(String name, Text detail, Text fix) {
        return new Check(name, "warn", detail, fix);
    }

    static Check fail(String name, Text detail, Text fix) {
        return new Check(name, "fail", detail, fix);
    }

    static Check fail(String name, Failure failure) {
        return new Check(name, "fail", failure.message(), failure.fix());
    }

    boolean failed() {
        return state.equals("fail");
    }
}
