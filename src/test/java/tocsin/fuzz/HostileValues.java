package tocsin.fuzz;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Values of JSON that are seldom meant, and are all JSON. */
record HostileValues(Random random) {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\0",
          "a\0b",
          "\ud83d",
          "\udd14\ud83d",
          "\u202e\u2066",
          "\ufeff",
          "\uffff",
          "\u2028",
          "e\u0301".repeat(200),
          "ß",
          "İ",
          "\r\nBcc: all@example.com",
          "'; drop table subscriber; --",
          "${jndi:ldap://127.0.0.1/x}",
          "{{7*7}}",
          "<script>alert(1)</script>",
          "[x](javascript:alert(1))",
          "![](data:text/html,x)",
          "](".repeat(300),
          "*_`~".repeat(300),
          "> ".repeat(500),
          "- ".repeat(500),
          "../../etc/passwd",
          "%00",
          "%",
          "*",
          "\\",
          "\"",
          "null",
          "NaN",
          "-1",
          "1e400",
          "0x7fffffff",
          "９",
          "a".repeat(64),
          "a".repeat(65),
          "a".repeat(2_049),
          "a".repeat(30_000),
          "🔔".repeat(12_500));

  private static final List<String> FORMS =
      List.of(
          "0000-00-00T00:00:00Z",
          "0000-01-01T00:00:00Z",
          "-0001-01-01T00:00:00Z",
          "9999-12-31T23:59:59.999999999Z",
          "9999-12-31T23:59:59-18:00",
          "+10000-01-01T00:00:00Z",
          "+292278994-08-17T07:12:55Z",
          "-292275055-05-16T16:47:04Z",
          "+999999999-12-31T23:59:59Z",
          "2016-12-31T23:59:60Z",
          "2026-02-30T00:00:00Z",
          "2026-01-15t10:40:00z",
          "2026-01-15T10:40:00+99:99",
          "PT-1S",
          "PT0.0000000001S",
          "P999999999999999D",
          "PT99999999999999999999S",
          "P7DT1S",
          "a@b",
          "\"a b\"@example.com",
          "a@[127.0.0.1]",
          "a@" + "x".repeat(64) + ".com",
          "a@xn--a.com",
          "ä@ö.de",
          "+0",
          "+1" + "5".repeat(40),
          "https://",
          "https://user:pass@example.com/",
          "https://[::1]:99999/",
          "https://[::ffff:127.0.0.1]/",
          "https://example.com:-1/",
          "https://exa mple.com/\0",
          "https://①②⑦.⓪.⓪.①/",
          "http://127.0.0.1:1/#frag",
          "file:///etc/passwd",
          "whsec_",
          "whsec_!!!!",
          "whsec_" + "A".repeat(190),
          "Europe/Nowhere",
          "GMT+99",
          "en-" + "x-a".repeat(10),
          "i-klingon",
          "::ffff:1.2.3.4",
          "1.2.3.4.5",
          "inc-0/999999999",
          "email:domain:",
          "webhook:endpoint:99999999999",
          "sms:sender:*");

  String text() {
    List<String> texts = random.nextBoolean() ? TEXTS : FORMS;
    return texts.get(random.nextInt(texts.size()));
  }

  @Nullable Object next() {
    return switch (random.nextInt(10)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2, 3 -> number();
      case 4 -> list();
      case 5 -> object();
      default -> text();
    };
  }

  private Number number() {
    List<Number> numbers =
        List.of(
            0,
            -1,
            1,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE + 1L,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            BigInteger.TEN.pow(90),
            BigInteger.TEN.pow(400),
            new BigDecimal("1E+300"),
            new BigDecimal("1E-999999"),
            new BigDecimal("1.0"),
            1e308,
            -0.0,
            0.1);
    return numbers.get(random.nextInt(numbers.size()));
  }

  private JsonArray list() {
    JsonArray list = new JsonArray();
    int length = random.nextInt(4) == 0 ? 3_000 : random.nextInt(3);
    for (int i = 0; i < length; i++) {
      list.add(i % 3 == 0 ? (Object) i : "x" + i);
    }
    return list;
  }

  private JsonObject object() {
    JsonObject object = new JsonObject();
    int depth = random.nextInt(3) == 0 ? 70 : random.nextInt(4);
    for (int i = 0; i < depth; i++) {
      object = new JsonObject().put("en", object);
    }
    return object.put(text(), text());
  }
}
