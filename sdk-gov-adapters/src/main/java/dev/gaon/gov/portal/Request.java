package dev.gaon.gov.portal;

import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is asked of a portal: an operation and its parameters, checked. Immutable. */
record Request(Portal portal, Portal.Operation operation, Map<String, String> parameters) {

    /**
     * @param address with the key, for the wire alone
     * @param shown the same without it
     * @param header the key's, name and value; null if it goes into the address or there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    record Target(String address, String shown, String @Nullable [] header) {

        @Override
        public String toString() {
            return shown;
        }
    }

    private static final int MOST = 30;
    private static final int LONGEST = 1_000;
    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z]+)\\}");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._:~-]{0,199}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,60}");
    private static final Pattern CONDITION = Pattern.compile("cond\\[[^\\[\\]]{1,100}::(EQ|LIKE|GT|GTE|LT|LTE)\\]");

    static Request of(
            Portal portal, Portal.Operation operation, Map<String, String> given, Collection<PortalKey> keys) {
        boolean fine = given.size() <= MOST && given.keySet().containsAll(operation.required());
        for (Map.Entry<String, String> each : given.entrySet()) {
            String name = each.getKey();
            String value = each.getValue();
            fine &= takes(portal, operation, name)
                    && value.length() <= LONGEST
                    && keys.stream().noneMatch(key -> key.in(name) || key.in(value));
            fine &= !operation.path().contains("{" + name + "}")
                    || SEGMENT.matcher(value).matches() && !value.contains("..");
        }
        if (!fine) {
            String names = String.join(", ", portal.parameters(operation.name()));
            throw PortalException.wrongUse(
                    portal.id() + " " + operation.name() + ": 조회 조건이 맞지 않습니다.",
                    "쓸 수 있는 조건(*는 꼭 필요함): " + names + ". 인증키는 key()로만 주세요.",
                    portal.id() + " " + operation.name() + ": the parameters do not fit.",
                    "They are (* required) " + names + ". Give keys with key() alone.");
        }
        return new Request(portal, operation, new TreeMap<>(given));
    }

    private static boolean takes(Portal portal, Portal.Operation operation, String name) {
        if (portal.key() != null && name.equalsIgnoreCase(portal.key().parameter())) {
            return false;
        }
        return operation.parameters().contains(name)
                || operation.parameters().contains("*") && NAME.matcher(name).matches()
                || operation.parameters().contains("cond[*]")
                        && CONDITION.matcher(name).matches();
    }

    /** @param pages fetched before this one */
    Target target(URI base, int pages, @Nullable PortalKey key) {
        Map<String, String> query = new TreeMap<>(operation.fixed());
        query.putAll(parameters);
        StringBuilder path = new StringBuilder(base.toString().replaceFirst("/+$", ""));
        Matcher places = PLACE.matcher(operation.path());
        int from = 0;
        for (; places.find(); from = places.end()) {
            String name = places.group(1);
            path.append(operation.path(), from, places.start()).append(PortalKey.encode(query.getOrDefault(name, "")));
            query.remove(name);
        }
        path.append(operation.path().substring(from));
        Portal.Paging paging = operation.paging();
        if (paging != null) {
            query.put(paging.page(), String.valueOf(paging.first() + pages));
            query.put(paging.size(), String.valueOf(paging.rows()));
        }
        char sign = '?';
        for (Map.Entry<String, String> each : query.entrySet()) {
            path.append(sign)
                    .append(PortalKey.encode(each.getKey()))
                    .append('=')
                    .append(PortalKey.encode(each.getValue()));
            sign = '&';
        }
        String shown = path.toString();
        Portal.KeyPlace place = portal.key();
        if (place == null || key == null) {
            return new Target(shown, shown, null);
        }
        return place.header() == null
                ? new Target(shown + sign + place.parameter() + "=" + key.encoded(), shown, null)
                : new Target(shown, shown, new String[] {place.header(), place.prefix() + key.plain()});
    }
}
