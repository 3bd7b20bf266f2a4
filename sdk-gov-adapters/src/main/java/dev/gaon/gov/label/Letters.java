package dev.gaon.gov.label;

import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Letters as outlines, from a font of this machine that has every one of them. A machine without fonts, as many servers
 * are, still has the letters A and I, which are drawn here: a row of empty boxes would be no label.
 */
final class Letters {

    static final float SIZE = 100;

    private static final String DRAWN = "AI";

    /** Fonts that hold the modern Korean syllables, better ones first; then whatever else has the letters. */
    private static final List<String> PREFERRED = List.of(
            "Noto Sans CJK KR",
            "Noto Sans KR",
            "NanumGothic",
            "NanumBarunGothic",
            "Pretendard",
            "Malgun Gothic",
            "Apple SD Gothic Neo",
            "Gulim",
            Font.SANS_SERIF);

    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private static final Map<String, Optional<Font>> FONTS = new LinkedHashMap<>();

    private final String text;
    private final Optional<Font> font;

    private Letters(String text, Optional<Font> font) {
        this.text = text;
        this.font = font;
    }

    /** Of the first of these texts that can be drawn; of "AI" if none can. */
    static Letters of(List<String> texts) {
        for (String text : texts) {
            Optional<Font> font = font(text);
            if (font.isPresent()) {
                return new Letters(text, font);
            }
        }
        Optional<Font> font = font(DRAWN);
        return font.isPresent() ? new Letters(DRAWN, font) : drawn();
    }

    /** "AI" as on a machine without any font. */
    static Letters drawn() {
        return new Letters(DRAWN, Optional.empty());
    }

    String text() {
        return text;
    }

    /** Of a part of the text, in the size {@link #SIZE} on a base line at y = 0, y downwards as in pictures. */
    Shape outline(String part) {
        return font.map(f -> f.createGlyphVector(CONTEXT, part).getOutline()).orElseGet(() -> drawn(part));
    }

    /** How far the pen moves over a part of the text. */
    double advance(String part) {
        return font.map(f -> f.getStringBounds(part, CONTEXT).getWidth())
                .orElseGet(() -> drawn(part).getBounds2D().getMaxX() + 12);
    }

    private static synchronized Optional<Font> font(String text) {
        Optional<Font> font = FONTS.get(text);
        if (font == null) {
            if (FONTS.size() > 256) {
                FONTS.clear();
            }
            font = search(text);
            FONTS.put(text, font);
        }
        return font;
    }

    private static Optional<Font> search(String text) {
        try {
            for (String name : PREFERRED) {
                Font font = new Font(name, Font.PLAIN, 1).deriveFont(SIZE);
                boolean itself =
                        name.equals(Font.SANS_SERIF) || font.getFamily().equals(name);
                if (itself && font.canDisplayUpTo(text) < 0) {
                    return Optional.of(font);
                }
            }
            return Arrays.stream(
                            GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts())
                    .filter(font -> font.canDisplayUpTo(text) < 0)
                    .findFirst()
                    .map(font -> font.deriveFont(SIZE));
        } catch (RuntimeException | LinkageError | InternalError e) {
            // A JDK without its font libraries, or a system without any font, fails in one of these ways.
            return Optional.empty();
        }
    }

    /** The two letters, or one of them, drawn here. */
    private static Shape drawn(String part) {
        Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        double right = 0;
        if (part.contains("A")) {
            polygon(path, 0, 0, 0, 27, -72, 43, -72, 70, 0, 55, 0, 49, -17, 21, -17, 15, 0);
            polygon(path, 0, 25, -29, 45, -29, 35, -58);
            right = 82;
        }
        if (part.contains("I")) {
            polygon(path, right, 0, 0, 0, -72, 15, -72, 15, 0);
        }
        return path;
    }

    private static void polygon(Path2D path, double right, double... points) {
        path.moveTo(right + points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(right + points[i], points[i + 1]);
        }
        path.closePath();
    }
}
