package dev.gaon.gov.label;

import dev.gaon.gov.BilingualText;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * The visible mark on a picture: white letters on an opaque black plate in the lower right corner as people see the
 * picture, so that they are readable on any background.
 */
final class Overlay {

    static final long MAX_PIXELS = 64_000_000;

    /** Of the shortest side, for the letters; 5 % with room for letters that are lower than the whole line. */
    private static final double SHARE = 0.065;

    private static final int MIN_LETTERS = 12;

    private Overlay() {}

    /** Refuses a picture that would not fit into memory, before any of it is decoded. */
    static void requireDrawable(long width, long height, String format) {
        if (width <= 0 || height <= 0) {
            throw LabelException.damaged(format, "width, height");
        }
        if (width > MAX_PIXELS || height > MAX_PIXELS || width * height > MAX_PIXELS) {
            throw LabelException.tooLarge(
                    new BilingualText(
                            "그림(" + width + "x" + height + ")의 화소 수가", "The picture (" + width + "x" + height + ")"),
                    "64 000 000");
        }
    }

    /**
     * Draws on {@code image} and returns where and what.
     *
     * @param orientation of EXIF: 1 to 8, how viewers turn the stored picture
     */
    static Plate draw(BufferedImage image, int orientation, BilingualText wording) {
        boolean turned = orientation >= 5;
        int width = turned ? image.getHeight() : image.getWidth();
        int height = turned ? image.getWidth() : image.getHeight();
        int letters = (int) Math.max(MIN_LETTERS, Math.ceil(SHARE * Math.min(width, height)));
        int pad = Math.max(3, letters / 3);
        int margin = Math.min(width, height) / 50;
        List<String> texts = new ArrayList<>(Wording.shapes(wording));
        while (true) {
            Letters drawn = Letters.of(texts);
            String text = drawn.text();
            Shape shape = drawn.outline(text);
            Rectangle2D ink = shape.getBounds2D();
            double scale = letters / ink.getHeight();
            int plateWidth = (int) Math.ceil(ink.getWidth() * scale) + 2 * pad;
            int plateHeight = letters + 2 * pad;
            if (plateWidth + margin <= width && plateHeight + margin <= height) {
                int x = width - margin - plateWidth;
                int y = height - margin - plateHeight;
                AffineTransform toStored = toStored(orientation, image.getWidth(), image.getHeight());
                AffineTransform place = new AffineTransform(toStored);
                place.translate(x + pad, y + pad);
                place.scale(scale, scale);
                place.translate(-ink.getX(), -ink.getY());
                Shape plate = toStored.createTransformedShape(new Rectangle2D.Double(x, y, plateWidth, plateHeight));
                paint(image, plate, place.createTransformedShape(shape));
                return Plate.of(image, plate.getBounds(), turned, text);
            }
            if (!texts.remove(text)) {
                throw new LabelException(
                        "no-room",
                        new BilingualText(
                                "그림(" + width + "x" + height + ")이 작아 읽을 수 있는 표시를 넣을 자리가 없습니다.",
                                "The picture (" + width + "x" + height + ") has no room for a readable mark."),
                        new BilingualText(
                                "더 큰 그림을 쓰거나, 보이는 표시 없이 withVisible(false)로 메타데이터만 넣고 그림 곁에 표시하세요.",
                                "Use a larger picture, or write metadata alone by withVisible(false) and put a mark beside it."));
            }
        }
    }

    private static void paint(BufferedImage image, Shape plate, Shape letters) {
        Graphics2D g = image.createGraphics();
        try {
            g.setColor(Color.BLACK);
            g.fill(plate);
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            g.setColor(Color.WHITE);
            g.fill(letters);
        } finally {
            g.dispose();
        }
    }

    /** From the picture as seen to the picture as stored. */
    private static AffineTransform toStored(int orientation, int w, int h) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, -1, 1, 0, 0, h);
            case 7 -> new AffineTransform(0, -1, -1, 0, w, h);
            case 8 -> new AffineTransform(0, 1, -1, 0, w, 0);
            default -> new AffineTransform();
        };
    }
}
