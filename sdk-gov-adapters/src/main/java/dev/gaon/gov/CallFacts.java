package dev.gaon.gov;

import dev.gaon.CallContext;
import dev.gaon.Endpoint;
import dev.gaon.gov.law.RulePack;
import dev.gaon.gov.law.ServiceProfile;
import dev.gaon.gov.text.BilingualText;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What only a call tells: where the endpoint stands, how far it is trusted, and how sensitive the call is.
 *
 * @param abroad null if nobody declared it
 * @param grade C, S or O; null if the call has no level of these names
 * @param zone C, S or O; null if the endpoint has no highest level of these names
 */
record CallFacts(
        @Nullable Boolean abroad,
        @Nullable String grade,
        @Nullable String zone) {

    static final CallFacts NONE = new CallFacts(null, null, null);

    private static final String ABROAD = "endpointAbroad";
    private static final String GRADE = "n2sfGrade";
    private static final String ZONE = "endpointZone";

    /** From the least to the most sensitive. */
    private static final List<String> GRADES = List.of("O", "S", "C");

    static CallFacts of(Endpoint endpoint, CallContext context) {
        return new CallFacts(abroad(endpoint), name(context.level()), name(endpoint.highestLevel()));
    }

    private static @Nullable Boolean abroad(Endpoint endpoint) {
        String region = endpoint.region();
        if (region != null && !region.isBlank()) {
            String code = region.strip().toUpperCase(Locale.ROOT);
            return !code.equals("KR") && !code.startsWith("KR-");
        }
        URI uri = endpoint.uri();
        boolean overNetwork = uri == null || uri.getHost() != null;
        return overNetwork ? null : Boolean.FALSE;
    }

    private static @Nullable String name(CallContext.@Nullable Level level) {
        return level != null && GRADES.contains(level.name()) ? level.name() : null;
    }

    /** The profile with these facts; where it declares another value, the stricter of the two. */
    ServiceProfile refine(ServiceProfile declared, RulePack pack) {
        ServiceProfile refined = declared;
        Map<String, Object> facts = declared.facts();
        if (abroad != null && pack.fact(ABROAD) != null && !Boolean.TRUE.equals(facts.get(ABROAD))) {
            refined = refined.with(ABROAD, abroad);
        }
        if (grade != null && pack.fact(GRADE) != null) {
            refined = refined.with(GRADE, higher(grade, facts.get(GRADE)));
        }
        if (zone != null && pack.fact(ZONE) != null) {
            refined = refined.with(ZONE, lower(zone, facts.get(ZONE)));
        }
        return refined;
    }

    private static String higher(String told, @Nullable Object declared) {
        return declared != null && GRADES.indexOf(declared) > GRADES.indexOf(told) ? (String) declared : told;
    }

    private static String lower(String told, @Nullable Object declared) {
        return declared != null && GRADES.indexOf(declared) < GRADES.indexOf(told) ? (String) declared : told;
    }

    /** For instance {@code endpointAbroad=true,n2sfGrade=S}; empty if the call tells nothing. */
    String words() {
        Map<String, Object> told = new TreeMap<>();
        if (abroad != null) {
            told.put(ABROAD, abroad);
        }
        if (grade != null) {
            told.put(GRADE, grade);
        }
        if (zone != null) {
            told.put(ZONE, zone);
        }
        return String.join(",", told.entrySet().stream().map(Object::toString).toList());
    }

    /** How a fact is told with a call instead of in the profile; null for one that no call tells. */
    static @Nullable BilingualText howToTell(String fact) {
        return switch (fact) {
            case ABROAD ->
                new BilingualText(
                        "엔드포인트의 지역은 Endpoint.withRegion(\"KR\")처럼 밝혀도 됩니다.",
                        "The region of the endpoint may be declared instead, as in Endpoint.withRegion(\"KR\").");
            case GRADE ->
                new BilingualText(
                        "등급은 호출마다 CallContext.withLevel(C, S, O)로 밝혀도 됩니다.",
                        "The grade may be declared with each call instead: CallContext.withLevel (C, S or O).");
            case ZONE ->
                new BilingualText(
                        "엔드포인트의 영역은 Endpoint.withHighestLevel(C, S, O)로 밝혀도 됩니다.",
                        "The zone of the endpoint may be declared instead: Endpoint.withHighestLevel (C, S or O).");
            default -> null;
        };
    }
}
