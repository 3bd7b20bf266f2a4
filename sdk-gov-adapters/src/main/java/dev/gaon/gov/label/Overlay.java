package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The visible mark on a picture: white letters on an opaque black plate in the lower right corner as people see the
 * picture, so that they are readable on any background.
 */
final class Overlay {

    static final long MAX_PIXELS = 64_000_000;

    /** Of the shortest side, for the letters; 5 % with room for letters that are lower than the whole line. */
    private static final double SHARE = 0.065;

    private static final int MIN_LETTERS = 12;

    /** A wording in both languages that would cover more gives way to the first language alone. */
    private static final double MOST_OF_WIDTH = 0.6;

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
        int lineHeight = (int) Math.max(MIN_LETTERS, Math.ceil(SHARE * Math.min(width, height)));
        int pad = Math.max(3, lineHeight / 3);
        int margin = Math.min(width, height) / 50;
        List<String> shapes = Wording.shapes(wording);
        Letters letters = fitting(shapes, lineHeight, width * MOST_OF_WIDTH - 2 * pad, false);
        if (letters == null) {
            letters = fitting(shapes, lineHeight, width - margin - 2 * pad, true);
        }
        int plateHeight = lineHeight + 2 * pad;
        if (letters == null || plateHeight + margin > height) {
            throw noRoom(width, height);
        }
        Shape shape = letters.outline(letters.text());
        Rectangle2D ink = shape.getBounds2D();
        double scale = lineHeight / ink.getHeight();
        int plateWidth = (int) Math.ceil(ink.getWidth() * scale) + 2 * pad;
        int x = width - margin - plateWidth;
        int y = height - margin - plateHeight;
        AffineTransform toStored = toStored(orientation, image.getWidth(), image.getHeight());
        AffineTransform place = new AffineTransform(toStored);
        place.translate(x + pad, y + pad);
        place.scale(scale, scale);
        place.translate(-ink.getX(), -ink.getY());
        Shape plate = toStored.createTransformedShape(new Rectangle2D.Double(x, y, plateWidth, plateHeight));
        paint(image, plate, place.createTransformedShape(shape));
        return Plate.of(image, plate.getBounds(), turned, letters.text());
    }

    /** The first wording that has letters and is no wider than the room; {@code any}: else whatever else can be drawn. */
    private static @Nullable Letters fitting(List<String> shapes, int lineHeight, double room, boolean any) {
        List<String> texts = new ArrayList<>(any ? shapes : shapes.subList(0, Math.min(2, shapes.size())));
        while (any || !texts.isEmpty()) {
            Letters letters = Letters.of(texts);
            Rectangle2D ink = letters.outline(letters.text()).getBounds2D();
            boolean wanted = any || texts.contains(letters.text());
            if (wanted && Math.ceil(ink.getWidth() * lineHeight / ink.getHeight()) <= room) {
                return letters;
            }
            if (!texts.remove(letters.text())) {
                return null;
            }
        }
        return null;
    }

    private static LabelException noRoom(int width, int height) {
        return new LabelException(
                "no-room",
                new BilingualText(
                        "그림(" + width + "x" + height + ")이 작아 읽을 수 있는 표시를 넣을 자리가 없습니다.",
                        "The picture (" + width + "x" + height + ") has no room for a readable mark."),
                new BilingualText(
                        "더 큰 그림을 쓰거나, 보이는 표시 없이 withVisible(false)로 메타데이터만 넣고 그림 곁에 표시하세요.",
                        "Use a larger picture, or write metadata alone by withVisible(false) and put a mark beside it."));
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
