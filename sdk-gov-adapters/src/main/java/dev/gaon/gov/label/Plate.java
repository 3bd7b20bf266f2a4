package dev.gaon.gov.label;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a visible mark is on a picture as stored, and what it looks like from afar: grey levels of a coarse grid. So a
 * reader can tell a picture that bears the mark from one that only has the other's metadata, without any font.
 *
 * @param turned whether viewers show the picture turned by a quarter, so that its letters lie on their side
 * @param cells one hexadecimal digit for each field of the grid, row by row
 */
record Plate(int x, int y, int width, int height, boolean turned, String cells, String text) {

    /** The statement's proof of this name holds it. */
    static final String PROOF = "overlay";

    private static final int COLUMNS = 24;
    private static final int ROWS = 8;

    private static final double LEAST_CONTRAST = 4.5;

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,9}) (\\d{1,9}) (\\d{1,9}) (\\d{1,9}) ([01]) ([0-9a-f]{192}) (.+)");

    static Plate of(BufferedImage image, Rectangle at, boolean turned, String text) {
        String cells = cells(image, at.x, at.y, at.width, at.height);
        return new Plate(at.x, at.y, at.width, at.height, turned, cells, text);
    }

    /** Null if it is none. */
    static @Nullable Plate parse(@Nullable String proof) {
        Matcher m = FORM.matcher(proof == null ? "" : proof);
        return !m.matches()
                ? null
                : new Plate(
                        Integer.parseInt(m.group(1)),
                        Integer.parseInt(m.group(2)),
                        Integer.parseInt(m.group(3)),
                        Integer.parseInt(m.group(4)),
                        m.group(5).equals("1"),
                        m.group(6),
                        m.group(7));
    }

    String proof() {
        return x + " " + y + " " + width + " " + height + " " + (turned ? 1 : 0) + " " + cells + " " + text;
    }

    boolean fits(int imageWidth, int imageHeight) {
        return width >= ROWS && height >= ROWS && (long) x + width <= imageWidth && (long) y + height <= imageHeight;
    }

    /**
     * The height of the letters in pixels if {@code part}, the part of a decoded picture under the plate, shows this mark
     * readably; 0 if not.
     */
    int letterHeight(BufferedImage part) {
        if (part.getWidth() != width || part.getHeight() != height || !looksLike(part)) {
            return 0;
        }
        double dark = 1;
        double light = 0;
        int first = Integer.MAX_VALUE;
        int last = -1;
        for (int py = 0; py < height; py++) {
            for (int px = 0; px < width; px++) {
                int argb = part.getRGB(px, py);
                if (argb >>> 24 < 250) {
                    return 0;
                }
                double luminance = luminance(argb);
                dark = Math.min(dark, luminance);
                light = Math.max(light, luminance);
                if (luminance > 0.5) {
                    first = Math.min(first, turned ? px : py);
                    last = Math.max(last, turned ? px : py);
                }
            }
        }
        return (light + 0.05) / (dark + 0.05) < LEAST_CONTRAST ? 0 : last - first + 1;
    }

    private boolean looksLike(BufferedImage part) {
        String seen = cells(part, 0, 0, width, height);
        int difference = 0;
        for (int i = 0; i < cells.length(); i++) {
            difference += Math.abs(Character.digit(cells.charAt(i), 16) - Character.digit(seen.charAt(i), 16));
        }
        return difference <= cells.length();
    }

    private static String cells(BufferedImage image, int x, int y, int width, int height) {
        StringBuilder cells = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                int left = column * width / COLUMNS;
                int right = Math.max(left + 1, (column + 1) * width / COLUMNS);
                int top = row * height / ROWS;
                int bottom = Math.max(top + 1, (row + 1) * height / ROWS);
                long sum = 0;
                for (int py = top; py < bottom; py++) {
                    for (int px = left; px < right; px++) {
                        int rgb = image.getRGB(x + px, y + py);
                        sum += (rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255);
                    }
                }
                long level = sum / (3L * (right - left) * (bottom - top));
                cells.append(Character.forDigit((int) Math.min(15, level >> 4), 16));
            }
        }
        return cells.toString();
    }

    /** As WCAG defines it. */
    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int value) {
        double v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }
}
