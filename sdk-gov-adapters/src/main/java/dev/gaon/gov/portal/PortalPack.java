package dev.gaon.gov.portal;

import dev.gaon.gov.pack.PackFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The portals of a sealed folder, with the codes and envelopes they share. Immutable. */
final class PortalPack {

    private static final Pattern DATA = Pattern.compile("(codes|envelopes)\\.json|portals/[A-Za-z0-9._-]+\\.json");

    private final Map<String, Portal> portals = new TreeMap<>();
    private final Faults faults;
    private final String version;

    /** @param base whose codes and envelopes serve where the folder has none of its own; null if it must have them */
    private PortalPack(PackFiles files, @Nullable PackFiles base) {
        PackFiles codes = files.has("codes.json") || base == null ? files : base;
        PackFiles shapes = files.has("envelopes.json") || base == null ? files : base;
        faults = new Faults(
                codes.read("codes.json", Set.of("families", "pages", "statuses", "own", "sources", "notes")));
        Map<String, Envelope> envelopes = new TreeMap<>();
        shapes.read("envelopes.json", Set.of("envelopes", "sources", "notes"))
                .each("envelopes")
                .forEach((name, at) -> envelopes.put(name, new Envelope(at, faults)));
        version = files.version();
        for (String path : files.files().keySet()) {
            if (path.startsWith("portals/")) {
                PackFiles.Place top = files.read(path, files.names(path));
                Portal portal = new Portal(top, envelopes);
                if (!path.equals("portals/" + portal.id() + ".json")) {
                    throw top.at("id").wrong("portals/ID.json에 있어야 합니다", "must be at portals/ID.json");
                }
                portals.put(portal.id(), portal);
            }
        }
    }

    static PortalPack bundled() {
        return new PortalPack(files(), null);
    }

    static PortalPack in(Path folder) {
        PackFiles own = PackFiles.in(folder);
        return new PortalPack(own, own.has("codes.json") && own.has("envelopes.json") ? null : files());
    }

    private static PackFiles files() {
        return PackFiles.bundled("dev/gaon/gov/portals");
    }

    static String seal(Path folder) {
        return PackFiles.seal(folder, path -> DATA.matcher(path).matches());
    }

    Map<String, Portal> portals() {
        return portals;
    }

    Faults faults() {
        return faults;
    }

    String version() {
        return version;
    }
}
