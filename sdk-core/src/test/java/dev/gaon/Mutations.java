package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Inputs near the committed ones of a fuzz test, always the same, for ordinary runs; {@code .ci/fuzz} lets Jazzer look
 * for more.
 */
final class Mutations {

    /** Bytes that mean something to one of the formats. */
    private static final byte[] AWKWARD = {
        '\n',
        '\r',
        ':',
        ' ',
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        '0',
        '-',
        'e',
        0,
        (byte) 0xef,
        (byte) 0xbb,
        (byte) 0xff
    };

    interface Target {
        void take(byte[] input) throws Exception;
    }

    /** Where Jazzer looks for the inputs of a fuzz test and puts what it finds. */
    private static Path inputs(Class<?> test, String folder) {
        try {
            return Path.of(
                    test.getResource(test.getSimpleName() + "Inputs/" + folder).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Mutations() {}

    /** Gives {@code target} this many inputs, each some edits away from one of those that lie in its folder. */
    static void of(Class<?> test, String folder, int times, Target target) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(inputs(test, folder))) {
            for (Path file : files.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        assertThat(seeds).hasSizeGreaterThan(2);
        Random random = new Random(folder.hashCode());
        for (int i = 0; i < times; i++) {
            byte[] input = seeds.get(random.nextInt(seeds.size()));
            for (int edits = 1 + random.nextInt(5); edits > 0; edits--) {
                input = edited(input, seeds.get(random.nextInt(seeds.size())), random);
            }
            try {
                target.take(input);
            } catch (Throwable e) {
                String name = folder + ", input " + i + ", in base 64: ";
                throw new AssertionError(name + Base64.getEncoder().encodeToString(input), e);
            }
        }
    }

    private static byte[] edited(byte[] bytes, byte[] other, Random random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(1 << random.nextInt(8)));
        int otherFrom = random.nextInt(other.length + 1);
        int otherTo = Math.min(other.length, otherFrom + 1 + random.nextInt(1 << random.nextInt(8)));
        byte[] piece = Arrays.copyOfRange(bytes, from, to);
        return switch (random.nextInt(7)) {
            case 0 -> replaced(bytes, from, to);
            case 1 -> replaced(bytes, from, to, piece, piece);
            case 2 -> replaced(bytes, from, from, Arrays.copyOfRange(other, otherFrom, otherTo));
            case 3 -> replaced(bytes, from, to, Arrays.copyOfRange(other, otherFrom, otherTo));
            case 4 -> replaced(bytes, from, from, new byte[] {AWKWARD[random.nextInt(AWKWARD.length)]});
            case 5 -> replaced(bytes, from, Math.min(bytes.length, from + 1), new byte[] {(byte) random.nextInt(256)});
            default -> replaced(bytes, Math.max(from, bytes.length / 2), bytes.length);
        };
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[]... with) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        for (byte[] piece : with) {
            out.writeBytes(piece);
        }
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }
}
