package dev.gaon.examples.cli;

/** Plain text as wide as the terminal, from 60 to 120 columns: headings, items, and lines under a label. One thread. */
final class Lines {

    private static final int MARGIN = 2;

    private final int columns;
    private final int indent;
    private final int label;
    private final StringBuilder out = new StringBuilder();

    Lines(Terminal terminal) {
        this(terminal, MARGIN * 2, 8);
    }

    /**
     * @param indent columns before labels
     * @param label columns for labels
     */
    Lines(Terminal terminal, int indent, int label) {
        this.columns = Math.min(Math.max(terminal.columns(), 60), 120);
        this.indent = indent;
        this.label = label;
    }

    void text(String text) {
        add(new int[] {columns}, text);
    }

    void heading(String text) {
        out.append('\n');
        text(text);
    }

    /** A name and what is to be said of it, on a line of its own. */
    void item(String name, String text) {
        int width = Math.max(label + MARGIN, Table.width(name) + 1);
        add(new int[] {MARGIN, width, columns - MARGIN - width}, "", name, text);
    }

    void bullet(String text) {
        add(new int[] {MARGIN, 2, columns - MARGIN - 2}, "", "-", text);
    }

    /** What belongs to the item or bullet above. */
    void under(String text) {
        add(new int[] {MARGIN * 2, columns - MARGIN * 2}, "", text);
    }

    void line(String name, String text) {
        add(new int[] {indent, label, columns - indent - label}, "", name, text);
    }

    /** A line under a label that stands {@code depth} steps deeper, behind a mark. */
    void nested(String name, int depth, String mark, String text) {
        int deeper = label + depth * MARGIN;
        add(new int[] {indent, deeper, 2, columns - indent - deeper - 2}, "", name, mark, text);
    }

    private void add(int[] widths, String... cells) {
        Table table = new Table(widths);
        table.row(cells);
        out.append(table);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
