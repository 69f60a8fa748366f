package tocsin.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Values that mean something to the gateway, by the name of the field or the parameter that takes
 * them.
 */
record Known(Map<String, List<String>> values) {
  private static final Map<String, List<String>> ALWAYS =
      Map.ofEntries(
          Map.entry("address", List.of("ada@example.com", "+15005550006", "+4915112345678")),
          Map.entry("attempt", List.of("1", "2", "1.1", "zz")),
          Map.entry("contact", List.of("owner@example.com")),
          Map.entry("cursor", List.of("0", "1", "2147483647", "acme", "d1_2s", "1.2", "a")),
          Map.entry("component", List.of("web", "api")),
          Map.entry("components", List.of("web", "api")),
          Map.entry("customer", List.of("acme", "globex")),
          Map.entry("delivery", List.of("d1_2s", "d1_1", "d2_2t", "d0_0")),
          Map.entry("incident", List.of("inc-0", "inc-1", "inc-2", "inc-3")),
          Map.entry("ip", List.of("203.0.113.7", "2001:db8::1")),
          Map.entry("key", List.of("email", "sms", "webhook:host:*", "email:domain:example.com")),
          Map.entry("lang", List.of("de", "en")),
          Map.entry("locale", List.of("en", "de", "de-AT", "fr")),
          Map.entry("name", List.of("incident.updated.json", "tocsin.test.json", "Some-name")),
          Map.entry("overlap", List.of("PT0S", "PT24H")),
          Map.entry("per", List.of("PT1S", "PT0.5S")),
          Map.entry("region", List.of("emea", "north-america")),
          Map.entry("regions", List.of("emea", "north-america")),
          Map.entry("secret", List.of("whsec_" + "c2VjcmV0".repeat(4))),
          Map.entry("segment", List.of("na-1", "na-2")),
          Map.entry("segments", List.of("na-1", "na-2")),
          Map.entry("sequence", List.of("1", "2")),
          Map.entry("timeZone", List.of("UTC", "Europe/Berlin", "America/New_York")),
          Map.entry("update", List.of("inc-0/1", "inc-1/1")),
          Map.entry("version", List.of("1")),
          Map.entry("channel", List.of("email", "sms", "webhook")),
          Map.entry("pick", List.of("*:*", "web:*", "api:emea")),
          Map.entry("minImpact", List.of("none", "minor", "major", "critical")),
          Map.entry("consent", List.of("yes")),
          Map.entry("List-Unsubscribe", List.of("One-Click")),
          Map.entry("d", List.of("d1_2s")),
          Map.entry("MessageStatus", List.of("sent", "delivered", "undelivered", "failed")),
          Map.entry("From", List.of("+4915112345678", "+15005550006")),
          Map.entry("Body", List.of("STOP", "START", "HILFE", "YES", "123456")),
          Map.entry("Idempotency-Key", List.of("\"one\"", "two")));

  Known {
    values = Map.copyOf(values);
  }

  /**
   * @param path of the target: {@code id} means another thing below each
   */
  Optional<String> value(String path, String name, Random random) {
    String folder = path.substring(0, path.indexOf('/', 1) < 0 ? path.length() : end(path));
    List<String> found =
        values.getOrDefault(
            folder + ":" + name, values.getOrDefault(name, ALWAYS.getOrDefault(name, List.of())));
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(found.get(random.nextInt(found.size())));
  }

  /**
   * Behind {@code /v1/customers} of {@code /v1/customers/{id}}, {@code /u} of {@code /u/{token}}.
   */
  private static int end(String path) {
    int start = path.startsWith("/v1/") ? "/v1/".length() : 1;
    int end = path.indexOf('/', start);
    return end < 0 ? path.length() : end;
  }
}
