package tocsin.selfservice;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;

/** Wishes as nobody means them, many of them nearly right. */
final class HostileWishes {
  private static final List<String> PIECES =
      List.of(
          "\0",
          "\r\nBcc: all@example.com",
          "'; drop table opt_in; --",
          "${jndi:ldap://x}",
          "\u202e",
          "<script>",
          "\ud83d",
          "%00",
          "@",
          "..",
          "ä",
          "\u2028",
          "{{",
          "\\",
          "a".repeat(300));

  private HostileWishes() {}

  static JsonObject next(Random random) {
    JsonObject wish =
        switch (random.nextInt(4)) {
          case 0 -> OptInFixture.email(mangled(random, "reader@example.com"));
          case 1 -> OptInFixture.sms(mangled(random, "+4915112345678"));
          case 2 -> OptInFixture.webhook(mangled(random, "https://example.com/hook"));
          default -> new JsonObject().put("channel", text(random)).put("address", text(random));
        };
    for (int i = random.nextInt(4); i > 0; i--) {
      String field =
          List.of(
                  "locale",
                  "timeZone",
                  "customer",
                  "components",
                  "subscriptions",
                  "dialect",
                  "signature",
                  "contact",
                  "secret",
                  "shared",
                  "minImpact",
                  "updates")
              .get(random.nextInt(12));
      wish.put(field, value(random));
    }
    return wish;
  }

  static String text(Random random) {
    return mangled(random, "text");
  }

  private static Object value(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> random.nextInt();
      case 1 -> true;
      case 2 -> new JsonArray().add(text(random));
      case 3 -> new JsonArray().add("web");
      case 4 -> new JsonArray().add(new JsonObject().put("minImpact", text(random)));
      case 5 -> new JsonObject().put(text(random), 1);
      default -> text(random);
    };
  }

  private static String mangled(Random random, String text) {
    if (random.nextInt(3) == 0) {
      return text;
    }
    int at = random.nextInt(text.length() + 1);
    return text.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(at);
  }
}
