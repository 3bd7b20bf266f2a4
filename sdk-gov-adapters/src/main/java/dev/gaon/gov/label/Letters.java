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

    private Letters() {}

    /** The first of these texts that can be drawn; "AI" if none can. */
    static String drawable(List<String> texts) {
        for (String text : texts) {
            if (font(text).isPresent()) {
                return text;
            }
        }
        return DRAWN;
    }

    /** Letters of the size {@link #SIZE} on a base line at y = 0, y downwards as in pictures. */
    static Shape outline(String text) {
        return font(text)
                .map(font -> font.createGlyphVector(CONTEXT, text).getOutline())
                .orElseGet(Letters::ai);
    }

    /** How far the pen moves over {@code text}. */
    static double advance(String text) {
        return font(text)
                .map(font -> font.getStringBounds(text, CONTEXT).getWidth())
                .orElseGet(() -> ai().getBounds2D().getMaxX() + 12);
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
                boolean itself = name.equals(Font.SANS_SERIF) || font.getFamily().equals(name);
                if (itself && font.canDisplayUpTo(text) < 0) {
                    return Optional.of(font);
                }
            }
            return Arrays.stream(GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts())
                    .filter(font -> font.canDisplayUpTo(text) < 0)
                    .findFirst()
                    .map(font -> font.deriveFont(SIZE));
        } catch (RuntimeException | LinkageError | InternalError e) {
            // A JDK without its font libraries, or a system without any font, fails in one of these ways.
            return Optional.empty();
        }
    }

    /** The two letters, drawn here. */
    private static Shape ai() {
        Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        polygon(path, 0, 0, 27, -72, 43, -72, 70, 0, 55, 0, 49, -17, 21, -17, 15, 0);
        polygon(path, 25, -29, 45, -29, 35, -58);
        polygon(path, 82, 0, 82, -72, 97, -72, 97, 0);
        return path;
    }

    private static void polygon(Path2D path, double... points) {
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        path.closePath();
    }
}
